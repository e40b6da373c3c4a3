"""Slightly wrong versions of amounts: 1 分 or 1 basis point off, a row, cap or deduction left out.

Who bears which part of a cost (`Split`) changes nothing an enterprise gets, and how a pool is shared is
settled only among its takers: no version differs there.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec

from matching.catalogue.mutants import left_out, put, wrong_conditions
from matching.catalogue.mutate_tests import Telling
from matching.language.amounts import (
    Amount,
    AsPaid,
    FirmCap,
    Fixed,
    Highest,
    Interest,
    LessPaid,
    PartOf,
    PerPoint,
    PerStep,
    PerUnit,
    Pool,
    Row,
    ShareOf,
    Split,
    StackCap,
    Staged,
    Table,
    Total,
    Unstated,
)

changed = msgspec.structs.replace
Combined = Highest | Total | Table | Staged
Capped = LessPaid | PartOf | Split | StackCap | FirmCap
AmountMutant = tuple[Telling, Amount]
STEPPED: dict[type, tuple[str, ...]] = {
    Fixed: ("cents",),
    ShareOf: ("share_bp", "cap_cents"),
    PerUnit: ("cents", "cap_cents"),
    PerPoint: ("cents", "cap_cents"),
    PerStep: ("cents", "beyond", "step"),
    Unstated: ("cap_cents",),
    Interest: ("points_bp", "share_bp", "most_bp", "principal_most_cents", "years", "cap_cents"),
    PartOf: ("share_bp",),
    Pool: ("cents",),
    StackCap: ("share_bp",),
    FirmCap: ("cents",),
}
"""The figures of each kind that are moved one step up and down."""
WHOLE_BP = 10_000
STEP_WORDS = {
    "cents": "金额",
    "share_bp": "比例",
    "cap_cents": "最高额",
    "beyond": "起算点",
    "step": "每档",
    "points_bp": "贴息点数",
    "most_bp": "最高利率",
    "principal_most_cents": "本金上限",
    "years": "年数",
}


def wrong_amounts(amount: Amount, on: date | None) -> Iterator[AmountMutant]:
    """Give every amount that differs from this one in a single place.

    on  the day facts are judged on where it is fixed.
    """
    yield from _stepped(amount)
    match amount:
        case Highest(rows=rows) | Total(rows=rows) | Table(rows=rows):
            yield from _wrong_rows(amount, "rows", on)
            yield from _wrong_order(amount, rows)
        case Staged(stages=rows):
            yield from _wrong_rows(amount, "stages", on)
            yield from _wrong_family(amount)
        case LessPaid(amount=inner):
            yield (lambda _: "不减去此前已获的奖励"), inner
            yield from _wrong_family(amount)
            yield from _wrong_inside(amount, on)
        case Split() | PartOf():
            yield from _wrong_inside(amount, on)
        case AsPaid():
            yield from _wrong_family(amount)
        case Pool(claim=inner) if inner is not None:
            for tell, wrong in wrong_amounts(inner, on):
                yield tell, changed(amount, claim=wrong)
        case StackCap() | FirmCap():
            yield from _wrong_cap(amount)
            yield from _wrong_inside(amount, on)
        case _:
            return


def _stepped(amount: Amount) -> Iterator[AmountMutant]:
    for name in STEPPED.get(type(amount), ()):
        now = getattr(amount, name)
        for step in (1, -1):
            least = 1 if name in ("step", "years") else 0
            most = WHOLE_BP if isinstance(amount, PartOf) else None
            if now is not None and now + step >= least and (most is None or now + step <= most):
                yield _moved(amount, name, step), changed(amount, **{name: now + step})


def _moved(amount: Amount, name: str, step: int) -> Telling:
    unit = "个基点" if name.endswith("_bp") else "年" if name == "years" else "分"
    way = "多" if step > 0 else "少"
    return lambda words: f"“{words.amount(amount)}”的{STEP_WORDS[name]}{way}1{unit}"


def _wrong_inside(amount: Capped, on: date | None) -> Iterator[AmountMutant]:
    for tell, wrong in wrong_amounts(amount.amount, on):
        yield tell, changed(amount, amount=wrong)


def _wrong_family(amount: LessPaid | Staged | AsPaid) -> Iterator[AmountMutant]:
    other = f"{amount.family}以外"
    yield (lambda _: f"所看的奖励改为{other}系列"), changed(amount, family=other)


def _wrong_rows(amount: Combined, key: str, on: date | None) -> Iterator[AmountMutant]:
    rows: tuple[Row, ...] = getattr(amount, key)
    for place, row in enumerate(rows):
        versions = [
            (tell, changed(row, amount=wrong)) for tell, wrong in wrong_amounts(row.amount, on)
        ]
        if row.when is not None:
            versions += [(tell, changed(row, when=w)) for tell, w in wrong_conditions(row.when, on)]
            versions.append((_of_row(place, "不看条件"), changed(row, when=None)))
        for tell, version in versions:
            yield tell, changed(amount, **{key: put(rows, place, version)})
        if len(rows) > 1:
            yield _of_row(place, "去掉"), changed(amount, **{key: left_out(rows, place)})


def _wrong_order(amount: Highest | Total | Table, rows: tuple[Row, ...]) -> Iterator[AmountMutant]:
    if len(rows) == 1:
        return
    if isinstance(amount, Table):
        for place, (one, two) in enumerate(pairwise(rows)):
            swapped = put(put(rows, place, two), place + 1, one)
            yield _of_row(place, "与下一行调换"), changed(amount, rows=swapped)
    elif isinstance(amount, Highest):
        yield (lambda _: "从高改成合计"), Total(rows)
    else:
        yield (lambda _: "合计改成从高"), Highest(rows)


def _wrong_cap(amount: StackCap | FirmCap) -> Iterator[AmountMutant]:
    yield (lambda _: "去掉与其他奖补合计的上限"), amount.amount
    families = amount.besides if isinstance(amount, StackCap) else amount.families
    key = "besides" if isinstance(amount, StackCap) else "families"
    for place, family in enumerate(families):
        left = left_out(families, place) or (f"{family}以外",)
        yield _not_counted(family), changed(amount, **{key: left})
    if isinstance(amount, FirmCap):
        per = "life" if amount.per == "year" else "year"
        yield (lambda _: "上限在按年与终身之间调换"), changed(amount, per=per)
    elif amount.aid is not None:
        yield (lambda _: "上限不计其他各级的资助"), changed(amount, aid=None)


def _not_counted(family: str) -> Telling:
    return lambda _: f"上限不计{family}系列"


def _of_row(place: int, what: str) -> Telling:
    return lambda _: f"第{place + 1}行{what}"
