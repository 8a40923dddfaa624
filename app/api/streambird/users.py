"""Users: the members of the project's organization."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.api.fields import whole
from app.api.streambird import ids, models
from app.api.streambird.errors import granted
from app.api.streambird.views import email_id_of, emails_of, user_named, user_of
from app.api.wire import Call, WireError
from app.domain.refusals import Refused, Why
from app.domain.users import Condition, Filter, Search
from app.services import totps, users
from app.services.users import Changes

_PAGE = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)  # moments are told in whole ones
_INSTANT = timedelta(microseconds=1)


def create(call: Call, asked: models.UserCreation) -> models.UserCreated:
    if asked.phone_number:
        raise _no_phones()
    made = granted(
        users.create(
            call.portal,
            call.project,
            email=asked.email,
            notes=Changes(asked.first_name, asked.middle_name, asked.last_name),
            pending=bool(asked.requires_verification),
            origin=call.origin,
        )
    )
    user = user_of(call.project, made)
    return models.UserCreated(
        user_id=user.user_id,
        status=user.status,
        email_id=email_id_of(made),
        user=user if asked.include_user else None,
    )


def get(call: Call, user_id: str) -> models.User:
    return user_of(call.project, granted(users.look(call.portal, call.project, user_named(user_id))))


def update(call: Call, asked: models.UserUpdate, user_id: str) -> models.UserUpdated:
    if asked.phone_numbers:
        raise _no_phones()
    changes = Changes(
        asked.first_name,
        asked.middle_name,
        asked.last_name,
        email=asked.emails[0].email if asked.emails else None,
    )
    changed = granted(users.change(call.portal, call.project, user_named(user_id), changes, origin=call.origin))
    user = user_of(call.project, changed)
    return models.UserUpdated(user_id=user.user_id, emails=emails_of(changed), user=user)


def delete(call: Call, user_id: str) -> models.UserMessage:
    removed = granted(users.remove(call.portal, call.project, user_named(user_id), origin=call.origin))
    return models.UserMessage(user_id=ids.spell("user", removed), message="The user is deleted.")


def delete_email(call: Call, email_id: str) -> models.UserMessage:
    user = ids.read("email", email_id)
    changed = granted(
        users.forget_email(call.portal, call.project, user, origin=call.origin)
        if user
        else Refused(Why.UNKNOWN_ADDRESS)
    )
    return models.UserMessage(user_id=ids.spell("user", changed.id), message="The e-mail address is deleted.")


def delete_totp(call: Call, totp_id: str) -> models.UserMessage:
    totp = ids.read("totp", totp_id)
    deleted = granted(
        totps.delete(call.portal, call.project, totp, origin=call.origin)
        if totp
        else Refused(Why.UNKNOWN_AUTHENTICATOR)
    )
    return models.UserMessage(user_id=ids.spell("user", deleted.id), message="The TOTP is deleted.")


def search(call: Call, asked: models.UserSearch) -> models.UsersFound:
    filters = asked.filters
    conditions = tuple(_condition(one) for one in filters.fields) if filters else ()
    wanted = Search(conditions, any_of=filters is not None and filters.operator.upper() == "OR")
    after = user_named(asked.starting_after) if asked.starting_after else None
    found = users.search(call.portal, [call.project], wanted, after=after, limit=asked.limit or _PAGE)
    return models.UsersFound(
        users=[user_of(call.project, one) for one in found.users], has_more=found.after is not None, total=found.total
    )


def _condition(asked: models.SearchField) -> Condition:
    if asked.field == "created_at":
        return _made(asked)
    if asked.operator != "eq" or not isinstance(asked.value, str):
        raise _unfit(f"{asked.field} takes eq and a text.")
    if asked.field == "email":
        return Condition(Filter.EMAIL, [asked.value])
    named: list[UUID] = [found for found in [ids.read("user", asked.value)] if found]
    return Condition(Filter.USER_ID, named)


def _made(asked: models.SearchField) -> Condition:
    if asked.operator == "gt":
        return Condition(Filter.MADE_AFTER, _moment(asked.value) + _SECOND - _INSTANT)
    if asked.operator == "lt":
        return Condition(Filter.MADE_BEFORE, _moment(asked.value))
    if asked.operator == "between" and isinstance(asked.value, list) and len(asked.value) == len(("from", "to")):
        return Condition(Filter.MADE_BETWEEN, (_moment(asked.value[0]) - _INSTANT, _moment(asked.value[1]) + _SECOND))
    raise _unfit("created_at takes gt and lt with a moment, or between with two.")


def _moment(sent: Any) -> datetime:
    value = whole(sent)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < models.LATEST:
        raise _unfit("A moment is a number of seconds since 1970.")
    return _EPOCH + timedelta(seconds=value)


def _no_phones() -> WireError:
    return _unfit("Phone numbers are not kept here: leave them out.")


def _unfit(sentence: str) -> WireError:
    return WireError(400, "invalid_request", sentence)
