"""Ledgers of records (知识产权, 股权融资, 获奖) and the figures counted or summed over their rows."""

from typing import Literal

import msgspec

FieldKind = Literal["money", "number", "share", "flag", "date", "code"]


class RecordField(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a row; an empty one is not known.

    values  code word to Chinese label, of a code.
    unit    of a number.
    """

    label: str
    kind: FieldKind
    values: dict[str, str] = {}
    unit: str = ""


class RecordLedger(msgspec.Struct, frozen=True, kw_only=True):
    """One ledger, declared in facts.yml: a row a record of one enterprise."""

    key: str
    label: str
    department: str
    ask: str
    fields: dict[str, RecordField]


class RowTest(msgspec.Struct, frozen=True, kw_only=True, rename={"is_": "is", "or_": "or"}):
    """One test of a row's field, or of another field instead; exactly one comparison is given.

    at_least, at_most    a number, money or share against a whole number, in 分 or basis points.
    within_years         a day from the same day so many years ago to the evidence day, both included.
    at_least_years_ago   a day so many full years ago or earlier.
    more_than_years_ago  a day earlier than the same day so many years ago.
    or_                  holds instead where this test does not.
    """

    field: str
    one_of: tuple[str, ...] | None = None
    is_: bool | None = None
    at_least: int | None = None
    at_most: int | None = None
    within_years: int | None = None
    at_least_years_ago: int | None = None
    more_than_years_ago: int | None = None
    or_: "RowTest | None" = None


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """A figure over the rows of a ledger that pass every test, seen from the evidence day.

    Not known where the ledger is not completely known, or a row may or may not pass.

    total  the money field to be summed; None: the rows are counted.
    """

    ledger: str
    where: tuple[RowTest, ...]
    total: str | None = None


ALLOWED: dict[str, tuple[FieldKind, ...]] = {
    "one_of": ("code",),
    "is_": ("flag",),
    "at_least": ("money", "number", "share"),
    "at_most": ("money", "number", "share"),
    "within_years": ("date",),
    "at_least_years_ago": ("date",),
    "more_than_years_ago": ("date",),
}


def wrong_with_derived(derived: Derived, kind: str, ledgers: dict[str, RecordLedger]) -> list[str]:
    """Say what is wrong with a derived figure of a fact of this kind; nothing: it can be computed."""
    ledger = ledgers.get(derived.ledger)
    if ledger is None:
        return [f"没有台账“{derived.ledger}”"]
    problems = [wrong for test in derived.where for wrong in _wrong_with_test(test, ledger)]
    wanted = "number" if derived.total is None else "money"
    if kind != wanted:
        problems.append(f"按台账计算的应是{wanted}，不是{kind}")
    if derived.total is not None:
        summed = ledger.fields.get(derived.total)
        if summed is None or summed.kind != "money":
            problems.append(f"“{derived.total}”不是台账里的金额")
    return problems


def _wrong_with_test(test: RowTest, ledger: RecordLedger) -> list[str]:
    field = ledger.fields.get(test.field)
    if field is None:
        return [f"台账“{ledger.key}”没有字段“{test.field}”"]
    given = [name for name in ALLOWED if getattr(test, name) is not None]
    problems = [] if len(given) == 1 else [f"字段“{test.field}”需要正好一个比较"]
    problems += [
        f"字段“{test.field}”不能用 {name.strip('_')}"
        for name in given
        if field.kind not in ALLOWED[name]
    ]
    strange = [word for word in test.one_of or () if word not in field.values]
    problems += [f"字段“{test.field}”没有“{word}”" for word in strange]
    return problems + (_wrong_with_test(test.or_, ledger) if test.or_ is not None else [])
