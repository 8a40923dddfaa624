from typing import Any

from wtforms import HiddenField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from app.domain.invitations import ROWS_AT_MOST, Row, read_rows
from app.domain.members import Role
from app.domain.rights import grantable
from app.web import current
from app.web.forms import EmailField, Form, NameField, NewPasswordField, ProofForm
from app.web.member_words import ROLES


class InviteForm(ProofForm):
    name = NameField("Name", "Type a name.")
    email = EmailField("E-mail address")
    role = SelectField("Role", choices=[], default=Role.MEMBER.value)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.role.choices = [SelectChoice(one.value, ROLES[one]) for one in grantable(current.visitor().role)]

    @property
    def row(self) -> Row:
        return Row(1, self.name.data, self.email.data, Role(self.role.data))


class _Pasted:
    """What both forms do with the field `people`."""

    people: Any

    def validate_people(self, field: Any) -> None:
        if len(read_rows(field.data or "")) > ROWS_AT_MOST:
            raise ValidationError(f"That is more than {ROWS_AT_MOST} people. Paste them in several parts.")

    @property
    def rows(self) -> list[Row]:
        return read_rows(self.people.data or "")


class PasteForm(_Pasted, Form):
    people = TextAreaField("People", [DataRequired("Paste at least one line.")])


class ConfirmForm(_Pasted, ProofForm):
    """Carries what was pasted once more, so that it is looked at anew when it is done."""

    people = HiddenField(validators=[DataRequired("Paste at least one line.")])


class AcceptForm(Form):
    name = NameField("Your name", "Type your name.")
    password = NewPasswordField("Password")
