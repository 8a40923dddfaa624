from wtforms import HiddenField

from app.web.forms import CodeField, EmailField, Form, required_password


class PasswordForm(Form):
    email = EmailField("E-mail address")
    password = required_password()
    next = HiddenField()


class CodeForm(Form):
    code = CodeField("Authenticator code or recovery code", "Type a code from your app, or a recovery code.")


class PassForm(Form):
    code = CodeField("Pass", "Type the pass that you were given.")
