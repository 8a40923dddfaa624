from wtforms import Form as PlainForm
from wtforms import HiddenField, StringField

from app.web.forms import CodeField, EmailField, Form, required_password


class OrganizationForm(PlainForm):
    """Only leads to an address, so it is sent by GET and carries no token."""

    organization = StringField("Short name of your organization")


class PasswordForm(Form):
    email = EmailField("E-mail address")
    password = required_password()
    next = HiddenField()


class CodeForm(Form):
    code = CodeField("Authenticator code or recovery code", "Type a code from your app, or a recovery code.")


class PassForm(Form):
    code = CodeField("Pass", "Type the pass that you were given.")
