"""The words that wires have for what is refused: each for its own thing, and each provoked somewhere."""

from pathlib import Path

from app.api.application import DIALECTS
from app.api.dynamic import errors
from tests.support.applications import Application
from tests.support.wires import ALL, PAGE, Scene, kind_in, named, sentence_in

UNFIT = 5.5
"""Neither a text, nor a whole number, nor a list, nor an object."""


def test_a_field_that_does_not_fit_is_refused_by_the_word_that_the_wire_has_for_it(scene: Scene) -> None:
    told = set()
    for route in (one for one in ALL if one.has_body):
        form = scene.form(route)
        for name in (one for one in route.fields if one in route.dialect.unfit):
            reply = scene.tell(route, {**form, name: UNFIT})
            word = route.dialect.unfit[name]
            assert (reply.status_code, kind_in(reply)) == (400, word), f"{route} {name}: {reply.text}"
            assert name in sentence_in(reply)
            told.add((route.dialect.name, name))
    of_bodies = {(one.name, name) for one in DIALECTS for name in one.unfit}
    assert of_bodies - told == set()


def test_the_public_token_in_the_path_is_the_one_that_is_sent_along(scene: Scene, neighbour: Application) -> None:
    route = named("stytch_b2b_browsers.get_bootstrap")
    ours, theirs = scene.suite.application.project.public_token, neighbour.project.public_token
    for token in (theirs, ours.upper(), "x"):
        path = scene.path(route).replace(ours, token)
        reply = scene.caller.open("GET", path, {**scene.key_of(route), "Origin": PAGE})
        assert (reply.status_code, kind_in(reply)) == (404, "project_not_found")
        assert reply.headers["Access-Control-Allow-Origin"] == PAGE


def test_every_refusal_of_dynamics_wire_is_provoked_in_its_tests() -> None:
    """What goes wrong around operations is provoked on all wires alike, in the walks through them."""
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_dynamic_*.py"))
    tables = (errors._WORDS, errors._OF_TOTP, errors._OF_RECOVERY)
    refusals = {(status, kind) for table in tables for status, kind, _ in table.values()}
    assert {said for said in refusals if '{}, "{}"'.format(*said) not in tests} == set()
