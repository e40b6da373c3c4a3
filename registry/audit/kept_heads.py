"""Heads written down outside the database at each verification.

Whoever may alter every table could cut the newest days off with their heads, or compute the whole chain
anew; what was written down elsewhere gives it away. Copy the file to where that person has no hand.
"""

import os
from pathlib import Path

import msgspec

from registry.audit.types import Head

FILE = "audit-heads.jsonl"


class KeptHeadsUnreadable(Exception):
    """The file of heads cannot be read; says which line and the way out."""


def kept_heads(path: Path) -> tuple[Head, ...]:
    """Give the heads written down so far; raises KeptHeadsUnreadable."""
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found.append(msgspec.json.decode(line, type=Head))
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
            raise KeptHeadsUnreadable(
                f"{path} 第{number}行读不懂，无法与以前的核对比较；从备份恢复，或移走后重新开始留底"
            ) from None
    return tuple(found)


def keep_head(path: Path, head: Head) -> None:
    """Write one more head down, for good."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(msgspec.json.encode(head) + b"\n")
        file.flush()
        os.fsync(file.fileno())
