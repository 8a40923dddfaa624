"""The files that put Sparekey behind a proxy know its settings, its ports and its secret addresses."""

import re
from pathlib import Path

import pytest

from app.config import Settings
from app.web.access import TABLE

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
OF_OTHERS = {
    "Dockerfile": {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"},
    "compose.yaml": {"SITE", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"},
    "sparekey.service": {"PYTHONDONTWRITEBYTECODE"},
}
SETTINGS = {name.upper() for name in Settings.model_fields}


def _text(name: str) -> str:
    return (DEPLOY / name).read_text()


def _set_in(name: str) -> set[str]:
    """What is set in the environment there, in whichever way the file does it."""
    names = re.findall(r"(?:^|[\s'\\n])([A-Z][A-Z_]+)(?:=(?!=)|: )", _text(name), re.MULTILINE)
    return set(names) - {"CMD", "HEALTHCHECK"}


@pytest.mark.parametrize("name", OF_OTHERS)
def test_what_is_set_for_sparekey_is_a_setting(name: str) -> None:
    found = _set_in(name) - OF_OTHERS[name]
    assert found
    assert found <= SETTINGS


@pytest.mark.parametrize("name", ["Dockerfile", "Caddyfile", "nginx.conf"])
def test_they_speak_to_the_port_it_listens_on(name: str) -> None:
    assert re.search(rf"\b{Settings.model_fields['port'].default}\b", _text(name))
    assert all(name == "METRICS_PORT" or not name.endswith("PORT") for file in OF_OTHERS for name in _set_in(file))


def test_no_one_time_link_reaches_a_log_of_nginx() -> None:
    areas = {rule.split("/")[1] for _, rule in TABLE if "<token>" in rule}
    hidden = re.search(r"\(\?<sparekey_area>([^)]*)\)", _text("nginx.conf"))
    assert len(areas) > 2
    assert hidden
    assert all(re.fullmatch(hidden[1], area) for area in areas)


def test_a_post_is_never_sent_to_a_second_node() -> None:
    """It may have spent a code at the first."""
    assert "non_idempotent" not in _text("nginx.conf")
    assert "lb_retry_match method GET" in _text("Caddyfile")


@pytest.mark.parametrize("name", ["compose.yaml", "sparekey.service"])
def test_one_proxy_is_believed_and_no_more(name: str) -> None:
    assert re.search(r"PROXIES(: \"|=)1\b", _text(name))


def test_every_file_is_named_in_readme() -> None:
    readme = (DEPLOY.parent / "README.md").read_text()
    assert [path.name for path in DEPLOY.iterdir() if f"deploy/{path.name}" not in readme] == []
