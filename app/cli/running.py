"""serve, demo, check."""

import argparse
from typing import TYPE_CHECKING

from app.cli.says import fail, say
from app.config import Settings
from app.opening import open_portal
from app.services import checks

if TYPE_CHECKING:
    from app.cli.commands import Commands


def add_to(commands: "Commands") -> None:
    commands.add_parser(
        "serve",
        help="migrate the database and serve the portal",
        description="Migrate the database, print the setup link while there is no owner, and serve until told to stop. "
        "Settings come from the environment (INSTANCE, PORT, PUBLIC_URL, ...) and from INSTANCE/sparekey.toml.",
    ).set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="serve an invented organization, apart from the real one")
    demo.add_argument("--port", type=int, default=8001, help="port to listen on (8001)")
    demo.set_defaults(run=_demo, apart=True)
    commands.add_parser("check", help="check settings, keys, database, clock and proxies").set_defaults(run=_check)


def _serve(settings: Settings, _parsed: argparse.Namespace) -> int:
    from app.serve import serve  # noqa: PLC0415 -- the other commands do without a web server

    serve(settings)
    return 0


def _demo(parsed: argparse.Namespace) -> int:
    from app.demo import instance, sheet  # noqa: PLC0415 -- likewise
    from app.serve import serve  # noqa: PLC0415

    try:
        with instance.reserved(port=parsed.port) as settings:
            say("Making the demo, which takes some seconds.")
            say("", *sheet.lines(settings, instance.make_anew(settings)), "")
            serve(settings)
    except instance.UnfitDemoError as problem:
        return fail(1, str(problem))
    return 0


def _check(settings: Settings, _parsed: argparse.Namespace) -> int:
    findings = checks.check(open_portal(settings, migrate=False, restored=True))
    for finding in findings:
        say(f"{'ok   ' if finding.good else 'wrong'}  {finding.about}: {finding.sentence}")
    return 0 if all(finding.good for finding in findings) else 1
