from app.web.forms import Form, NewPasswordField


class NewPasswordForm(Form):
    password = NewPasswordField("New password")
