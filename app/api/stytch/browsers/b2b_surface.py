"""All that browsers of applications with organizations ask."""

from app.api.stytch.b2b import answers
from app.api.stytch.browsers import b2b, visits
from app.api.stytch.browsers.visits import Bootstrap, Data, SessionAsked
from app.api.stytch.errors import KINDS, Error, Reply, error_form
from app.api.wire import Dialect, Operation

_ROOT = "/sdk/v1/b2b"
_MEMBERS = f"{_ROOT}/organizations/members"
_MEMBER = Data[answers.OneMember]
_CODES = Data[answers.CodesRead]
_OPENED = Data[answers.Authenticated]

_OF_BOTH = [
    Operation(
        "GET", "/sdk/v1/projects/bootstrap/{public_token}", "get_bootstrap", visits.bootstrap, None, Data[Bootstrap]
    ),
    Operation("POST", "/sdk/v1/events", "report_events", visits.events, None, Data[Reply], open=True),
]
"""What clients ask before they know whether there are organizations: here, where every project may ask."""

_OPERATIONS = [
    Operation(
        "POST", f"{_ROOT}/totp", "create_own_member_totp", b2b.create, b2b.TotpCreation, Data[answers.TotpCreated]
    ),
    Operation(
        "POST", f"{_ROOT}/totp/authenticate", "authenticate_own_member_totp", b2b.authenticate, b2b.TotpAuthentication,
        _OPENED,
    ),
    Operation("GET", f"{_ROOT}/recovery_codes", "get_own_member_recovery_codes", b2b.get_codes, None, _CODES),
    Operation(
        "POST", f"{_ROOT}/recovery_codes/rotate", "rotate_own_member_recovery_codes", b2b.rotate_codes, None, _CODES
    ),
    Operation(
        "POST", f"{_ROOT}/recovery_codes/recover", "recover_own_member", b2b.recover, b2b.Recovery,
        Data[answers.Recovered],
    ),
    Operation("GET", f"{_MEMBERS}/me", "get_own_member", b2b.me, None, _MEMBER),
    Operation("PUT", f"{_MEMBERS}/update", "update_own_member", b2b.update_me, b2b.SelfUpdate, _MEMBER),
    Operation("DELETE", f"{_MEMBERS}/deleteTOTP", "delete_own_member_totp", b2b.delete_totp, None, _MEMBER),
    Operation(
        "DELETE", f"{_MEMBERS}/totp/{{member_id}}", "delete_own_member_totp_by_id", b2b.delete_totp_of, None, _MEMBER
    ),
    Operation(
        "GET", f"{_ROOT}/organizations/me", "get_own_organization", b2b.organization, None, Data[b2b.OneOrganization]
    ),
    Operation("POST", f"{_ROOT}/sessions/attest", "attest_own_member_session", b2b.attest, b2b.Attestation, _OPENED),
    Operation(
        "POST", f"{_ROOT}/sessions/authenticate", "authenticate_own_member_session", b2b.use_session, SessionAsked,
        _OPENED,
    ),
    Operation("POST", f"{_ROOT}/sessions/revoke", "revoke_own_member_session", b2b.revoke, None, Data[Reply]),
    Operation(
        "POST", f"{_ROOT}/sessions/exchange", "exchange_own_member_session", b2b.exchange, b2b.Exchange,
        Data[answers.Exchanged],
    ),
]  # fmt: skip
_UNFIT = {
    "expiration_minutes": "invalid_expiration",
    "session_duration_minutes": "invalid_session_duration_minutes",
    "code": "invalid_totp_code",
    "recovery_code": "invalid_recovery_code",
    "set_mfa_enrollment": "invalid_set_mfa_enrollment",
    "organization_id": "invalid_organization_id",
    "member_id": "invalid_member_id",
    "untrusted_metadata": "metadata_invalid_format",
}

STYTCH_B2B_BROWSERS = Dialect(
    name="stytch_b2b_browsers",
    title="Stytch, in browsers of B2B applications",
    prefix=_ROOT,
    operations=[*_OF_BOTH, *_OPERATIONS],
    credentials=visits.credentials,
    error=Error,
    error_of=error_form("https://stytch.com/docs/b2b/api/errors"),
    finish=visits.finished,
    kinds=KINDS,
    scheme=visits.SCHEME,
    unfit=_UNFIT,
    across_organizations=True,
    browsers=visits.BROWSERS,
)
