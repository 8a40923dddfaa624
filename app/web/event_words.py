"""What events are called: in the history of the member they happened to, and in the log of the organization."""

from collections.abc import Mapping

from markupsafe import Markup

from app.domain.events import Act, ActorKind, Event
from app.domain.recovery_codes import Visibility
from app.domain.sessions import Proof
from app.web.code_words import MODES

_WARNINGS = {
    Act.FAILURES_NOTICED,
    Act.LOCKED,
    Act.LOCKED_BY_ADMIN,
    Act.DOOR_CLOSED,
    Act.PASSWORD_STOPPED,
    Act.SEAL_BROKEN,
    Act.PASS_MADE,
    Act.PASSWORD_LINK_MADE,
    Act.EMAIL_CHANGED,
    Act.PANICKED,
    Act.CODES_READ,
}

_HISTORY = {
    Act.ORGANIZATION_CREATED: "You created the organization.",
    Act.OWNER_CREATED: "You became an owner of the organization.",
    Act.PASSWORD_ACCEPTED: "Your password was typed to sign in.",
    Act.PASSWORD_REFUSED: "Somebody typed a wrong password.",
    Act.PASSWORD_CHANGED: "You changed your password. Other sessions ended.",
    Act.PASSWORD_STOPPED: "Your password was stopped after too many wrong codes.",
    Act.PASSWORD_LINK_MADE: "{actor} made a link to set a new password. Reason: {reason}",
    Act.PASSWORD_LINK_USED: "Your password was set with a link. All sessions ended.",
    Act.SIGNED_IN: "You signed in with {proof}.",
    Act.SIGNED_IN_WITHOUT_SECOND_FACTOR: "You signed in with the password alone.",
    Act.SIGNED_OUT: "You signed out.",
    Act.SESSION_ENDED: "A session was ended.",
    Act.OTHER_SESSIONS_ENDED: "You ended all other sessions.",
    Act.ALL_SESSIONS_ENDED: "{actor} ended all your sessions. Reason: {reason}",
    Act.STEPPED_UP: "You confirmed that it was you.",
    Act.STEP_UP_FAILED: "A wrong code was typed in an open session.",
    Act.BROWSER_FORGOTTEN: "You had a known browser forgotten.",
    Act.CODE_REFUSED: "A wrong code was typed after the right password.",
    Act.CODE_REPLAYED: "A code that was used before was typed again.",
    Act.FAILURES_NOTICED: "Three wrong codes in a row followed your password. If it was not you, change your password.",
    Act.LOCKED: "Too many wrong codes: every code is refused for a while.",
    Act.LOCKED_BY_ADMIN: "{actor} locked your second factor and ended your sessions. Reason: {reason}",
    Act.DOOR_CLOSED: "Far too many wrong codes: signing in with a code is closed until an administrator opens it.",
    Act.UNLOCKED: "{actor} unlocked your second factor. Reason: {reason}",
    Act.SEAL_BROKEN: "A stored secret of yours could not be read. Tell your administrator.",
    Act.ENROLMENT_BEGUN: "You began to set up an authenticator.",
    Act.ENROLMENT_CODE_REFUSED: "A code did not fit the authenticator that was being set up.",
    Act.ENROLMENT_CANCELLED: "You stopped setting up an authenticator.",
    Act.AUTHENTICATOR_ADDED: "You added the authenticator {name}.",
    Act.AUTHENTICATOR_TAKEN_OVER: "The application {actor} brought along your authenticator {name}.",
    Act.AUTHENTICATOR_REPLACED: "You replaced the authenticator {old} by {name}.",
    Act.AUTHENTICATOR_REMOVED: "You removed the authenticator {name}.",
    Act.AUTHENTICATOR_RENAMED: "You renamed the authenticator {old} to {name}.",
    Act.CODES_MADE: "{count} recovery codes were made.",
    Act.CODES_TAKEN_OVER: "The application {actor} brought along {count} recovery codes of yours.",
    Act.CODES_REGENERATED: "You made {count} new recovery codes. The old ones stopped working.",
    Act.CODES_VOIDED: "Your recovery codes stopped working {because}.",
    Act.CODES_SHOWN: "You looked at your recovery codes.",
    Act.CODES_DOWNLOADED: "You downloaded your recovery codes.",
    Act.CODES_PRINTED: "You opened your recovery codes for printing.",
    Act.CODES_ACKNOWLEDGED: "You acknowledged that your recovery codes are saved.",
    Act.CODES_PROVED: "You showed that your recovery codes are at hand.",
    Act.CODES_PROOF_FAILED: "What you typed did not fit the code that was asked for.",
    Act.CODE_SPENT: "Recovery code {number} was used.",
    Act.PASS_MADE: "{actor} made a pass to set up a new authenticator. Reason: {reason}",
    Act.PASS_REFUSED: "A pass was typed and refused.",
    Act.PASS_USED: "A pass was used. All sessions ended.",
    Act.PASS_SPENT: "With a pass, a new authenticator replaced everything older.",
    Act.NAME_CHANGED: "You changed your name.",
    Act.NAME_CORRECTED: "{actor} changed your name. Reason: {reason}",
    Act.EMAIL_CHANGED: "{actor} changed your e-mail address. Reason: {reason}",
    Act.ROLE_CHANGED: "{actor} changed your role from {old} to {new}. Reason: {reason}",
    Act.PANICKED: "You chose “Something is wrong”: all sessions ended and the second factor was locked.",
    Act.INVITED: "{actor} invited you.",
    Act.INVITATION_RENEWED: "{actor} made a new invitation for you. Reason: {reason}",
    Act.INVITATION_REVOKED: "{actor} revoked your invitation. Reason: {reason}",
    Act.INVITATION_READDRESSED: "{actor} corrected the address of your invitation. Reason: {reason}",
    Act.INVITATION_ACCEPTED: "You took up the invitation and set your password.",
    Act.SUSPENDED: "{actor} suspended your account. Reason: {reason}",
    Act.REACTIVATED: "{actor} opened your account again. Reason: {reason}",
    Act.REMOVED: "{actor} removed you from the organization. Reason: {reason}",
    Act.ERASED: "{actor} erased what was known about you.",
    Act.USER_CREATED: "The application {actor} put you on its list of people here.",
    Act.USER_CHANGED: "You changed what is noted about you.",
    Act.USER_VERIFIED: "You confirmed who you are to the application {actor}, with {proof}.",
    Act.USER_ATTESTED: "The application {actor} signed you in by a token of its own.",
    Act.USER_EXCHANGED: "The application {actor} let you in from another organization.",
    Act.CODES_READ: "The application {actor} read your recovery codes.",
    Act.CODES_READ_AGAIN: "The application {actor} read your recovery codes again.",
}

_HISTORY_BY_APPLICATION = {
    Act.CODE_REFUSED: "A wrong code was typed in the application {actor}.",
    Act.CODE_REPLAYED: "A code that was used before was typed again in the application {actor}.",
    Act.FAILURES_NOTICED: "Three wrong codes in a row were typed, the last in the application {actor}.",
    Act.DOOR_CLOSED: "Far too many wrong codes: {actor} accepts none any more, until an administrator opens it.",
    Act.SESSION_ENDED: "The application {actor} ended a session of yours.",
    Act.ENROLMENT_BEGUN: "The application {actor} began to set up an authenticator for you.",
    Act.ENROLMENT_CANCELLED: "The application {actor} stopped setting up an authenticator.",
    Act.AUTHENTICATOR_ADDED: "You added the authenticator {name} in the application {actor}.",
    Act.AUTHENTICATOR_REMOVED: "The application {actor} removed the authenticator {name}.",
    Act.USER_CHANGED: "The application {actor} changed what it notes about you.",
    Act.NAME_CORRECTED: "The application {actor} changed your name.",
    Act.EMAIL_CHANGED: "The application {actor} changed your e-mail address.",
    Act.CODES_REGENERATED: "The application {actor} had {count} new recovery codes made. The old ones stopped working.",
    Act.REACTIVATED: "The application {actor} took you in again, without anything you had before.",
    Act.REMOVED: "The application {actor} removed you.",
}
"""Where it was an application, and the words above would not be true."""

_LOG = {
    Act.ORGANIZATION_CREATED: "{actor} created the organization.",
    Act.ORGANIZATION_CHANGED: "{actor} changed the organization: {changes}.",
    Act.ORGANIZATION_REMOVED: "{actor} removed the organization {name}, with {people} in it.",
    Act.MEMBERS_EXPORTED: "{actor} exported the list of members.",
    Act.OWNER_CREATED: "{who} became an owner.",
    Act.PASSWORD_ACCEPTED: "The right password of {who} was typed.",
    Act.PASSWORD_REFUSED: "A wrong password was typed for {who}.",
    Act.PASSWORD_CHANGED: "{who} changed the password.",
    Act.PASSWORD_STOPPED: "The password of {who} was stopped after too many wrong codes.",
    Act.PASSWORD_LINK_MADE: "{actor} made a password link for {who}. Reason: {reason}",
    Act.PASSWORD_LINK_USED: "A password link of {who} was used.",
    Act.SIGNED_IN: "{who} signed in with {proof}.",
    Act.SIGNED_IN_WITHOUT_SECOND_FACTOR: "{who} signed in with the password alone.",
    Act.SIGNED_OUT: "{who} signed out.",
    Act.SESSION_ENDED: "A session of {who} was ended.",
    Act.OTHER_SESSIONS_ENDED: "{who} ended all other sessions.",
    Act.ALL_SESSIONS_ENDED: "{actor} ended all sessions of {who}. Reason: {reason}",
    Act.STEPPED_UP: "{who} confirmed a session.",
    Act.STEP_UP_FAILED: "A wrong code was typed in an open session of {who}.",
    Act.BROWSER_FORGOTTEN: "{who} had a known browser forgotten.",
    Act.CODE_REFUSED: "A wrong code was typed for {who}.",
    Act.CODE_REPLAYED: "A used code was typed again for {who}.",
    Act.FAILURES_NOTICED: "{who} was told of three wrong codes in a row.",
    Act.LOCKED: "{who} was locked after too many wrong codes.",
    Act.LOCKED_BY_ADMIN: "{actor} locked {who}. Reason: {reason}",
    Act.DOOR_CLOSED: "Signing in with a code was closed for {who} after far too many wrong codes.",
    Act.UNLOCKED: "{actor} unlocked {who}. Reason: {reason}",
    Act.SEAL_BROKEN: "A stored secret of {who} could not be read.",
    Act.ENROLMENT_BEGUN: "{who} began to set up an authenticator.",
    Act.ENROLMENT_CODE_REFUSED: "A code did not fit the authenticator that {who} was setting up.",
    Act.ENROLMENT_CANCELLED: "{who} stopped setting up an authenticator.",
    Act.AUTHENTICATOR_ADDED: "{who} added an authenticator.",
    Act.AUTHENTICATOR_TAKEN_OVER: "{actor} brought along the authenticator that {who} had before.",
    Act.AUTHENTICATOR_REPLACED: "{who} replaced an authenticator.",
    Act.AUTHENTICATOR_REMOVED: "{who} removed an authenticator.",
    Act.AUTHENTICATOR_RENAMED: "{who} renamed an authenticator.",
    Act.CODES_MADE: "{count} recovery codes were made for {who}.",
    Act.CODES_TAKEN_OVER: "{actor} brought along {count} recovery codes that {who} had before.",
    Act.CODES_REGENERATED: "{who} made {count} new recovery codes.",
    Act.CODES_VOIDED: "The recovery codes of {who} stopped working {because}.",
    Act.CODES_SHOWN: "{who} looked at the recovery codes.",
    Act.CODES_DOWNLOADED: "{who} downloaded the recovery codes.",
    Act.CODES_PRINTED: "{who} opened the recovery codes for printing.",
    Act.CODES_ACKNOWLEDGED: "{who} acknowledged the recovery codes.",
    Act.CODES_PROVED: "{who} showed that the recovery codes are at hand.",
    Act.CODES_PROOF_FAILED: "{who} did not have the recovery code at hand that was asked for.",
    Act.CODE_SPENT: "Recovery code {number} of {who} was used.",
    Act.PASS_MADE: "{actor} made a pass for {who}. Reason: {reason}",
    Act.PASS_REFUSED: "A pass was typed for {who} and refused.",
    Act.PASS_USED: "The pass of {who} was used.",
    Act.PASS_SPENT: "With a pass, {who} replaced everything older by a new authenticator.",
    Act.NAME_CHANGED: "{who} changed the name.",
    Act.NAME_CORRECTED: "{actor} changed the name of {who}. Reason: {reason}",
    Act.EMAIL_CHANGED: "{actor} changed the address of {who}. Reason: {reason}",
    Act.ROLE_CHANGED: "{actor} changed the role of {who} from {old} to {new}. Reason: {reason}",
    Act.PANICKED: "{who} chose “Something is wrong”.",
    Act.INVITED: "{actor} invited {who} as {role}.",
    Act.INVITATION_RENEWED: "{actor} made a new invitation for {who}. Reason: {reason}",
    Act.INVITATION_REVOKED: "{actor} revoked the invitation of {who}. Reason: {reason}",
    Act.INVITATION_READDRESSED: "{actor} corrected the address of the invitation of {who}. Reason: {reason}",
    Act.INVITATION_ACCEPTED: "{who} took up the invitation.",
    Act.SUSPENDED: "{actor} suspended {who}. Reason: {reason}",
    Act.REACTIVATED: "{actor} reactivated {who}. Reason: {reason}",
    Act.REMOVED: "{actor} removed {who}. Reason: {reason}",
    Act.ERASED: "{actor} erased what was known about {who}.",
    Act.REQUIREMENT_BEGAN: "From now on everybody needs a second factor, as was set for this day.",
    Act.RESTORED: "{actor} restored the portal from a backup of {as_of}. All recovery codes and sessions ended.",
    Act.KEY_ROTATED: "{actor} added key {key} to the key ring.",
    Act.KEY_RETIRED: "{actor} took key {key} out of the key ring.",
    Act.SIGNING_KEY_ROTATED: "{actor} made a new key that signs session tokens of the project {project}.",
    Act.PROJECT_CREATED: "{actor} made the project {project}{permissions}.",
    Act.PROJECT_REMOVED: "{actor} removed the project {project}.",
    Act.PROJECT_SECRET_MADE: "{actor} made another secret for the project {project}.",
    Act.PROJECT_SECRET_REVOKED: "{actor} revoked the secret of the project {project} that ends in {hint}.",
    Act.PROJECT_PERMITTED: "{actor} gave the project {project} the permission {permission}.",
    Act.PROJECT_FORBIDDEN: "{actor} took the permission {permission} from the project {project}.",
    Act.PROJECT_PROFILE_ADDED: "{actor} let the project {project} take tokens of {profile}.",
    Act.PROJECT_PROFILE_REMOVED: "{actor} let the project {project} take no more tokens of {profile}.",
    Act.PROJECT_ORIGIN_ADDED: "{actor} let browsers call the project {project} from pages of {origin}.",
    Act.PROJECT_ORIGIN_REMOVED: "{actor} let browsers call the project {project} no more from pages of {origin}.",
    Act.USER_CREATED: "{actor} created {who}.",
    Act.USER_CHANGED: "{who} changed what is noted about them.",
    Act.USER_VERIFIED: "{who} confirmed to {actor} with {proof}.",
    Act.USER_ATTESTED: "{actor} signed {who} in by a token of {profile}.",
    Act.USER_EXCHANGED: "{actor} let {who} in from another organization.",
    Act.CODES_READ: "{actor} read the recovery codes of {who}.",
    Act.CODES_READ_AGAIN: "{actor} read the recovery codes of {who} again.",
}

_LOG_BY_APPLICATION = {
    Act.CODE_REFUSED: "A wrong code was typed for {who} in {actor}.",
    Act.CODE_REPLAYED: "A used code was typed again for {who} in {actor}.",
    Act.DOOR_CLOSED: "After far too many wrong codes, {actor} accepts none of {who} any more.",
    Act.SESSION_ENDED: "{actor} ended a session of {who}.",
    Act.ENROLMENT_BEGUN: "{actor} began to set up an authenticator for {who}.",
    Act.ENROLMENT_CANCELLED: "{actor} stopped setting up an authenticator for {who}.",
    Act.AUTHENTICATOR_ADDED: "{who} added an authenticator in {actor}.",
    Act.AUTHENTICATOR_REMOVED: "{actor} removed an authenticator of {who}.",
    Act.USER_CHANGED: "{actor} changed what it notes about {who}.",
    Act.NAME_CORRECTED: "{actor} changed the name of {who}.",
    Act.EMAIL_CHANGED: "{actor} changed the address of {who}.",
    Act.CODES_REGENERATED: "{actor} had {count} new recovery codes made for {who}.",
    Act.REACTIVATED: "{actor} took {who} in again.",
    Act.REMOVED: "{actor} removed {who}.",
}

OF_NO_MEMBER = {ActorKind.OPERATOR: "The operator", ActorKind.PORTAL: "The portal"}
"""Who does what no member does."""


_UNKNOWN_BROWSER = " It was done with the password alone, from a browser not seen before."
_EXEMPT = " (At the command line, which is exempt from the rule that nobody pays for both factors.)"
_BECAUSE = {
    "": "with the last authenticator",
    "restored": "because the portal was restored from a backup",
    "key_retired": "because the key they were kept with was retired",
}
_FIELDS = {
    "name": "name",
    "slug": "short name",
    "time_zone": "time zone",
    "required_from": "first day of the required second factor",
    "code_count": "number of recovery codes",
    "code_visibility": "how recovery codes are kept",
}


def is_warning(event: Event) -> bool:
    return event.act in _WARNINGS or bool(event.details.get("unknown_browser"))


def history_sentence(event: Event) -> str:
    """A sentence for the member whose history it is."""
    actor = OF_NO_MEMBER.get(event.actor_kind) or event.project or (event.by.name if event.by else "Somebody")
    words = _words(event, _HISTORY, _HISTORY_BY_APPLICATION)
    sentence = words.format_map({**_facts(event, whose="your"), "actor": actor}) + _where(event)
    return sentence + _UNKNOWN_BROWSER if event.details.get("unknown_browser") else sentence


def log_sentence(event: Event, people: Mapping[str, Markup]) -> Markup:
    """A sentence for those who administer; `people` are `who` it is about and the `actor`, as links or words."""
    words = _words(event, _LOG, _LOG_BY_APPLICATION)
    template = Markup(words)  # noqa: S704 -- our own words; what is put into them is escaped
    sentence = template.format_map({**_facts(event, whose="an"), **people})
    sentence += _where(event)
    if event.details.get("unknown_browser"):
        sentence += _UNKNOWN_BROWSER
    return sentence + _EXEMPT if event.details.get("exempt") else sentence


def _where(event: Event) -> str:
    """Members act for themselves in applications too."""
    return f" This was in {event.project}." if event.project and event.actor_kind is ActorKind.MEMBER else ""


def _words(event: Event, usual: Mapping[Act, str], by_application: Mapping[Act, str]) -> str:
    if event.actor_kind is ActorKind.PROJECT and event.act in by_application:
        return by_application[event.act]
    return usual[event.act]


def _facts(event: Event, *, whose: str) -> dict[str, object]:
    facts: dict[str, object] = {"reason": "none given", "as_of": "unknown age", **event.details}
    if event.act is Act.PROJECT_CREATED:
        facts["permissions"] = (
            f" with {', '.join(event.details['permissions'])}" if event.details["permissions"] else ""
        )
    if event.act in {Act.SIGNED_IN, Act.USER_VERIFIED}:
        facts["proof"] = _with_article(Proof(event.details["proof"]), whose)
    if event.act is Act.CODES_VOIDED:
        facts["because"] = _BECAUSE[event.details.get("because", "")]
    if event.act is Act.ORGANIZATION_REMOVED:
        people = event.details["people"]
        facts["people"] = f"{people or 'nobody'}{' person' if people == 1 else ' people' if people else ''}"
    if event.act is Act.ORGANIZATION_CHANGED:
        changes = [
            f"{_FIELDS[field]} from “{_plainly(field, old)}” to “{_plainly(field, new)}”"
            for field, (old, new) in event.details["changes"].items()
        ]
        facts["changes"] = ", ".join(changes) or "what it notes of it"
    return facts


def _plainly(field: str, value: str) -> str:
    return MODES[Visibility(value)] if field == "code_visibility" else value or "none"


def _with_article(proof: Proof, whose: str) -> str:
    return {
        Proof.PASSWORD: "the password",
        Proof.TOTP: f"a code from {whose} authenticator",
        Proof.RECOVERY_CODE: "a recovery code",
        Proof.PASS: "a pass",
    }[proof]
