"""Organizations: a tenant with a short name, a time zone and a few things of policy."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.recovery_codes import Visibility

DEFAULT_CODE_COUNT = 10


@dataclass(frozen=True, slots=True)
class Organization:
    id: int
    public_id: UUID
    slug: str
    name: str
    time_zone: str
    second_factor_required_from: datetime | None
    code_count: int
    code_visibility: Visibility

    def requires_second_factor(self, now: datetime) -> bool:
        return self.second_factor_required_from is not None and self.second_factor_required_from <= now
