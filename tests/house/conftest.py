"""The office, for the house rules that walk through pages."""

from tests.support.office import (
    _built,
    ada,
    adas,
    app,
    bob,
    ines,
    iness,
    neighbours,
    office,
    olga,
    olgas,
    secure_app,
    stranger,
)

__all__ = [
    "_built",
    "ada",
    "adas",
    "app",
    "bob",
    "ines",
    "iness",
    "neighbours",
    "office",
    "olga",
    "olgas",
    "secure_app",
    "stranger",
]
