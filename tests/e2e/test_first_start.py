"""An operator starts Sparekey for the first time, and again."""

import re
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from tests.support.served import COMMAND, Served, running


def test_the_first_start_makes_all_it_needs_and_prints_a_link_that_works(
    serve: Callable[[], Served], instance: Path
) -> None:
    link = serve().setup_link()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/setup/\S{20,}", link)
    with build_opener(HTTPCookieProcessor()).open(link) as page:
        assert page.status == 200
    assert stat.S_IMODE((instance / "keys.json").stat().st_mode) == 0o600
    assert (instance / "sparekey.sqlite3").exists()


def test_a_second_start_keeps_the_keys_and_prints_a_new_link(serve: Callable[[], Served], instance: Path) -> None:
    first = serve()
    link = first.setup_link()
    keys = (instance / "keys.json").read_bytes()
    first.press_ctrl_c()
    assert serve().setup_link() != link
    assert (instance / "keys.json").read_bytes() == keys


def test_ctrl_c_ends_the_server_without_a_stack_trace(serve: Callable[[], Served]) -> None:
    server = serve()
    server.setup_link()
    assert server.press_ctrl_c() in {0, 130}
    assert "Traceback" not in server.output


def test_a_port_that_somebody_has_is_a_sentence_and_nothing_is_begun(instance: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, running() as run:
        port = taken.getsockname()[1]
        served = run([str(COMMAND), "serve"], port, {"INSTANCE": str(instance), "PORT": str(port)}, None)
        assert served.wait(seconds=60) == 78
    said = f"sparekey: PORT {port} on 127.0.0.1 cannot be used: Address already in use. Choose another one."
    assert said in served.output
    assert not (instance / "sparekey.sqlite3").exists()
