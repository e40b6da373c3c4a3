"""A receipt stands for everything a run judged by and found, and for the receipt before it."""

import msgspec
import polars as pl
import pytest

from matching.runs.compare import Compared
from matching.runs.receipt import receipt
from matching.runs.types import CHANGES, ENTITLEMENTS, SET_ASIDE, TOTALS, Decided

Row = tuple[object, ...]
Heads = tuple[tuple[str, str], ...]
HEADS: Heads = (
    ("period", "2026-10"),
    ("as_of", "2026-10-31"),
    ("input", "a" * 64),
    ("rules", "b" * 64),
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """All that goes into a receipt."""

    heads: Heads = HEADS
    owed: Row = ((7, "title", "2026", 100, 200), (8, "title", "2026", 5, None))
    aside: Row = ((8, "other", "2026", "yields", "title", "highest", "第一条", 50, 50),)
    totals: Row = (("title", True, None, 1, 2, 3, 4, 100, 200, 0, 1, 0),)
    changes: Row = ((7, "title", "new", "firm_data", None, None, 100, 200, None),)
    kept: int = 0
    before: str | None = "c" * 64

    def receipt(self) -> str:
        decided = Decided(
            entitlements=pl.DataFrame(self.owed, schema=ENTITLEMENTS, orient="row"),
            set_aside=pl.DataFrame(self.aside, schema=SET_ASIDE, orient="row"),
            totals=pl.DataFrame(self.totals, schema=TOTALS, orient="row"),
            enterprises=2,
        )
        changes = pl.DataFrame(self.changes, schema=CHANGES, orient="row")
        return receipt(dict(self.heads), decided, Compared(changes, self.kept), self.before)


OTHERS = {
    "another period": Found(heads=(("period", "2026-11"), *HEADS[1:])),
    "other input": Found(heads=(*HEADS[:2], ("input", "d" * 64), HEADS[3])),
    "an entitlement less": Found(owed=Found().owed[:1]),
    "a 分 more": Found(owed=((7, "title", "2026", 101, 200), Found().owed[1])),
    "a losing option of another amount": Found(aside=((*Found().aside[0][:7], 50, 60),)),  # type: ignore[misc]
    "no losing option": Found(aside=()),
    "nothing instead of no upper end": Found(owed=(Found().owed[0], (8, "title", "2026", 5, 0))),
    "another cause": Found(changes=((7, "title", "new", "calendar", None, None, 100, 200, None),)),
    "an empty reason instead of none": Found(
        changes=((7, "title", "new", "firm_data", None, None, 100, 200, ""),)
    ),
    "one more unknown": Found(totals=(("title", True, None, 1, 2, 4, 4, 100, 200, 0, 1, 0),)),
    "one kept": Found(kept=1),
    "another run before": Found(before="e" * 64),
    "no run before": Found(before=None),
}


@pytest.mark.parametrize("what", OTHERS)
def test_whatever_differs_shows_in_the_receipt(what: str) -> None:
    assert OTHERS[what].receipt() != Found().receipt()


def test_the_order_of_rows_does_not() -> None:
    backwards = Found(owed=Found().owed[::-1])

    assert backwards.receipt() == Found().receipt()
    assert len(Found().receipt()) == 64
