from app.web.forms import Form, NameField, NewPasswordField, ProofForm


class NameForm(Form):
    name = NameField("Your name", "Type your name.")


class PasswordForm(ProofForm):
    password = NewPasswordField("New password")


class PanicForm(Form):
    pass
