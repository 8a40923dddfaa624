from app.web.forms import EmailField, Form, NameField, NewPasswordField


class SetupForm(Form):
    organization = NameField("Name of your organization", "Name your organization.")
    name = NameField("Your name", "Type your name.")
    email = EmailField("Your e-mail address")
    password = NewPasswordField("Password")
