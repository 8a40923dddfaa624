"""Users: the members of the project's organization."""

from app.api.stytch import ids
from app.api.stytch.consumer import models
from app.api.stytch.consumer.refusals import granted
from app.api.stytch.consumer.searching import conditions
from app.api.stytch.consumer.views import email_id_of, emails_of, fields_of, user_named, user_of
from app.api.wire import Call, WireError
from app.domain.refusals import Refused, Why
from app.domain.users import Search
from app.services import totps, users
from app.services.users import Changes

_PAGE = 100


def create(call: Call, asked: models.UserCreation) -> models.UserCreated:
    if asked.phone_number:
        raise WireError(400, "invalid_create_user_request", "Phone numbers are not kept here: leave it out.")
    made = granted(
        users.create(
            call.portal,
            call.project,
            email=asked.email,
            notes=_changes(asked),
            pending=bool(asked.create_user_as_pending),
            origin=call.origin,
        )
    )
    user = user_of(made)
    return models.UserCreated(
        user_id=user.user_id, email_id=email_id_of(made.id) if made.email else "", status=user.status, user=user
    )


def get(call: Call, user_id: models.UserId) -> models.OneUser:
    found = granted(users.look(call.portal, call.project, user_named(user_id)))
    return models.OneUser(**fields_of(found))


def update(call: Call, asked: models.UserUpdate, user_id: models.UserId) -> models.UserUpdated:
    changed = granted(users.change(call.portal, call.project, user_named(user_id), _changes(asked), origin=call.origin))
    user = user_of(changed)
    return models.UserUpdated(user_id=user.user_id, emails=emails_of(changed), user=user)


def delete(call: Call, user_id: models.UserId) -> models.UserDeleted:
    removed = granted(users.remove(call.portal, call.project, user_named(user_id), origin=call.origin))
    return models.UserDeleted(user_id=ids.spell("user", removed))


def delete_external_id(call: Call, user_id: models.UserId) -> models.PartDeleted:
    changed = granted(users.forget_external_id(call.portal, call.project, user_named(user_id), origin=call.origin))
    return models.PartDeleted(user_id=ids.spell("user", changed.id), user=user_of(changed))


def delete_email(call: Call, email_id: str) -> models.PartDeleted:
    user = ids.read("email", email_id)
    changed = granted(
        users.forget_email(call.portal, call.project, user, origin=call.origin)
        if user
        else Refused(Why.UNKNOWN_ADDRESS)
    )
    return models.PartDeleted(user_id=ids.spell("user", changed.id), user=user_of(changed))


def delete_totp(call: Call, totp_id: str) -> models.PartDeleted:
    totp = ids.read("totp", totp_id)
    deleted = granted(
        totps.delete(call.portal, call.project, totp, origin=call.origin)
        if totp
        else Refused(Why.UNKNOWN_AUTHENTICATOR)
    )
    return models.PartDeleted(user_id=ids.spell("user", deleted.id), user=user_of(deleted))


def search(call: Call, asked: models.UserSearch) -> models.UsersFound:
    query = asked.query
    wanted = Search(conditions(query.operands), any_of=query.operator == "OR") if query else Search()
    after = ids.read("user", asked.cursor) if asked.cursor else None
    if asked.cursor and after is None:
        raise WireError(400, "user_search_invalid_cursor", "This cursor came out of no search.")
    found = users.search(call.portal, [call.project], wanted, after=after, limit=asked.limit or _PAGE)
    return models.UsersFound(
        results=[user_of(one) for one in found.users],
        results_metadata=models.ResultsMetadata(
            total=found.total, next_cursor=ids.spell("user", found.after) if found.after else None
        ),
    )


def _changes(asked: models.UserCreation | models.UserUpdate) -> Changes:
    name = asked.name or models.NameAsked()
    return Changes(
        first_name=name.first_name,
        middle_name=name.middle_name,
        last_name=name.last_name,
        external_id=asked.external_id,
        labels=None if asked.roles is None else tuple(asked.roles),
        trusted_metadata=asked.trusted_metadata,
        untrusted_metadata=asked.untrusted_metadata,
    )
