from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.projects import SECRETS_AT_MOST, Secret
from app.domain.refusals import Refused, Why
from app.services import projects
from app.services.projects import Made
from app.steps.projects import Look
from app.web import current
from app.web.destinations import see_other
from app.web.forms import ProofForm
from app.web.member_words import plural
from app.web.projects import views
from app.web.projects.forms import ProjectForm
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("projects", __name__)

_Page = str | Response | tuple[str, int]
_STATE_IS_OTHER = "This has changed meanwhile, or was so already. Nothing was done; look at what is here now."


@pages.get("/projects")
def listing() -> str:
    found = projects.listing(current.portal(), current.session())
    return render_template("projects/list.html", projects=[views.line_of(one) for one in found])


@pages.get("/projects/new")
def ask() -> str:
    return _new_page(ProjectForm(formdata=None))


@pages.post("/projects")
def create() -> _Page:
    form = ProjectForm()
    if not form.validate():
        return _new_page(form), 422
    made = projects.create(
        current.portal(), current.session(), name=form.name.data, proof=form.typed, origin=current.origin()
    )
    if isinstance(made, Refused):
        return _refused(form, made, lambda: _new_page(form))
    return _secret_page(made, first=True)


@pages.get("/projects/<uuid:id>")
def look(id: UUID) -> str:  # noqa: A002 -- the name of the variable in the route
    return _page(_found(id))


@pages.post("/projects/<uuid:id>/secrets")
def rotate_secret(id: UUID) -> _Page:  # noqa: A002
    form, found = ProofForm(), _found(id)
    made = projects.rotate_secret(current.portal(), current.session(), id, proof=form.typed, origin=current.origin())
    if isinstance(made, Refused):
        return _refused(form, made, lambda: _page(found, form), of=id)
    return _secret_page(made, first=False)


@pages.get("/projects/<uuid:id>/secrets/<uuid:secret>/revocation")
def ask_to_revoke(id: UUID, secret: UUID) -> _Page:  # noqa: A002
    found = _found(id)
    which = _secret_of(found, secret)
    return _revocation_page(found, which, ProofForm(formdata=None)) if which else _is_other(id)


@pages.post("/projects/<uuid:id>/secrets/<uuid:secret>/revocation")
def revoke_secret(id: UUID, secret: UUID) -> _Page:  # noqa: A002
    form, found = ProofForm(), _found(id)
    which = _secret_of(found, secret)
    if which is None:
        return _is_other(id)
    done = projects.revoke_secret(
        current.portal(), current.session(), id, secret, proof=form.typed, origin=current.origin()
    )
    if isinstance(done, Refused):
        return _refused(form, done, lambda: _revocation_page(found, which, form), of=id)
    current.hold_session(done.token)
    flash(f"The secret that ended in {which.hint} opens nothing any more.", "success")
    return see_other(url_for("projects.look", id=id))


@pages.get("/projects/<uuid:id>/removal")
def ask_to_remove(id: UUID) -> str:  # noqa: A002
    return _removal_page(_found(id), ProofForm(formdata=None))


@pages.post("/projects/<uuid:id>/removal")
def remove(id: UUID) -> _Page:  # noqa: A002
    form, found = ProofForm(), _found(id)
    done = projects.remove(current.portal(), current.session(), id, proof=form.typed, origin=current.origin())
    if isinstance(done, Refused):
        return _refused(form, done, lambda: _removal_page(found, form), of=id)
    current.hold_session(done.token)
    ended = f" {plural(done.sessions_ended, 'session')} of its users ended." if done.sessions_ended else ""
    flash(f"{done.project.name} is removed: its secrets open nothing any more.{ended}", "success")
    return see_other(url_for("projects.listing"))


def _found(project: UUID) -> Look:
    return projects.look(current.portal(), current.session(), project) or abort(404)


def _new_page(form: ProjectForm) -> str:
    return render_template("projects/new.html", form=form, overlap=views.overlap())


def _secret_of(found: Look, secret: UUID) -> Secret | None:
    return next((one for one in found.secrets if one.public_id == secret), None)


def _page(found: Look, rotate_form: ProofForm | None = None) -> str:
    """With the form for another secret as it was refused, if it was."""
    return render_template(
        "projects/look.html",
        project=found.project,
        may=views.may(found.project),
        lacks_factor_secrets=views.lacks_factor_secrets(found.project),
        ids=views.ids_of(found.project),
        secrets=found.secrets,
        profiles=found.profiles,
        origins=found.origins,
        full=views.FULL if len(found.secrets) >= SECRETS_AT_MOST else "",
        overlap=views.overlap(),
        rotate_form=rotate_form or ProofForm(formdata=None),
    )


def _secret_page(made: Made, *, first: bool) -> str:
    """The secret itself, in the reply to the POST that made it and nowhere else."""
    current.hold_session(made.token)
    return render_template(
        "projects/secret_made.html",
        project=made.project,
        secret=made.secret,
        ids=views.ids_of(made.project),
        lacks_factor_secrets=views.lacks_factor_secrets(made.project),
        first=first,
        overlap=views.overlap(),
    )


def _revocation_page(found: Look, secret: Secret, form: ProofForm) -> str:
    """A page of its own, since a form beside each secret would weigh more than all that the project has to say."""
    return render_template(
        "projects/revocation.html",
        project=found.project,
        secret=secret,
        effect=views.effect_of_revocation(found, secret),
        form=form,
    )


def _removal_page(found: Look, form: ProofForm) -> str:
    return render_template(
        "projects/removal.html", project=found.project, effect=views.effect_of_removal(found), form=form
    )


def _refused(form: ProofForm, refused: Refused, page: Callable[[], str], *, of: UUID | None = None) -> _Page:
    if refused.why is Why.SESSION_ENDED:
        return signed_out(refused)
    if refused.why is Why.OUTDATED:
        return _is_other(of)
    if refused.why is Why.TOO_MANY:
        form.form_errors.append(views.FULL)
    else:
        form.refuse_proof(sentence_of(refused, current.now()))
    return page(), 422


def _is_other(project: UUID | None) -> Response:
    flash(_STATE_IS_OTHER, "warning")
    there = project and projects.look(current.portal(), current.session(), project)
    return see_other(url_for("projects.look", id=project) if there else url_for("projects.listing"))
