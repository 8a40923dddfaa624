"""A first factor that the application vouches for with a token of its own making, for a session of its own."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from app.domain.application_sessions import Wish
from app.domain.events import Act, Origin
from app.domain.members import Member, Role
from app.domain.projects import Identifies, Profile, Project, is_external_id
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session
from app.domain.strict_json import UnfitJsonError, loads
from app.domain.text import NAME_AT_MOST, clean_name
from app.domain.users import NameParts, User, UserRef
from app.portal import Portal, Transaction
from app.steps import application_sessions, users
from app.steps.administration import address_settles
from app.steps.application_sessions import Right, Shown
from app.steps.events import record
from app.storage import members, project_profiles

_LEEWAY_SECONDS = 60
_TOKEN_AT_MOST = 8 * 1024
_LATEST = 2**40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RSA_BITS_AT_LEAST = 2048
_PEM_AT_MOST = 8192
_CURVES = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}


_USER_ID = re.compile(
    "((user|member)-(live|test)-)?(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE
)
_Key = RSAKey | ECKey | OKPKey


class _Registry(jws.JWSRegistry):
    """Identity providers put headers of their own beside those that are registered, and whole certificates."""

    max_header_length = 4096

    def get_alg(self, name: str) -> Any:
        """What Ed25519 keys do goes by its name of before RFC 9864 as well, without a warning each time."""
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


class UnfitKeyError(ValueError):
    """Says why it is no key to check tokens with."""


@dataclass(frozen=True, slots=True)
class Attested:
    user: User
    session: Shown | None


def attest(
    portal: Portal, project: Project, profile: UUID, token: str, *, wish: Wish, origin: Origin
) -> Attested | Refused:
    """Whoever the token names gets a session in which no second factor was shown yet."""
    vouched = _read(portal, project, profile, token)
    if isinstance(vouched, Refused):
        return vouched
    return _let_in(portal, project, *vouched, wish=wish, origin=origin, portal_people=True)


def objection_to(portal: Portal, project: Project, profile: UUID, token: str) -> Refused | None:
    """Why the token lets nobody in, whoever and wherever it is to be for; None where it may."""
    vouched = _read(portal, project, profile, token)
    return vouched if isinstance(vouched, Refused) else None


def sign_in(portal: Portal, project: Project, token: str, *, wish: Wish, origin: Origin) -> Attested | Refused:
    """Likewise by whichever profile the token fits, for a wire that names none.

    By issuer and subject alone: never by an address, and never for who has a role in the portal.
    """
    with portal.reading() as tx:
        known = [one for one in project_profiles.all_for(tx.db, project.id) if one.identifies is not Identifies.EMAIL]
        now = tx.now.timestamp()
    fitting = [(one, claims) for one in known if (claims := _verified(one, token, now))]
    if not fitting:
        return Refused(Why.UNFIT_TOKEN)
    naming = ((one, claims) for one, claims in fitting if claims.get(one.claim))
    profile, claims = next(naming, fitting[0])
    return _let_in(portal, project, profile, claims, wish=wish, origin=origin, portal_people=False)


def public_key_in(text: str) -> str:
    """The public key alone, in PEM, whatever else the text holds. Raises UnfitKeyError, with the sentence to show."""
    key, _ = _key_of(text)
    return key.as_pem(private=False).decode()


def _read(portal: Portal, project: Project, profile: UUID, token: str) -> tuple[Profile, dict[str, Any]] | Refused:
    with portal.reading() as tx:
        found = project_profiles.find(tx.db, project.id, profile)
        if found is None:
            return Refused(Why.UNKNOWN_PROFILE)
        claims = _verified(found, token, tx.now.timestamp())
    return Refused(Why.UNFIT_TOKEN) if claims is None else (found, claims)


def _let_in(
    portal: Portal,
    project: Project,
    profile: Profile,
    claims: dict[str, Any],
    *,
    wish: Wish,
    origin: Origin,
    portal_people: bool,
) -> Attested | Refused:
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        named = _named(tx, project, profile, claims)
        who = _met(tx, project, profile, named, claims) if named else Refused(Why.UNKNOWN_MEMBER)
        if isinstance(who, Refused):
            return who
        if who.role is not Role.MEMBER and not portal_people:
            return Refused(Why.PORTAL_ROLE)
        if objection := _objection(tx, profile, who):
            return objection
        held = application_sessions.find_for(tx, project, who, wish)
        if isinstance(held, Refused):
            return held
        method = uuid5(profile.public_id, str(who.public_id))  # one factor a profile, however often it is shown
        record(tx, Act.USER_ATTESTED, who, profile=profile.name)
        right = Right(Proof.ATTESTATION, method, _shown_at(claims, tx.now, held))
        session = application_sessions.after(tx, project, who, held, right, wish)
        return Attested(users.view(tx, project, who), session)


def _met(
    tx: Transaction, project: Project, profile: Profile, named: UserRef, claims: dict[str, Any]
) -> Member | Refused:
    """Who is named; made where the profile makes users, and nobody has this external id yet."""
    makes = profile.makes_users and profile.identifies is Identifies.EXTERNAL_ID
    if makes and isinstance(named, str) and isinstance(users.find(tx, project, named), Refused):
        made = users.make(tx, project, external_id=named, name=_name_in(claims))
        if isinstance(made, Refused):
            return made
    return users.hold_to_check(tx, project, named)


def _objection(tx: Transaction, profile: Profile, who: Member) -> Refused | None:
    """Who panicked, or was locked by an administrator, has no way in; nor has anybody by an address that is new."""
    if who.lock and who.locked_by_person:
        return Refused(Why.LOCKED, lock=who.lock.reason)
    return address_settles(tx, who) if profile.identifies is Identifies.EMAIL else None


def _name_in(claims: dict[str, Any]) -> NameParts:
    """By the claims of OpenID Connect Core 5.1, as far as they fit; an address is not taken over."""
    given, family, whole = (_clean(claims.get(name)) for name in ("given_name", "family_name", "name"))
    parts = NameParts(first=given, last=family) if given or family else NameParts(first=whole)
    return parts if len(parts.whole) <= NAME_AT_MOST else NameParts()


def _clean(value: object) -> str:
    return clean_name(value) if isinstance(value, str) and len(value) <= NAME_AT_MOST else ""


def _shown_at(claims: dict[str, Any], now: datetime, held: Session | None) -> datetime:
    """No token is newer than when it was issued, nor than when its bearer was there (OpenID Connect Core 2).

    One that does not say when it was issued says since when it is good: one of both is there, see `_is_good`.
    """
    told = _first(claims, "iat", "nbf"), claims.get("auth_time")
    said = [moment for one in told if (moment := _moment(one)) is not None]
    earliest = max(min(said), 0.0)
    at = now if earliest >= now.timestamp() else _EPOCH + timedelta(seconds=earliest)
    before = held.password_proved_at if held else None
    return max(at, before) if before else at


def _first(claims: dict[str, Any], *names: str) -> object:
    return next((claims[name] for name in names if claims.get(name) is not None), None)


def _named(tx: Transaction, project: Project, profile: Profile, claims: dict[str, Any]) -> UUID | str | None:
    subject = claims.get(profile.claim)
    if not isinstance(subject, str) or not subject:
        return None
    if profile.identifies is Identifies.EXTERNAL_ID:
        return subject if is_external_id(subject) else None
    if profile.identifies is Identifies.USER_ID:
        return _uuid_in(subject)
    if claims.get("email_verified") is False or project.organization_id is None:
        return None
    who = members.find_by_email(tx.db, project.organization_id, subject)
    return who.public_id if who else None


def _uuid_in(subject: str) -> UUID | None:
    """A user's id, with or without what it begins with on the wire, and nothing before that."""
    matched = _USER_ID.fullmatch(subject)
    return UUID(matched["uuid"]) if matched else None


def _verified(profile: Profile, token: str, now: float) -> dict[str, Any] | None:
    """Signed by the profile's key, for its audience, and good now. What the token says of algorithms is not asked."""
    if len(token) > _TOKEN_AT_MOST or not token.isascii():
        return None
    key, registry = _key_of(profile.public_key)
    try:
        claims = loads(jws.deserialize_compact(token, key, registry=registry).payload)
    except (JoseError, UnfitJsonError, ValueError, TypeError, RecursionError):
        return None
    return claims if isinstance(claims, dict) and _is_good(profile, claims, now) else None


def _is_good(profile: Profile, claims: dict[str, Any], now: float) -> bool:
    """By the claims of RFC 7519. One that does not say when it begins and ends would be good for ever, and is not."""
    audience = claims.get("aud")
    said = [claims.get(name) for name in ("exp", "nbf", "iat", "auth_time")]
    if any(_moment(one) is None for one in said if one is not None):
        return False
    ends, begins = _moment(claims.get("exp")), _moment(_first(claims, "nbf", "iat"))
    if ends is None or begins is None:
        return False
    meant_for = audience if isinstance(audience, list) else [audience]
    in_time = begins - _LEEWAY_SECONDS <= now < ends + _LEEWAY_SECONDS
    return claims.get("iss") == profile.issuer and profile.audience in meant_for and in_time


def _moment(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) < _LATEST else None


def _key_of(pem: str) -> tuple[_Key, jws.JWSRegistry]:
    """With what its tokens may be signed by, which follows from the kind of key."""
    if len(pem) > _PEM_AT_MOST:
        raise UnfitKeyError("it is too long for a public key")
    try:
        public = load_pem_public_key(pem.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise UnfitKeyError("it is not a public key in PEM") from problem
    if isinstance(public, RSAPublicKey):
        if public.key_size < _RSA_BITS_AT_LEAST:
            raise UnfitKeyError(f"an RSA key has {_RSA_BITS_AT_LEAST} bits at least, and this one {public.key_size}")
        return RSAKey.import_key(pem), _Registry(algorithms=["RS256"], strict_check_header=False)
    if isinstance(public, EllipticCurvePublicKey) and public.curve.name in _CURVES:
        return ECKey.import_key(pem), _Registry(algorithms=[_CURVES[public.curve.name]], strict_check_header=False)
    if isinstance(public, Ed25519PublicKey):
        return OKPKey.import_key(pem), _Registry(algorithms=["Ed25519"], strict_check_header=False)
    raise UnfitKeyError("it is neither RSA, nor P-256, P-384 or P-521, nor Ed25519")
