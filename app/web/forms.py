"""What forms share. They look at the shape of what was typed; what it means is for the services."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import PasswordInput

from app.domain.passwords import LONGEST
from app.domain.text import NAME_AT_MOST, REASON_AT_MOST, clean_email, clean_name
from app.web import current

_PASSWORD_AT_MOST = 4 * LONGEST  # longer is answered without hashing it


class Form(FlaskForm):
    """A form that a service can still refuse, at the field that is to blame."""

    def refuse(self, field: Field, sentence: str) -> None:
        field.errors = [*field.errors, sentence]


class NameField(StringField):
    """A name for people's eyes: cleaned of what cannot be seen."""

    def __init__(self, label: str, missing: str, **kwargs: Any) -> None:
        super().__init__(label, [_Named(missing)], filters=[lambda text: clean_name(text) if text else ""], **kwargs)


class EmailField(StringField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [_is_an_address], filters=[lambda text: text.strip() if text else ""], **kwargs)


class NewPasswordField(PasswordField):
    """Only its presence is looked at here: what may be a password is the domain's to say."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [DataRequired("Choose a password.")], **kwargs)


class CodeField(StringField):
    def __init__(self, label: str, missing: str = "Type a code.", **kwargs: Any) -> None:
        super().__init__(label, [DataRequired(missing)], **kwargs)


class ProofField(StringField):
    """The one field that makes a session fresh: a code, or the password of a member who has no authenticator."""

    def ask_for_password(self) -> None:
        self.widget = PasswordInput(hide_value=True)
        self.type = "PasswordField"
        self.label.text = "Your password"
        self.description = "You have no authenticator yet, so your password counts."

    def ask_for_totp(self) -> None:
        self.label.text = "Code from your authenticator"
        self.description = "Showing codes takes a code from your app; another recovery code will not do."


class ProofForm(Form):
    """A form whose act takes a fresh session. While it is fresh, the field is not there."""

    proof = ProofField(
        "Code from your authenticator, or a recovery code",
        description="More than five minutes have passed since your last code.",
    )

    def __init__(self, *, by_totp: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        visitor = current.visitor()
        if visitor.sign_in or (visitor.fresh_by_totp if by_totp else visitor.fresh):
            del self.proof
        elif not visitor.enrolled:
            self.proof.ask_for_password()
        elif by_totp:
            self.proof.ask_for_totp()

    @property
    def typed(self) -> str:
        return (self.proof.data or "") if "proof" in self else ""

    def refuse_proof(self, sentence: str) -> None:
        """At the field, or at the form where the session was thought fresh and is not any more."""
        if "proof" in self:
            self.refuse(self.proof, sentence)
        else:
            self.form_errors.append(sentence)


class StartForm(ProofForm):
    """Begins an enrolment: pages of several areas carry it."""

    replace = HiddenField(default="")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if current.visitor().by_pass and "proof" in self:
            del self.proof


class RegenerateForm(ProofForm):
    """Makes a new set of recovery codes in place of the one of this generation."""

    generation = HiddenField(default="0")


class ReasonForm(ProofForm):
    """An act on somebody else: it says why, and the member reads it."""

    reason = StringField(
        "Reason",
        [
            DataRequired("Say why. The member reads it too."),
            Length(max=REASON_AT_MOST, message="Use at most %(max)d characters."),
        ],
        filters=[lambda text: clean_name(text) if text else ""],
        description="For example a ticket number, and how you made sure who asks. It is kept, and the member reads it.",
    )


def required_password() -> PasswordField:
    return PasswordField("Password", [DataRequired("Type your password."), _not_endless])


class _Named:
    def __init__(self, missing: str) -> None:
        self._missing = missing

    def __call__(self, _form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(self._missing)
        if len(field.data) > NAME_AT_MOST:
            raise ValidationError(f"Use at most {NAME_AT_MOST} characters.")


def _is_an_address(_form: Form, field: Field) -> None:
    if not field.data:
        raise ValidationError("Type an e-mail address.")
    if clean_email(field.data) is None:
        raise ValidationError("That is not an e-mail address. It looks like name@example.org.")


def _not_endless(_form: Form, field: Field) -> None:
    if len(field.data or "") > _PASSWORD_AT_MOST:
        raise ValidationError(f"Use at most {LONGEST} characters.")
