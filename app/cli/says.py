"""What commands print: what was done, or in one sentence why not."""

import sys


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def fail(status: int, *sentences: str) -> int:
    sys.stderr.write("".join(f"sparekey: {sentence}\n" for sentence in sentences))
    return status
