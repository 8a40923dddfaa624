"""The pages on which recovery codes, or their state, are seen; several areas end on them."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired

from app.domain import recovery_codes as codes
from app.domain.organizations import MOST_CODES
from app.domain.recovery_codes import CodeSet, Visibility
from app.domain.recovery_codes import Form as CodeForm
from app.steps.recovery_codes import ShownCodes, State
from app.web.code_words import why_missing, why_not_shown
from app.web.forms import Form, ProofForm, RegenerateForm


class AcknowledgeForm(Form):
    generation = HiddenField()
    saved = BooleanField(
        "I have saved these codes where I will find them without my phone",
        [DataRequired("Tick the box once you have saved the codes.")],
    )


class ProveForm(Form):
    generation = HiddenField()
    group = StringField("Last four characters", [DataRequired("Type the last four characters of the code.")])


class DownloadForm(ProofForm):
    """Where no copy is kept, the page that shows the codes is all there is of them, and its forms give them back."""

    generation = HiddenField(default="")
    codes = HiddenField(default="")

    @property
    def given(self) -> list[str] | None:
        """The codes in canonical form; None for what no page of ours has sent."""
        words = self.codes.data.split()
        read = [code for code in map(codes.read, words[: MOST_CODES + 1]) if code]
        return read if len(read) == len(words) else None


class SheetForm(DownloadForm):
    identity = BooleanField("Print my name and e-mail address on the sheet")


@dataclass(frozen=True, slots=True)
class CodeSetView:
    """`foreign`: another system made the codes, long before `made_at`."""

    generation: int
    foreign: bool
    made_at: datetime
    acknowledged_at: datetime | None
    pending: bool
    total: int
    left: int
    spent: list[tuple[int, datetime]]
    warning: bool
    proof_number: int | None
    proved_at: datetime | None
    mode: Visibility
    may_show: bool
    why_not_show: str


def view_of(state: State) -> CodeSetView | None:
    return _view(state.code_set, state) if state.code_set else None


def shown_codes_page(
    shown: ShownCodes, *, why: str, acknowledge_form: AcknowledgeForm | None = None, prove_form: ProveForm | None = None
) -> str:
    """The codes themselves. Only ever the reply to a POST."""
    code_set = view_of(shown.state)
    generation = code_set.generation if code_set else 0
    given_back = _given_back(shown)
    carried = str(generation) if given_back else ""
    return render_template(
        "recovery_codes/shown.html",
        codes=[(code.number, code.code, code.spent_at) for code in shown.codes],
        set=code_set,
        why=why,
        download_form=DownloadForm(formdata=None, generation=carried, codes=given_back),
        sheet_form=SheetForm(formdata=None, generation=carried, codes=given_back),
        acknowledge_form=_pending(code_set, acknowledge_form or AcknowledgeForm(formdata=None, generation=generation)),
        proof_form=prove_form or ProveForm(formdata=None, generation=generation),
    )


def state_page(
    state: State,
    *,
    show_form: ProofForm | None = None,
    regenerate_form: RegenerateForm | None = None,
    acknowledge_form: AcknowledgeForm | None = None,
    prove_form: ProveForm | None = None,
) -> str:
    """What there is to say of the codes without showing one; with the form that was refused, if one was."""
    code_set = view_of(state)
    generation = code_set.generation if code_set else 0
    return render_template(
        "recovery_codes/state.html",
        set=code_set,
        why_missing=why_missing(state.voided_because) if state.missing else "",
        next_mode=state.next_mode,
        show_form=show_form or ProofForm(formdata=None, by_totp=state.shown_by_totp),
        regenerate_form=regenerate_form or RegenerateForm(formdata=None, generation=generation),
        acknowledge_form=_pending(code_set, acknowledge_form or AcknowledgeForm(formdata=None, generation=generation)),
        proof_form=prove_form or ProveForm(formdata=None, generation=generation),
    )


def _given_back(shown: ShownCodes) -> str:
    """The codes that Download and Print have to carry: none where the server can read them itself."""
    code_set = shown.state.code_set
    if code_set is None or not code_set.never_kept:
        return ""
    return " ".join(one.code for one in shown.codes if one.code)


def _pending(code_set: CodeSetView | None, form: AcknowledgeForm) -> AcknowledgeForm | None:
    return form if code_set and code_set.pending else None


def _view(code_set: CodeSet, state: State) -> CodeSetView:
    foreign = code_set.form is CodeForm.FOREIGN
    proved_by_copies = code_set.proved_at is not None and state.hidden is None
    return CodeSetView(
        generation=code_set.generation,
        foreign=foreign,
        made_at=code_set.made_at,
        acknowledged_at=code_set.acknowledged_at,
        pending=code_set.pending,
        total=code_set.total,
        left=code_set.left,
        spent=[(one.number, one.spent_at) for one in state.spent],
        warning=code_set.low,
        proof_number=code_set.proof_number if state.proof_open or proved_by_copies else None,
        proved_at=code_set.proved_at,
        mode=state.mode,
        may_show=state.may_show,
        why_not_show="" if state.may_show else why_not_shown(state.hidden, pending=code_set.pending, foreign=foreign),
    )
