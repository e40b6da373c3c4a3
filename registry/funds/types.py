"""What a fund is, and what may be entered in its ledger."""

from datetime import datetime
from typing import Literal

import msgspec

Sharing = Literal["full", "first_come", "pro_rata"]
Kind = Literal["opening", "refill", "carry_in", "reserve", "release", "pay", "repay", "carry_out"]
SHARING_WORDS: dict[Sharing, str] = {
    "full": "全额兑付",
    "first_come": "先到先得",
    "pro_rata": "按比例分配",
}
KIND_WORDS: dict[Kind, str] = {
    "opening": "年初安排",
    "refill": "追加",
    "carry_in": "上年结转",
    "reserve": "预留",
    "release": "释放",
    "pay": "支付",
    "repay": "退回",
    "carry_out": "结转下年",
}
MOVES: dict[Kind, tuple[int, int, int]] = {
    "opening": (1, 0, 0),
    "refill": (1, 0, 0),
    "carry_in": (1, 0, 0),
    "reserve": (-1, 1, 0),
    "release": (1, -1, 0),
    "pay": (0, -1, 1),
    "repay": (1, 0, -1),
    "carry_out": (-1, 0, 0),
}
"""What an entry does to the free, the reserved and the paid sum. There is no move from fund to fund but into the
same programme's next year."""


class Fund(msgspec.Struct, frozen=True, kw_only=True):
    """The money of one programme in one year.

    items               drawn on it; an item draws on one fund a year.
    refill_below_cents  once less is free, more is asked for; None: no threshold was set.
    """

    id: int
    programme: str
    year: int
    label: str
    sharing: Sharing
    refill_below_cents: int | None
    items: tuple[str, ...]


class Balance(msgspec.Struct, frozen=True):
    """How a fund stands after its last entry; whole 分, none below zero."""

    free_cents: int = 0
    reserved_cents: int = 0
    paid_cents: int = 0
    entries: int = 0


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An entry to be made. `case_id` and `case_step`: the step of a case it follows from; None: of no case."""

    kind: Kind
    cents: int
    case_id: int | None = None
    case_step: int | None = None


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """Who makes entries, when, and by which document."""

    by: str
    now: datetime
    document: str | None = None
    note: str | None = None
