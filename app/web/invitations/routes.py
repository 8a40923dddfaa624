from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.invitations import ROWS_AT_MOST, Flaw, Row
from app.domain.members import Role
from app.domain.refusals import Refused, Why
from app.services import invitations
from app.services.invitations import Invited
from app.web import current
from app.web.cookies import Cookie, read
from app.web.destinations import see_other
from app.web.errors import gone_page
from app.web.invitations.forms import AcceptForm, ConfirmForm, InviteForm, PasteForm
from app.web.member_words import ROLES, plural
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("invitations", __name__)

_Page = str | Response | tuple[str, int]

_FLAWS = {
    Flaw.NO_ADDRESS: "There is no e-mail address in this line.",
    Flaw.UNFIT_ADDRESS: "This is not an e-mail address.",
    Flaw.TWO_ADDRESSES: "There is more than one address in this line.",
    Flaw.LONG_NAME: "The name is too long.",
    Flaw.UNKNOWN_ROLE: "The last part is no role: write owner, admin or member, or leave it out.",
    Flaw.DOUBLED: "The address stands in an earlier line already.",
    Flaw.ROLE_TOO_HIGH: "You cannot give this role.",
    Flaw.MEMBER_ALREADY: "This address belongs to a member already.",
    Flaw.INVITED_ALREADY: "Somebody is invited under this address already. A new link is made on their own page.",
}


_AS_WHAT = {Role.OWNER: "an owner", Role.ADMIN: "an admin", Role.MEMBER: "a member"}


@dataclass(frozen=True, slots=True)
class RowView:
    number: int
    name: str
    email: str
    role: str
    flaw: str


@dataclass(frozen=True, slots=True)
class LinkView:
    name: str
    email: str
    role: str
    address: str
    valid_until: datetime


@pages.get("/invitations/new")
def ask() -> str:
    return _form_page(InviteForm(formdata=None))


@pages.post("/invitations")
def invite() -> _Page:
    form = InviteForm()
    if not form.validate():
        return _form_page(form), 422
    invited = invitations.invite(
        current.portal(), current.session(), [form.row], proof=form.typed, origin=current.origin()
    )
    if isinstance(invited, Refused):
        return _refused(form, invited) or (_form_page(form), 422)
    current.hold_session(invited.token)
    if invited.left_out:
        flaw = invited.left_out[0].flaw
        form.refuse(form.role if flaw is Flaw.ROLE_TOO_HIGH else form.email, _FLAWS[flaw] if flaw else "")
        return _form_page(form), 422
    return _made_page(invited)


@pages.get("/invitations/many")
def ask_many() -> str:
    return _paste_page(PasteForm(formdata=None))


@pages.post("/invitations/many")
def preview() -> _Page:
    form = PasteForm()
    if not form.validate():
        return _paste_page(form), 422
    return _preview_page(form.rows, ConfirmForm(formdata=None, people=form.people.data))


@pages.post("/invitations/many/confirmation")
def invite_many() -> _Page:
    form = ConfirmForm()
    if not form.validate():
        pasted = PasteForm()
        pasted.validate()  # so that its page says what is wrong
        return _paste_page(pasted), 422
    invited = invitations.invite(
        current.portal(), current.session(), form.rows, proof=form.typed, origin=current.origin()
    )
    if isinstance(invited, Refused):
        return _refused(form, invited) or (_preview_page(form.rows, form), 422)
    current.hold_session(invited.token)
    if not invited.made:
        flash("Nobody was invited: there was something about every line.", "warning")
        return _preview_page(form.rows, ConfirmForm(formdata=None, people=form.people.data)), 422
    return _made_page(invited)


@pages.get("/invitations/<token>")
def open_link(token: str) -> Response:
    """Take the token out of the address, which stays in histories, and into a cookie."""
    current.hold_link(Cookie.INVITATION, token)
    return see_other(url_for("invitations.show"))


@pages.get("/invitations/acceptance")
def show() -> _Page:
    return _acceptance_page(None)


@pages.post("/invitations/acceptance")
def accept() -> _Page:
    form = AcceptForm()
    if not form.validate():
        return _refused_acceptance(form)
    begun = invitations.accept(
        current.portal(), _token(), name=form.name.data, password=form.password.data, origin=current.origin()
    )
    if isinstance(begun, Refused):
        if begun.why is Why.EXPIRED:
            return gone_page("invitations/gone.html")
        form.refuse(form.password, begun.sentence)
        return _refused_acceptance(form)
    current.hold_sign_in(begun.token)
    current.drop(Cookie.INVITATION)
    return see_other(url_for("enrolment.show"))


def _form_page(form: InviteForm) -> str:
    return render_template("invitations/new.html", form=form)


def _paste_page(form: PasteForm) -> str:
    return render_template("invitations/many.html", form=form, at_most=ROWS_AT_MOST)


def _preview_page(rows: list[Row], form: ConfirmForm) -> str:
    judged = invitations.preview(current.portal(), current.session(), rows)
    fit = [row for row in judged if row.flaw is None]
    return render_template(
        "invitations/preview.html",
        rows=[_row_view(row) for row in judged],
        people=plural(len(fit), "person", "people"),
        fit=len(fit),
        left_out=plural(len(judged) - len(fit), "line"),
        flawed=len(judged) - len(fit),
        form=form,
    )


def _made_page(invited: Invited) -> str:
    origin = current.portal().settings.origin
    links = [
        LinkView(
            one.name,
            one.email,
            ROLES[one.role],
            f"{origin}{url_for('invitations.open_link', token=one.token)}",
            one.valid_until,
        )
        for one in invited.made
    ]
    return render_template("invitations/made.html", links=links, left_out=[_row_view(row) for row in invited.left_out])


def _row_view(row: Row) -> RowView:
    return RowView(row.number, row.name, row.email, ROLES[row.role], _FLAWS[row.flaw] if row.flaw else "")


def _refused(form: Any, refused: Refused) -> Response | None:
    """Where the session is over, the way out; else the form has its error now."""
    if refused.why is Why.SESSION_ENDED:
        return signed_out(refused)
    form.refuse_proof(sentence_of(refused, current.now()))
    return None


def _acceptance_page(form: AcceptForm | None) -> _Page:
    whose = invitations.look(current.portal(), _token())
    if whose is None:
        return gone_page("invitations/gone.html")
    form = form or AcceptForm(formdata=None, name=whose.name)
    return render_template("invitations/acceptance.html", form=form, whose=whose, role=_AS_WHAT[whose.role])


def _refused_acceptance(form: AcceptForm) -> _Page:
    page = _acceptance_page(form)
    return (page, 422) if isinstance(page, str) else page


def _token() -> str:
    return read(Cookie.INVITATION) or ""
