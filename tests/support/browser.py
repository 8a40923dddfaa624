"""The browser of the journeys: the machine's own, else one fetched for the tests.

`python -m tests.support.browser` prints its path, after installing one where that is needed and possible.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_CHOICE = "SPAREKEY_TEST_BROWSER"
_ADVICE = f"The tests need a browser: install Chromium, or set {_CHOICE} to one."
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_IN_OUR_VENV = {"PLAYWRIGHT_BROWSERS_PATH": "0"}  # Playwright's word for: inside its own package
_WHERE_IS_YOURS = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    # The browser reaches this machine and nothing else.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium does not start as root otherwise
]


class NoBrowserError(Exception):
    """Its text is the plain sentence to show."""


def find() -> Path:
    """Raises NoBrowserError."""
    if found := _find():
        return found
    raise NoBrowserError(_ADVICE)


def find_or_install() -> Path:
    """Raises NoBrowserError."""
    for install in (_download, _add_libraries, _install_a_package):
        if found := _find():
            return found
        install()
    return find()


def _find() -> Path | None:
    if not (chosen := os.environ.get(_CHOICE)):
        return next((path for path in _candidates() if _starts(path)), None)
    if not _starts(Path(chosen)):
        raise NoBrowserError(f"{_CHOICE} is {chosen}, which does not start.")
    return Path(chosen)


def _candidates() -> Iterator[Path]:
    yield from (Path(path) for path in map(shutil.which, _NAMES) if path)
    yield from (path for settings in ({}, _IN_OUR_VENV) if (path := _playwrights(settings)))


def _playwrights(settings: dict[str, str]) -> Path | None:
    """Asked in a process of its own, since a test that calls this may have Playwright running already."""
    command = [sys.executable, "-c", _WHERE_IS_YOURS]
    asked = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    path = Path(asked.stdout.strip())
    return path if path.is_file() else None


def _starts(path: Path) -> bool:
    """A browser may be there and lack libraries, or be a stub that only says how to install the real one."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _download() -> None:
    _say("No browser for the tests yet: downloading one.")
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    _try(command, minutes=10, settings={**_IN_OUR_VENV, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"})


def _add_libraries() -> None:
    if _may_install_packages() and _playwrights(_IN_OUR_VENV):
        _say("The browser lacks libraries of the system: installing them.")
        _try([sys.executable, "-m", "playwright", "install-deps", "chromium"], minutes=10)


def _install_a_package() -> None:
    if _may_install_packages():
        _say("Still no browser: installing the system's own.")
        _try(["apt-get", "update"], minutes=5)
        _try(["apt-get", "install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"], minutes=15)


def _may_install_packages() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _try(command: list[str], *, minutes: float, settings: dict[str, str] | None = None) -> None:
    """Shows of the command's many words only the first that say what went wrong."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", **(settings or {})}
    try:
        ran = subprocess.run(
            command, env=environment, timeout=minutes * 60, check=False, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        _say(f"That took longer than {minutes:g} minutes.")
        return
    if ran.returncode != 0:
        reason = next((line.strip() for line in ran.stdout.splitlines() if line.startswith(("Error", "E:"))), "")
        _say(f"That did not work. {reason}".rstrip())


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def main() -> int:
    try:
        sys.stdout.write(f"{find_or_install()}\n")
    except NoBrowserError as problem:
        _say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
