"""What signs the cookies and the forms: keys of the ring as it is now, so that rotating them takes no restart.

Every key of the ring verifies, the next one too, so that a process which signs with a newer one than another does not
have its cookies refused there.
"""

from collections.abc import Iterator

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from app.web import current

_USE = "cookie"


class _SigningKeys:
    """In the order in which itsdangerous takes them: it signs with the last one. Looked up each time they are used."""

    def __iter__(self) -> Iterator[str]:
        return iter([key.hex() for key in reversed(current.portal().keys.secrets_for(_USE))])


class _SignedCookies(SecureCookieSessionInterface):
    """Flask's own, but for where the keys come from: Flask takes one secret key for as long as the process runs."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:  # noqa: ARG002 -- as Flask calls it
        options = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        return URLSafeTimedSerializer(
            list(_SigningKeys()), salt=self.salt, serializer=self.serializer, signer_kwargs=options
        )


def install(app: Flask) -> None:
    app.session_interface = _SignedCookies()
    app.config["WTF_CSRF_SECRET_KEY"] = _SigningKeys()
