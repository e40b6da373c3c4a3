"""What passes through a correction: a wish about one value, its evidence, its decision, its effect."""

from datetime import date, datetime
from typing import Literal

import msgspec

Kind = Literal["fact", "entry"]
"""A fact's value, or standing on a list."""
Verdict = Literal["accepted", "rejected", "withdrawn"]
State = Literal["open", "accepted", "rejected", "withdrawn"]

STATE_WORDS: dict[State, str] = {
    "open": "待答复",
    "accepted": "已采纳",
    "rejected": "未采纳",
    "withdrawn": "已撤回",
}


class CorrectionRefused(Exception):
    """A wish or a decision that cannot be taken: says what, why, and the way out."""


class EntryWish(msgspec.Struct, frozen=True, kw_only=True):
    """How an enterprise should stand to a list; of an entry it should have, what is known of it.

    on  False: it should not stand there, whatever the list says.
    """

    on: bool
    level: str | None = None
    batch: str | None = None
    document: str | None = None
    from_on: date | None = None
    until_on: date | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A file somebody attached; its bytes are kept beside the database under their SHA-256."""

    file_name: str
    sha256: str
    size_bytes: int


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One wish about one value of one enterprise. Never changed.

    column      fact[@period], or the key of a list.
    shown       what counted when it was asked, in stored form; None: nothing was known.
    wanted      what it should be: a stored value, or for a list an EntryWish, as JSON.
    department  who owns the datum and decides.
    contact     where an answer reaches them; None: nothing was given.
    """

    id: int
    enterprise_id: int
    kind: Kind
    column: str
    shown: str | None
    wanted: str
    reason: str
    department: str
    asked_by: str
    contact: str | None
    asked_at: datetime

    def value(self) -> int | str:
        """Give the wanted value of a fact in stored form."""
        return msgspec.json.decode(self.wanted, type=int | str)

    def entry(self) -> EntryWish:
        """Give how it should stand to the list."""
        return msgspec.json.decode(self.wanted, type=EntryWish)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a request. Never changed.

    import_id  the import under which an accepted value was recorded; None: nothing was.
    """

    request_id: int
    verdict: Verdict
    reason: str
    decided_by: str
    decided_at: datetime
    import_id: int | None = None


class ItemChange(msgspec.Struct, frozen=True, kw_only=True):
    """One item that would come out, or pay, otherwise.

    before, after  verdict codes as `matching.engine.truth` has them.
    …_cents        what it gives where it is met, in 分; high None: no upper end known.
    pays           whether meeting it is an entitlement.
    """

    item_id: str
    title: str
    before: int
    after: int
    before_low_cents: int
    before_high_cents: int | None
    after_low_cents: int
    after_high_cents: int | None
    pays: bool


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A request with all that stands beside it.

    still_counts  of an accepted one: whether its value is still the one that counts; a later sheet of the
                  department may say the old one again. None: nothing was recorded.
    """

    request: Request
    state: State
    evidence: tuple[Evidence, ...]
    decision: Decision | None
    still_counts: bool | None
