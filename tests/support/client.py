"""A test's client that minds when a page is wrong."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.pages import problems


class PageCheckingClient(FlaskClient):
    """Checks each page it receives, so that a test of anything is a test of the page as well."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        is_redirect = 300 <= response.status_code < 400
        if response.mimetype == "text/html" and response.data and not is_redirect:
            found = problems(response.text, response.headers)
            assert not found, "\n".join([f"{response.request.method} {response.request.path}:", *found])
        return response
