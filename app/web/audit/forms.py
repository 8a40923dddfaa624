from typing import Any

from wtforms import Form as PlainForm
from wtforms import HiddenField, SelectChoice, SelectField, StringField
from wtforms.fields import DateField
from wtforms.validators import Optional, ValidationError

from app.domain.lists import SEARCH_AT_MOST
from app.domain.organizations import EARLIEST_DAY, LATEST_DAY
from app.web.audit.kinds import KINDS


class _Day(DateField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Type a day like 2026-05-04.") from None


class AuditForm(PlainForm):
    """Only leads to an address, so it is sent by GET and carries no token."""

    person = StringField("Name or e-mail", filters=[lambda text: (text or "").strip()[:SEARCH_AT_MOST]])
    member = HiddenField()
    act = SelectField(
        "What",
        choices=[SelectChoice("", "Everything"), *(SelectChoice(kind.value, kind.words) for kind in KINDS)],
        default="",
    )
    since = _Day("From", [Optional()])
    until = _Day("To", [Optional()])

    def validate_since(self, field: Any) -> None:
        _is_near(field)

    def validate_until(self, field: Any) -> None:
        _is_near(field)


def _is_near(field: Any) -> None:
    if field.data and not EARLIEST_DAY <= field.data <= LATEST_DAY:
        raise ValidationError("Type a day like 2026-05-04.")
