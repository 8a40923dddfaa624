"""The pages on which recovery codes, or their state, are seen; several areas end on them."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired

from app.domain.recovery_codes import CodeSet
from app.steps.recovery_codes import ShownCodes, State
from app.web.forms import Form, ProofForm, RegenerateForm

_BY_CODE = (
    "You signed in with a recovery code, so the others are not shown: whoever finds one code should not learn the "
    "rest. You can make a new set."
)


class AcknowledgeForm(Form):
    generation = HiddenField()
    saved = BooleanField(
        "I have saved these codes where I will find them without my phone",
        [DataRequired("Tick the box once you have saved the codes.")],
    )


class ProveForm(Form):
    generation = HiddenField()
    group = StringField("Last four characters", [DataRequired("Type the last four characters of the code.")])


class SheetForm(ProofForm):
    identity = BooleanField("Print my name and e-mail address on the sheet")


@dataclass(frozen=True, slots=True)
class CodeSetView:
    generation: int
    made_at: datetime
    acknowledged_at: datetime | None
    pending: bool
    total: int
    left: int
    spent: list[tuple[int, datetime]]
    warning: bool
    proof_number: int | None
    proved_at: datetime | None
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
    return render_template(
        "recovery_codes/shown.html",
        codes=[(code.number, code.code, code.spent_at) for code in shown.codes],
        set=code_set,
        why=why,
        download_form=Form(formdata=None),
        sheet_form=SheetForm(formdata=None),
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
        show_form=show_form or ProofForm(formdata=None, by_totp=state.shown_by_totp),
        regenerate_form=regenerate_form or RegenerateForm(formdata=None, generation=generation),
        acknowledge_form=_pending(code_set, acknowledge_form or AcknowledgeForm(formdata=None, generation=generation)),
        proof_form=prove_form or ProveForm(formdata=None, generation=generation),
    )


def _pending(code_set: CodeSetView | None, form: AcknowledgeForm) -> AcknowledgeForm | None:
    return form if code_set and code_set.pending else None


def _view(code_set: CodeSet, state: State) -> CodeSetView:
    return CodeSetView(
        generation=code_set.generation,
        made_at=code_set.made_at,
        acknowledged_at=code_set.acknowledged_at,
        pending=code_set.pending,
        total=code_set.total,
        left=code_set.left,
        spent=[(one.number, one.spent_at) for one in state.spent],
        warning=code_set.low,
        proof_number=code_set.proof_number if state.proof_open or code_set.proved_at else None,
        proved_at=code_set.proved_at,
        may_show=state.may_show,
        why_not_show="" if state.may_show else _BY_CODE,
    )
