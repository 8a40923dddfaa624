from app.web.forms import Form, NameField, ProofForm


class NameForm(Form):
    name = NameField("Name of this authenticator", "Give it a name.")


class RemoveForm(ProofForm):
    pass
