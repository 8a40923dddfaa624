"""What an administrator can do to a member: a page an act, each with its effect, its form, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.domain.attempts import LockReason
from app.domain.events import Origin
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.portal import Portal
from app.services import invitations, locks, membership, passes, password_link, sessions
from app.services.members import Profile
from app.web.members import effects
from app.web.members.forms import ActForm, AddressForm, NameForm, PassForm, RoleForm

_Service = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class ActPage:
    """`noun` is the last part of its address; `title` is filled with the name, `done` also with what was given.

    `service` is called with portal, session and member, then with `given` of the form by name. `template` is set where
    the reply shows something that is shown once.
    """

    noun: str
    title: str
    button: str
    effect: Callable[[Profile], list[str]]
    service: _Service
    offered: Callable[[Profile], bool]
    hint: str = ""
    done: str = ""
    objection: Callable[[Profile], Refused | None] = lambda _profile: None
    form: type[ActForm] | type[PassForm] | type[NameForm] | type[AddressForm] | type[RoleForm] = ActForm
    given: Callable[[Any], dict[str, Any]] = lambda _form: {}
    template: str = ""
    danger: bool = False
    read_by: frozenset[Status] = frozenset({Status.ACTIVE})

    @property
    def endpoint(self) -> str:
        return self.noun.replace("-", "_")

    def do(self, portal: Portal, session: Session, member: UUID, form: Any, origin: Origin) -> Any:
        return self.service(
            portal, session, member, reason=form.reason.data, proof=form.typed, origin=origin, **self.given(form)
        )


def _is(*states: Status) -> Callable[[Profile], bool]:
    return lambda profile: profile.line.status in states


def _locked(profile: Profile) -> bool:
    return profile.line.locked(profile.now) or profile.any_door_closed


def _may_be_locked(profile: Profile) -> bool:
    by_person = profile.line.lock is not None and profile.line.lock.reason is not LockReason.ATTEMPTS
    return profile.line.status is Status.ACTIVE and not by_person


def _last_owner(profile: Profile) -> Refused | None:
    return Refused(Why.LAST_OWNER) if profile.last_owner else None


_present = _is(Status.ACTIVE, Status.SUSPENDED, Status.INVITED)

GROUPS: list[tuple[str, list[ActPage]]] = [
    (
        "Help them in",
        [
            ActPage(
                noun="pass",
                hint="phone and codes are gone; sets up a new authenticator",
                title="Make a pass for {}",
                button="Make a pass",
                effect=effects.of_pass,
                service=passes.make_for,
                offered=_is(Status.ACTIVE),
                objection=lambda profile: profile.pass_objection,
                form=PassForm,
                given=lambda form: {"life": timedelta(minutes=int(form.minutes.data))},
                template="members/pass_made.html",
            ),
            ActPage(
                noun="password-link",
                hint="the password is forgotten or stopped; the second factor stays",
                title="Make a password link for {}",
                button="Make a password link",
                effect=effects.of_password_link,
                service=password_link.make_for,
                offered=_is(Status.ACTIVE),
                objection=lambda profile: profile.link_objection,
                template="members/password_link_made.html",
            ),
            ActPage(
                noun="unlock",
                hint="codes are accepted again",
                title="Unlock {}",
                button="Unlock",
                effect=effects.of_unlock,
                service=locks.open_for,
                offered=_locked,
                done="{name} is unlocked: right codes are accepted again.",
            ),
            ActPage(
                noun="invitation",
                hint="a new link, good for 24 hours",
                title="Invite {} again",
                button="Make a new invitation",
                effect=effects.of_invitation,
                service=invitations.renew,
                offered=_is(Status.INVITED),
                template="members/invitation_made.html",
            ),
        ],
    ),
    (
        "Change",
        [
            ActPage(
                noun="name",
                title="Change the name of {}",
                button="Change name",
                effect=effects.of_name,
                service=membership.rename,
                offered=_present,
                form=NameForm,
                given=lambda form: {"name": form.name.data},
                done="The name is {name} now.",
            ),
            ActPage(
                noun="address",
                hint="they sign in with it",
                title="Change the address of {}",
                button="Change address",
                effect=effects.of_address,
                service=membership.change_email,
                offered=_present,
                objection=lambda profile: profile.address_objection,
                form=AddressForm,
                given=lambda form: {"email": form.email.data},
                done="{name} signs in with {email} from now on.",
            ),
            ActPage(
                noun="role",
                hint="member, admin or owner",
                title="Change the role of {}",
                button="Change role",
                effect=effects.of_role,
                service=membership.change_role,
                offered=lambda profile: _present(profile) and bool(profile.grantable),
                objection=_last_owner,
                form=RoleForm,
                given=lambda form: {"role": Role(form.role.data)},
                done="The role of {name} is {role} now.",
            ),
        ],
    ),
    (
        "Shut out",
        [
            ActPage(
                noun="sessions-end",
                hint="they can sign in again at once",
                title="End all sessions of {}",
                button="End all sessions",
                effect=effects.of_sessions_end,
                service=sessions.end_all_of,
                offered=_is(Status.ACTIVE),
                done="{name} is signed out everywhere.",
                danger=True,
            ),
            ActPage(
                noun="lock",
                hint="no code opens the account until somebody unlocks it",
                title="Lock {}",
                button="Lock",
                effect=effects.of_lock,
                service=locks.lock,
                offered=_may_be_locked,
                done="{name} is locked: no code opens the account until somebody unlocks it.",
                danger=True,
            ),
            ActPage(
                noun="suspension",
                hint="nobody signs in, until you let them in again",
                title="Suspend {}",
                button="Suspend",
                effect=effects.of_suspension,
                service=membership.suspend,
                offered=_is(Status.ACTIVE),
                objection=_last_owner,
                read_by=frozenset(),
                done="{name} is suspended and cannot sign in.",
                danger=True,
            ),
            ActPage(
                noun="reactivation",
                hint="they sign in with what they had",
                title="Reactivate {}",
                button="Reactivate",
                effect=effects.of_reactivation,
                service=membership.reactivate,
                offered=_is(Status.SUSPENDED),
                read_by=frozenset({Status.SUSPENDED}),
                done="{name} can sign in again, with what they had.",
            ),
            ActPage(
                noun="invitation-revocation",
                hint="the link stops working",
                title="Revoke the invitation of {}",
                button="Revoke the invitation",
                effect=effects.of_revocation,
                service=invitations.revoke,
                offered=lambda profile: profile.invitation is not None and profile.invitation.expires_at > profile.now,
                done="The invitation of {name} works no more.",
                danger=True,
            ),
            ActPage(
                noun="removal",
                hint="for good; the address is free again",
                title="Remove {}",
                button="Remove",
                effect=effects.of_removal,
                service=membership.remove,
                offered=_present,
                objection=_last_owner,
                read_by=frozenset(),
                done="{name} is removed: password, authenticators and codes are wiped, and the address is free.",
                danger=True,
            ),
        ],
    ),
]
