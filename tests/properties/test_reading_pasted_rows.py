"""Reading a pasted list of people, whatever is pasted."""

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.invitations import read_rows
from app.domain.text import clean_email, email_key

PIECES = ["ada@example.org", "Ada", "admin", "name", "@", "<", ">", '"', ",", ";", "\t", "\n", "\r\n", "\x00", "\ud800"]
PASTED = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(PASTED)
@example('"')
@example('a@b,"\n"')
@example("\x00,\ud800@\ud800")
def test_whatever_is_pasted_makes_rows_that_can_be_stored(pasted: str) -> None:
    rows = read_rows(pasted)
    numbers = [row.number for row in rows]
    assert numbers == sorted(set(numbers))
    fit = [row for row in rows if row.flaw is None]
    assert len({email_key(row.email) for row in fit}) == len(fit)
    for row in fit:
        assert clean_email(row.email) == row.email
        assert 0 < len(row.name) <= 120
        row.name.encode()
