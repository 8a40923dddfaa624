"""Coroutines, run to their end."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Outcome = TypeVar("Outcome")


def run(coroutine: Coroutine[Any, Any, Outcome]) -> Outcome:
    """In a thread of its own: once a test of this process has used a browser, this one has Playwright's loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
