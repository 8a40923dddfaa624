"""The checker of pages finds what it is there to find, and nothing in a good page."""

import pytest
from werkzeug.datastructures import Headers

from tests.support.pages import problems

POLICY = "default-src 'none'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = Headers(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
)
GOOD = """<!doctype html>
<html lang="en">
<head><title>Sign in</title><script src="/assets/a/copy.js" defer></script></head>
<body>
<main>
<h1>Sign in</h1>
<form method="post" action="/sign-in">
<input type="hidden" name="csrf_token" value="x">
<label for="email">E-mail</label><input id="email" name="email" aria-describedby="hint"><p id="hint">Yours</p>
<label>Remember <input type="checkbox" name="remember"></label>
<button>Sign in</button>
</form>
<h2>Help</h2>
<svg viewBox="0 0 1 1"><title>A key</title><path d="M0 0"/></svg>
<a href="https://example.org/">Elsewhere</a>
</main>
</body>
</html>
"""


def test_a_good_page_has_no_problems() -> None:
    assert problems(GOOD, HEADERS) == []


@pytest.mark.parametrize(
    ("instead_of", "written", "complaint"),
    [
        ("<!doctype html>\n", "", "the page does not begin with <!doctype html>"),
        (' lang="en"', "", "<html> has no lang"),
        ("<title>Sign in</title>", "", "the page has no title"),
        ("main>", "div>", "the page has 0 <main>, not one"),
        ("<h1>Sign in</h1>", "<p>Sign in</p>", "the page has 0 h1, not one"),
        ("h2>", "h1>", "the page has 2 h1, not one"),
        ("h2>", "h3>", "line 13: <h3> skips a level: the heading before it is h1"),
        ("<h2>Help</h2>", "<h2></h2>", "line 13: <h2> is empty"),
        ('<p id="hint">', '<p id="email">', "2 elements have the id 'email'"),
        ('id="hint"', "", "line 9: <input id='email'> points with aria-describedby to 'hint', which is not there"),
        ("https://example.org/", "#top", "line 15: <a> links to '#top', which is not there"),
        ('<label for="email">E-mail</label>', "", "line 9: <input id='email'> has no label"),
        ("Remember", "", "line 10: <input name='remember'> has no label"),
        ("<button>Sign in", "<button>", "line 11: <button> has no words"),
        ('name="csrf_token"', 'name="token"', "line 7: <form> posts without a csrf_token"),
        ('method="post"', "", "line 7: <form> puts its csrf_token in the address"),
        ('action="/sign-in"', 'action="//evil.example"', "line 7: <form> sends what is typed to '//evil.example'"),
        ('<script src="/assets/a/copy.js" defer>', "<script>alert()", "line 3: <script> is inline"),
        ("<h2>", "<style>p {}</style><h2>", "line 13: <style> is inline"),
        ("<h2>", '<h2 style="color: red">', "line 13: <h2> has an inline style"),
        ("<button>", '<button onclick="go()">', "line 11: <button> has an inline onclick"),
        ("https://example.org/", "JavaScript:go()", "line 15: <a> runs a javascript: address"),
        ('src="/assets', 'src="//cdn.example', "line 3: <script> is fetched from '//cdn.example/a/copy.js'"),
        ("<h2>", '<img src="/assets/a/b.png"><h2>', "line 13: <img> has no alt"),
        ("</h2>", "", "line 16: </main> closes line 13: <h2>"),
    ],
)
def test_what_is_wrong_in_a_page_is_told_in_a_sentence(instead_of: str, written: str, complaint: str) -> None:
    assert instead_of in GOOD
    assert complaint in problems(GOOD.replace(instead_of, written), HEADERS)


@pytest.mark.parametrize(
    ("header", "value", "complaint"),
    [
        ("Cache-Control", "max-age=60", "Cache-Control is not no-store"),
        ("X-Content-Type-Options", "", "X-Content-Type-Options is not nosniff"),
        ("Content-Security-Policy", "", "Content-Security-Policy lacks default-src 'none'"),
        ("Content-Security-Policy", POLICY.replace("'self'", "'self' 'unsafe-inline'", 1), "too much in"),
        ("Content-Security-Policy", f"{POLICY}; img-src *", "too much in"),
    ],
)
def test_what_is_wrong_in_a_header_is_told_in_a_sentence(header: str, value: str, complaint: str) -> None:
    headers = HEADERS.copy()
    headers[header] = value
    assert any(complaint in found for found in problems(GOOD, headers))
