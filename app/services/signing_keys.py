"""Signing session tokens, reading what was signed, and changing a project's keys without anybody noticing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from app.domain import signing_keys as rules
from app.domain.application_sessions import JWT_LIFE
from app.domain.events import OPERATOR, Act
from app.domain.keyring import BrokenSealError
from app.domain.operating import NotDoneError
from app.domain.projects import Project
from app.domain.signing_keys import SigningKey, context_of, published_at, signing_at
from app.domain.strict_json import UnfitJsonError, dumps, loads
from app.portal import Clock, Portal, Transaction, UnavailableError
from app.steps import projects as project_steps
from app.storage import projects, signing_keys

# A header of our own beside those that are registered is what RFC 7515 calls a private one.
_REGISTRY = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)
_JWT_AT_MOST = 16 * 1024


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that is at hand. Whoever is to get a token takes one before a code is spent for it."""

    kid: str
    private: RSAKey
    clock: Clock

    def sign(self, claims: dict[str, Any], *, header: dict[str, str]) -> str:
        """A JSON Web Token (RFC 7519) of those claims, with the times in it."""
        now = int(self.clock.now().timestamp())
        times = {"iat": now, "nbf": now, "exp": now + int(JWT_LIFE.total_seconds())}
        signed = {**header, "alg": "RS256", "kid": self.kid, "typ": "JWT"}
        return jws.serialize_compact(signed, dumps({**claims, **times}), self.private, registry=_REGISTRY)


@dataclass(frozen=True, slots=True)
class Read:
    """A token that one of the project's keys has signed, however long ago."""

    header: dict[str, Any]
    claims: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    kid: str
    made_at: datetime
    signs_from: datetime
    signs: bool
    published: bool


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many keys were sealed again, and how many do not open and stay as they are."""

    keys: int
    broken: int


def signer(portal: Portal, project: Project) -> Signer:
    """Raises UnavailableError."""
    with portal.reading() as tx:
        key = signing_at(signing_keys.all_for(tx.db, project.id), tx.now)
        if key is None or key.sealed_private is None:
            raise UnavailableError("the project has no key to sign with")
        return Signer(key.kid, _private(tx, key), portal.clock)


def read(portal: Portal, project: Project, token: str) -> Read | None:
    """Whatever was signed for the project, over or not. When it ends is for the session to say."""
    if len(token) > _JWT_AT_MOST or not token.isascii():
        return None
    try:
        header = jws.extract_compact(token.encode(), registry=_REGISTRY).headers()
        with portal.reading() as tx:
            keys = {key.kid: key for key in signing_keys.all_for(tx.db, project.id)}
        key = keys.get(str(header.get("kid")))
        if key is None:
            return None
        verified = jws.deserialize_compact(token, RSAKey.import_key(key.public), registry=_REGISTRY)
        claims = loads(verified.payload)
    except (JoseError, ValueError, UnfitJsonError, TypeError):
        return None
    return Read(dict(header), claims) if isinstance(claims, dict) else None


def published(portal: Portal, project: Project) -> list[dict[str, Any]]:
    """The key set that applications check with, newest first."""
    with portal.reading() as tx:
        return [key.public for key in published_at(signing_keys.all_for(tx.db, project.id), tx.now)]


def standing(portal: Portal, project: Project) -> list[Standing]:
    """Newest first."""
    with portal.reading() as tx:
        keys = signing_keys.all_for(tx.db, project.id)
        signs, shown = signing_at(keys, tx.now), published_at(keys, tx.now)
    return [Standing(key.kid, key.made_at, key.signs_from, key == signs, key in shown) for key in reversed(keys)]


def rotate(portal: Portal, project: UUID, after: timedelta) -> Standing:
    """A new key, published at once, that signs after that time. Raises NotDoneError, also while another one waits."""
    made = rules.make(portal.clock.now())
    with portal.writing() as tx:
        found = projects.find_and_hold(tx.db, project)
        if found is None:
            raise NotDoneError(f"There is no project {project}. `sparekey project list` shows those there are.")
        keys = signing_keys.all_for(tx.db, found.id)
        if any(key.signs_from > tx.now for key in keys):
            raise NotDoneError("A signing key is waiting for its time already. Rotate again once it signs.")
        current = signing_at(keys, tx.now)
        for key in keys:
            if key != current and key.sealed_private:  # what it has signed is over since long ago
                signing_keys.erase_private(tx.db, key.id)
        sealed = tx.keys.seal(made.private, context_of(made.kid))
        signing_keys.add(tx.db, found.id, made, sealed, now=tx.now, signs_from=tx.now + after)
        project_steps.note(tx, Act.SIGNING_KEY_ROTATED, found, OPERATOR)
        return Standing(made.kid, tx.now, tx.now + after, signs=after <= timedelta(0), published=True)


def reseal(portal: Portal) -> Resealed:
    """With the current key of the ring what older ones sealed, for all projects."""
    with portal.writing() as tx:
        resealed = broken = 0
        for key in signing_keys.all_sealed(tx.db, without=tx.keys.ring.current):
            assert key.sealed_private is not None  # noqa: S101 -- only these were asked for
            context = context_of(key.kid)
            try:
                private = tx.keys.open(key.sealed_private, context)
            except BrokenSealError:
                broken += 1
                continue
            resealed += signing_keys.replace_sealed(tx.db, key, tx.keys.seal(private, context))
        return Resealed(resealed, broken)


def _private(tx: Transaction, key: SigningKey) -> RSAKey:
    assert key.sealed_private is not None  # noqa: S101 -- whoever calls this has looked
    try:
        return _loaded(tx.keys.open(key.sealed_private, context_of(key.kid)))
    except BrokenSealError as problem:
        raise UnavailableError(f"the signing key {key.kid} does not open") from problem


@lru_cache(maxsize=64)
def _loaded(der: bytes) -> RSAKey:
    """Reading one takes longer than signing with it."""
    return RSAKey.import_key(der)
