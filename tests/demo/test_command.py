"""`sparekey demo`, as somebody types it who has a real installation in the same checkout."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from app.config import CHECKOUT
from tests.demo.test_instance import REAL
from tests.support.served import Served, free_port, running

_SPAREKEY = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy, since nobody's real instance and nobody's demo is for tests."""
    folder = tmp_path / "checkout"
    for name in ("app", "templates", "static"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    real = folder / "instance"
    real.mkdir()
    (real / "sparekey.sqlite3").write_bytes(b"the real database")
    (real / "keys.json").write_text("the real keys")
    (real / "sparekey.toml").write_text("nonsense = 1\n")
    return folder


@pytest.fixture
def demo(checkout: Path) -> Iterator[Callable[[], Served]]:
    port = free_port()
    with running() as run:
        yield lambda: run([*_SPAREKEY, "demo", "--port", str(port)], port, REAL, checkout)


def test_it_prints_how_to_sign_in_serves_that_and_leaves_the_real_instance_alone(
    demo: Callable[[], Served], checkout: Path
) -> None:
    served = demo()
    address = served.address()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    with build_opener(HTTPCookieProcessor()).open(f"{address}/sign-in") as page:
        assert page.status == 200
        assert "Harbour Works" in page.read().decode()
    assert re.findall(r"^(\w+): (\w+)", served.output, re.MULTILINE) == [
        ("owner", "Marguerite"), ("admin", "Søren"), ("member", "Inês"),
    ]  # fmt: skip
    assert len(re.findall(r"TOTP key +([A-Z2-7]{4} ){7}[A-Z2-7]{4}$", served.output, re.MULTILINE)) == 3
    assert len(re.findall(r" ([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$", served.output, re.MULTILINE)) == 2

    again = demo()
    assert again.wait(seconds=60) == 1
    assert "A demo runs already" in again.output

    assert served.press_ctrl_c() in {0, 130}
    assert "Traceback" not in served.output
    real = {path.name: path.read_bytes() for path in (checkout / "instance").iterdir() if path.is_file()}
    assert real == {
        "sparekey.sqlite3": b"the real database",
        "keys.json": b"the real keys",
        "sparekey.toml": b"nonsense = 1\n",
    }
