"""Users and sessions in the words of this wire, and the tokens that carry a session."""

from datetime import datetime, timedelta
from uuid import UUID

from app.api.streambird import ids, models
from app.api.wire import Call, WireError
from app.domain.application_sessions import Named, Presented, Wish
from app.domain.events import Origin
from app.domain.projects import Project
from app.domain.sessions import Factor, Proof
from app.domain.users import User
from app.http.browsers import name_of
from app.services import signing_keys
from app.services.signing_keys import Signer
from app.steps.application_sessions import Shown

SESSION_CLAIM = "session"
NAMED_CLAIM = "https://streambird.io/jwt/session"
"""One client reads the session there, the documents have it under the other name."""

_MARK = "mark"


def user_named(text: str) -> UUID:
    """Raises WireError."""
    found = ids.read("user", text)
    if found is None:
        raise WireError(404, "user_not_found", "There is no such user.")
    return found


def user_of(project: Project, user: User) -> models.User:
    made = _seconds(user.made_at)
    spelled = ids.spell("user", user.id)
    return models.User(
        id=spelled,
        user_id=spelled,
        app_id=ids.spell("app", project.public_id),
        first_name=user.notes.name.first,
        middle_name=user.notes.name.middle,
        last_name=user.notes.name.last,
        active=user.active,
        status="active" if user.active else "pending",
        is_locked=user.locked,
        email_id=email_id_of(user),
        emails=emails_of(user),
        totps=[
            models.UserTotp(
                id=ids.spell("totp", one.id),
                user_id=spelled,
                verified=one.verified,
                created_at=_seconds(one.begun_at),
                updated_at=_seconds(one.begun_at),
            )
            for one in user.totps
        ],
        created_at=made,
        updated_at=made,
    )


def email_id_of(user: User) -> str | None:
    """A user has one address at most, so that the user's own UUID says which."""
    return ids.spell("email", user.id) if user.email else None


def emails_of(user: User) -> list[models.Email]:
    if user.email is None:
        return []
    made = _seconds(user.made_at)
    address = models.Email(
        id=ids.spell("email", user.id),
        email=user.email,
        verified=user.email_verified,
        created_at=made,
        updated_at=made,
    )
    return [address]


def session_of(shown: Shown) -> models.Session:
    used = _seconds(shown.last_accessed_at)
    return models.Session(
        id=ids.spell("sess", shown.id),
        user_id=ids.spell("user", shown.user),
        started_at=_seconds(shown.started_at),
        expires_at=_seconds(shown.expires_at),
        last_active_at=used,
        factors=[_factor_of(one) for one in shown.factors if one.proof in _CHANNELS],
        device_fingerprint=models.Fingerprint(user_agent=shown.browser, ip=shown.address),
        updated_at=used,
        created_at=_seconds(shown.started_at),
    )


def jwt_of(call: Call, shown: Shown | None, signer: Signer | None) -> str | None:
    if shown is None or signer is None:
        return None
    session = session_of(shown).model_dump(mode="json")
    claims = {
        **shown.claims,
        "iss": f"api.streambird.io/{call.project.public_id}",
        "aud": [call.project.spelled_id],
        "sub": ids.spell("user", shown.user),
        "jti": ids.spell("sess", shown.id),
        SESSION_CLAIM: session,
        NAMED_CLAIM: session,
    }
    return signer.sign(claims, header={_MARK: shown.mark})


def wished(call: Call, asked: models.SessionAsked) -> tuple[Wish, Signer | None]:
    """What is wished of a session, and the key at hand that signs for it. Raises WireError."""
    seen, minutes = asked.device_fingerprint, asked.session_expires_in
    wish = Wish(
        presented(call, asked.session_token, asked.session_jwt),
        timedelta(minutes=minutes) if minutes else None,
        origin=Origin(seen.ip, name_of(seen.user_agent)) if seen else None,
    )
    wanted = wish.presented is not None or wish.life is not None
    return wish, signing_keys.signer(call.portal, call.project) if wanted else None


def presented(call: Call, token: str | None, jwt: str | None) -> Presented:
    """Raises WireError."""
    if token and jwt:
        raise WireError(400, "invalid_request", "Send a session token or a session JWT, not both.")
    if token or not jwt:
        return token or None
    read = signing_keys.read(call.portal, call.project, jwt)
    session = ids.read("sess", str(read.claims.get("jti"))) if read else None
    if read is None or session is None or read.claims.get("aud") != [call.project.spelled_id]:
        raise WireError(400, "invalid_session_jwt", "This is no session JWT of this project.")
    return Named(session, str(read.header.get(_MARK)))


_CHANNELS = {Proof.TOTP, Proof.RECOVERY_CODE}


def _factor_of(factor: Factor) -> models.Factor:
    by_app = factor.proof is Proof.TOTP
    method = models.Method(
        method_id=ids.spell("totp" if by_app else "code", factor.method),
        method_type="totp",
        totp_id=ids.spell("totp", factor.method) if by_app else None,
        last_verified_at=_seconds(factor.last_at),
    )
    return models.Factor(
        delivery_channel="totp_authenticator" if by_app else "totp_recovery_code", type="totp", method=method
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
