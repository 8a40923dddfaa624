from datetime import timedelta
from typing import Any

from wtforms import Form as PlainForm
from wtforms import HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import ValidationError

from app.domain.lists import SEARCH_AT_MOST, Factor, Sort
from app.domain.members import Role, Status
from app.web import current
from app.web.forms import EmailField, NameField, ProofForm, ReasonForm
from app.web.member_words import FACTORS, ROLES, SORTS, STATUSES
from app.web.moments import in_words

_ANY = SelectChoice("", "Any")
_CHOOSE = SelectChoice("", "Choose one")
_LIVES = {10, 60, 240, 1440}
"""Minutes."""


class ListForm(PlainForm):
    """Only leads to an address, so it is sent by GET and carries no token."""

    search = StringField("Name or e-mail", filters=[lambda text: (text or "").strip()[:SEARCH_AT_MOST]])
    factor = SelectField(
        "Second factor", choices=[_ANY, *(SelectChoice(one.value, FACTORS[one]) for one in Factor)], default=""
    )
    role = SelectField("Role", choices=[_ANY, *(SelectChoice(one.value, ROLES[one]) for one in Role)], default="")
    status = SelectField(
        "Status",
        choices=[SelectChoice("", "Not removed"), *(SelectChoice(one.value, STATUSES[one]) for one in Status)],
        default="",
    )
    sort = SelectField(
        "Sort by", choices=[SelectChoice(one.value, SORTS[one]) for one in Sort], default=Sort.NAME.value
    )

    @property
    def kept(self) -> dict[str, Any]:
        """What a link on to another page of the same list carries."""
        return {name: value for name, value in self.data.items() if value and value != Sort.NAME}


class ExportForm(ProofForm):
    """The list as it is narrowed on the page that carries the form."""

    search = HiddenField(default="")
    factor = HiddenField(default="")
    role = HiddenField(default="")
    status = HiddenField(default="")
    sort = HiddenField(default=Sort.NAME.value)


class ActForm(ReasonForm):
    """An act that takes nothing but a reason."""


class PassForm(ReasonForm):
    minutes = SelectField("Good for", choices=[])

    def __init__(self, **kwargs: Any) -> None:
        """With what the installation's settings say, if it is none of the usual lengths."""
        super().__init__(**kwargs)
        usual = current.portal().settings.pass_minutes
        lives = sorted({*_LIVES, usual})
        self.minutes.choices = [SelectChoice(str(life), in_words(timedelta(minutes=life))) for life in lives]
        if self.minutes.data is None:
            self.minutes.data = str(usual)


class NameForm(ReasonForm):
    name = NameField("Name", "Type a name.")


class AddressForm(ReasonForm):
    email = EmailField("New e-mail address")


class RoleForm(ReasonForm):
    role = SelectField("New role", choices=[], default="")

    def offer(self, roles: list[Role]) -> None:
        self.role.choices = [_CHOOSE, *(SelectChoice(one.value, ROLES[one]) for one in roles)]

    def validate_role(self, field: Any) -> None:
        if not field.data or field.data not in {one.value for one in field.choices}:
            raise ValidationError("Choose one of these roles.")
