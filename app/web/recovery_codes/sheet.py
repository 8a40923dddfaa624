"""Recovery codes on paper and in a file."""

from flask import render_template

from app.domain.recovery_codes import CodeSet, Form
from app.steps.recovery_codes import ShownCodes


def sheet_of(shown: ShownCodes, address: str, *, with_identity: bool) -> str:
    code_set = shown.state.code_set
    return render_template(
        "recovery_codes/sheet.html",
        number=code_set.generation if code_set else 0,
        made_at=code_set.made_at if code_set else None,
        foreign=_is_foreign(code_set),
        address=address,
        identity=(shown.name, shown.email or "", shown.organization) if with_identity else None,
        codes=[(code.number, code.code, code.spent_at) for code in shown.codes],
    )


def download_of(shown: ShownCodes, address: str) -> str:
    """Plain text with the line ends that every editor understands."""
    code_set = shown.state.code_set
    lines = [
        f"Recovery codes for {shown.organization}",
        f"Sign in at {address}",
        f"Set {code_set.generation}, {_came(code_set)} {code_set.made_at:%Y-%m-%d}" if code_set else "",
        "",
        *(f"{code.number:>2}. {code.code or 'used'}" for code in shown.codes),
        "",
        "When your phone is not at hand, sign in with your password and type one of these",
        "codes in place of the code from the app. Each works once, in any order.",
        "A newer set makes these worthless.",
        "",
    ]
    return "\r\n".join(lines)


def _came(code_set: CodeSet) -> str:
    return "brought along" if _is_foreign(code_set) else "made"


def _is_foreign(code_set: CodeSet | None) -> bool:
    return code_set is not None and code_set.form is Form.FOREIGN
