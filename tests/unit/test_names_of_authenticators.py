"""The name proposed for a new authenticator."""

import pytest

from app.domain.authenticators import next_name


@pytest.mark.parametrize(
    ("taken", "proposed"),
    [
        ([], "Phone"),
        (["Tablet"], "Phone"),
        (["Phone"], "Phone 2"),
        (["Phone", "Phone 2"], "Phone 3"),
        (["Phone", "Phone 3"], "Phone 2"),
        (["Phone 2", "Phone 3", "Phone", "Phone 5", "Phone 4"], "Phone 6"),
    ],
)
def test_the_next_free_name_is_proposed(taken: list[str], proposed: str) -> None:
    assert next_name(taken) == proposed
