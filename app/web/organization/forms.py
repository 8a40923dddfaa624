import json
from datetime import date
from difflib import get_close_matches
from typing import Any

from wtforms import HiddenField, RadioField, StringField
from wtforms.fields import DateField
from wtforms.validators import ValidationError

from app.domain.organizations import (
    EARLIEST_DAY,
    FEWEST_CODES,
    LATEST_DAY,
    MOST_CODES,
    Policy,
    time_zone_named,
    time_zones,
)
from app.domain.recovery_codes import Visibility
from app.web.forms import NameField, ProofForm


class PolicyForm(ProofForm):
    """`seen` holds what the form was filled in over, so that nobody undoes unawares what another did meanwhile."""

    name = NameField("Name", "Type a name.")
    time_zone = StringField("Time zone")
    required_from = DateField("Second factor required from")
    code_count = StringField("Recovery codes in a set")
    code_visibility = RadioField("How recovery codes are kept", choices=list(Visibility), validate_choice=False)
    seen = HiddenField()

    @classmethod
    def over(cls, policy: Policy) -> "PolicyForm":
        day, visibility = str(policy.required_from or ""), policy.code_visibility.value
        return cls(
            formdata=None,
            name=policy.name,
            time_zone=policy.time_zone,
            required_from=policy.required_from,
            code_count=str(policy.code_count),
            code_visibility=visibility,
            seen=json.dumps([policy.name, policy.time_zone, day, policy.code_count, visibility]),
        )

    @property
    def seen_policy(self) -> Policy | None:
        """None where somebody has tampered with it, which is answered as if it were old."""
        try:
            name, time_zone, day, code_count, visibility = json.loads(self.seen.data or "")
            since = date.fromisoformat(day) if day else None
            return Policy(name, time_zone, since, code_count, Visibility(visibility))
        except (ValueError, TypeError, RecursionError):
            return None

    @property
    def wanted(self) -> Policy:
        zone = time_zone_named(self.time_zone.data) or "UTC"
        code_count, visibility = int(self.code_count.data.strip()), Visibility(self.code_visibility.data)
        return Policy(self.name.data, zone, self.required_from.data, code_count, visibility)

    def validate_time_zone(self, field: Any) -> None:
        typed = (field.data or "").strip()
        if time_zone_named(typed):
            return
        cities = {name.rpartition("/")[2].casefold(): name for name in time_zones()}
        near = get_close_matches(typed.rpartition("/")[2].replace(" ", "_").casefold(), cities, n=1)
        hint = f" Did you mean {cities[near[0]]}?" if near else " It looks like Europe/Berlin."
        raise ValidationError(f"There is no time zone of this name.{hint}")

    def validate_required_from(self, field: Any) -> None:
        typed = field.raw_data[0].strip() if field.raw_data else ""
        field.errors = field.process_errors = []
        if typed and (field.data is None or not EARLIEST_DAY <= field.data <= LATEST_DAY):
            raise ValidationError(f"Type a day like {EARLIEST_DAY.replace(year=2026)}, or leave it empty.")

    def validate_code_count(self, field: Any) -> None:
        typed = (field.data or "").strip()
        if typed not in {str(count) for count in range(FEWEST_CODES, MOST_CODES + 1)}:
            raise ValidationError(f"Type a number from {FEWEST_CODES} to {MOST_CODES}.")

    def validate_code_visibility(self, field: Any) -> None:
        if field.data not in list(Visibility):
            raise ValidationError("Choose how recovery codes are kept.")
