from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.domain.lists import Factor, Line, Sort, Wanted
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.domain.text import slug_of
from app.services import members
from app.services.members import Profile
from app.web import current
from app.web.destinations import uuid_from
from app.web.history_lines import log_lines_of
from app.web.member_words import FACTORS, ROLES, STATUSES, counted, detail_of
from app.web.members import csv_file
from app.web.members.act_routes import add_acts
from app.web.members.acts import GROUPS
from app.web.members.forms import ExportForm, ListForm
from app.web.members.several_routes import add_several
from app.web.step_up import signed_out
from app.web.words import sentence_of

pages = Blueprint("members", __name__)
add_acts(pages)
add_several(pages)

_Page = str | AnyResponse | tuple[str, int]


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: UUID
    name: str
    email: str
    role: str
    status: str
    factor: Factor
    factor_words: str
    detail: str
    last_sign_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """`why_not` says, where it cannot be done just now, what is in the way."""

    words: str
    hint: str
    address: str
    why_not: str


@pages.get("/members")
def listing() -> str:
    form = ListForm(request.args)
    wanted = _wanted(form)
    page = members.page(current.portal(), current.session(), wanted, after=_uuid("after"), before=_uuid("before"))
    kept = form.kept
    return render_template(
        "members/list.html",
        form=form,
        kept=kept,
        rows=[_row(line, page.now) for line in page.lines],
        narrowed=wanted.narrowed,
        found=counted(page.found),
        everybody=counted(page.everybody),
        ready=counted(page.ready),
        all_ready=page.ready == page.everybody,
        earlier=url_for("members.listing", before=page.before, **kept) if page.before else None,
        later=url_for("members.listing", after=page.after, **kept) if page.after else None,
        export=url_for("members.ask_to_export", **kept),
    )


@pages.get("/members/export")
def ask_to_export() -> str:
    form = ListForm(request.args)
    return _export_page(form, ExportForm(formdata=None, data=form.data))


@pages.post("/members/export")
def export() -> _Page:
    form = ExportForm()
    asked = ListForm(MultiDict({name: form[name].data or "" for name in ListForm()._fields}))
    exported = members.export(
        current.portal(), current.session(), _wanted(asked), proof=form.typed, origin=current.origin()
    )
    if isinstance(exported, Refused):
        if exported.why is Why.SESSION_ENDED:
            return signed_out(exported)
        form.refuse_proof(sentence_of(exported, current.now()))
        return _export_page(asked, form), 422
    current.hold_session(exported.token)
    return _file(csv_file.written(exported.lines, exported.now), exported.now)


@pages.get("/members/<uuid:id>")
def look(id: UUID) -> str:  # noqa: A002 -- the name of the variable in the route
    profile = members.look(current.portal(), current.session(), id) or abort(404)
    return render_template(
        "members/look.html",
        profile=profile,
        row=_row(profile.line, profile.now),
        sign_ins=log_lines_of(profile.sign_ins),
        recent=log_lines_of(profile.recent),
        groups=_groups(profile),
    )


def _wanted(form: ListForm) -> Wanted:
    if not form.validate():
        abort(404)
    return Wanted(
        search=form.search.data,
        role=Role(form.role.data) if form.role.data else None,
        status=Status(form.status.data) if form.status.data else None,
        factor=Factor(form.factor.data) if form.factor.data else None,
        sort=Sort(form.sort.data),
    )


def _export_page(asked: ListForm, form: ExportForm) -> str:
    found = members.page(current.portal(), current.session(), _wanted(asked), length=1).found
    return render_template(
        "members/export.html",
        people=f"{counted(found)} {'member' if found.number == 1 else 'members'}",
        back=url_for("members.listing", **asked.kept),
        form=form,
    )


def _row(line: Line, now: datetime) -> MemberRow:
    factor = line.factor(now)
    return MemberRow(
        id=line.public_id,
        name=line.name,
        email=line.email or "",
        role="" if line.role is Role.MEMBER else ROLES[line.role],
        status="" if line.status is Status.ACTIVE else STATUSES[line.status],
        factor=factor,
        factor_words=FACTORS[factor],
        detail=detail_of(line, factor),
        last_sign_in_at=line.last_sign_in_at,
    )


def _groups(profile: Profile) -> list[tuple[str, list[OfferedAct]]]:
    """What can be done to the member as things are."""
    found = []
    for title, acts in GROUPS:
        offered = []
        for act in acts if profile.mine else []:
            if act.offered(profile):
                objection = act.objection(profile)
                why = sentence_of(objection, profile.now) if objection else ""
                address = url_for(f"members.{act.endpoint}", id=profile.line.public_id)
                offered.append(OfferedAct(act.button, act.hint, address, why))
        if offered:
            found.append((title, offered))
    return found


def _file(text: str, now: datetime) -> Response:
    name = f"sparekey-members-{slug_of(current.organization_name())}-{now:%Y-%m-%d}.csv"
    reply = Response(text, mimetype="text/csv")
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def _uuid(name: str) -> UUID | None:
    text = request.args.get(name)
    return (uuid_from(text) or abort(404)) if text else None
