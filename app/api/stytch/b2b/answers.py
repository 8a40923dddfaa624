"""What answers of this part hold."""

from datetime import datetime

from app.api.stytch.b2b.objects import Member, MemberSession, MfaRequired, Organization, PrimaryRequired
from app.api.stytch.errors import Reply
from app.api.wire import Given


class OneOrganization(Reply):
    organization: Organization


class OrganizationDeleted(Reply):
    organization_id: str


class ResultsMetadata(Given):
    total: int
    next_cursor: str | None


class OrganizationsFound(Reply):
    organizations: list[Organization]
    results_metadata: ResultsMetadata


class OneMember(Reply):
    member_id: str
    member: Member
    organization: Organization


class MemberDeleted(Reply):
    member_id: str


class EmailUnlinked(OneMember):
    organization_id: str


class MembersFound(Reply):
    members: list[Member]
    results_metadata: ResultsMetadata
    organizations: dict[str, Organization]


class TotpCreated(OneMember):
    totp_registration_id: str
    secret: str
    qr_code: str
    recovery_codes: list[str]


class TotpMigrated(OneMember):
    totp_registration_id: str
    recovery_codes: list[str]


class CodesRead(OneMember):
    recovery_codes: list[str]


class Authenticated(OneMember):
    session_token: str
    session_jwt: str
    member_session: MemberSession | None
    member_device: None = None


class Recovered(Authenticated):
    recovery_codes_remaining: int


class Exchanged(Authenticated):
    member_authenticated: bool
    intermediate_session_token: str
    intermediate_session_token_expires_at: datetime | None
    mfa_required: MfaRequired | None
    primary_required: PrimaryRequired | None


class SessionsListed(Reply):
    member_sessions: list[MemberSession]


class SessionAuthenticated(Reply):
    member_session: MemberSession
    session_token: str
    session_jwt: str
    member: Member
    organization: Organization
    verdict: None = None
