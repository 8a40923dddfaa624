"""Whether a member could lose the phone today and still come back in."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.recovery_codes import LOW, CodeSet


@dataclass(frozen=True, slots=True)
class Readiness:
    authenticators: int
    has_codes: bool
    codes_left: int
    codes_total: int
    pending: bool
    acknowledged_at: datetime | None

    @property
    def ready(self) -> bool:
        return self.authenticators > 0 and self.codes_left > 0 and not self.pending

    @property
    def low(self) -> bool:
        return self.has_codes and self.codes_left <= LOW

    @property
    def advice(self) -> list[str]:
        """What would make it better, most urgent first."""
        lines = []
        if self.authenticators == 0:
            lines.append("Set up an authenticator app.")
        if self.pending:
            lines.append("Save your recovery codes, then acknowledge them.")
        elif self.authenticators and not self.has_codes:
            lines.append("You have no recovery codes. Make a set now.")
        elif self.has_codes and self.codes_left == 0:
            lines.append("You have no recovery codes left. Make a new set now.")
        elif self.low:
            lines.append("Few recovery codes are left. Make a new set soon.")
        if self.authenticators == 1:
            lines.append("Add a second authenticator, such as a tablet, so that one lost device is only an errand.")
        return lines


def readiness(authenticators: int, code_set: CodeSet | None) -> Readiness:
    if code_set is None:
        return Readiness(
            authenticators, has_codes=False, codes_left=0, codes_total=0, pending=False, acknowledged_at=None
        )
    return Readiness(
        authenticators, has_codes=True, codes_left=code_set.left, codes_total=code_set.total,
        pending=code_set.pending, acknowledged_at=code_set.acknowledged_at,
    )  # fmt: skip
