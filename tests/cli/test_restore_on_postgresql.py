"""`sparekey restore` where PostgreSQL restores by its own tools."""

from pathlib import Path

import pytest

from tests.cli.conftest import Sparekey
from tests.support.people import Person


@pytest.mark.only("postgresql")
def test_it_names_the_other_way(ada: Person, sparekey: Sparekey, tmp_path: Path) -> None:
    refused = sparekey("restore", tmp_path / "monday.dump")
    assert refused.status == 1
    assert "empty the database, then: pg_restore --no-owner --single-transaction" in refused.err
    assert "sparekey restore-finish --yes" in refused.err
