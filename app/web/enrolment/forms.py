from app.web.forms import CodeField, Form, NameField


class ConfirmForm(Form):
    code = CodeField("Code from the app", "Type the six digits that the app shows.")
    name = NameField("Name of this authenticator", "Give it a name.")
