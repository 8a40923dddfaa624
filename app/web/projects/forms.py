from app.web.forms import NameField, ProofForm


class ProjectForm(ProofForm):
    name = NameField("Name", "Type a name.")
