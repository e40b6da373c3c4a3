"""The running balance: no sum below zero, nothing lost, and a row that does not follow is found."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.storage.bulk import insert_rows
from matching.storage.database import Database, engine
from registry.funds import tables
from registry.funds.errors import FundRefused, FundShort
from registry.funds.ledger import entered, first_wrong, moves_for_case
from registry.funds.store import ENTRIES, add_fund, balance, enter, entries, held_for
from registry.funds.types import MOVES, Balance, Fund, Kind, Wanted, Word
from tests.makers import at

WORD = Word(by="赵", now=at(1, 5), document="预〔2026〕1号")
FUND = Fund(
    id=0, programme="awards", year=2026, label="奖补资金", sharing="full", refill_below_cents=50,
    items=("robots", "title"),
)  # fmt: skip
KINDS: list[Kind] = list(MOVES)


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-5, 100)), max_size=40))
def test_whatever_is_entered_nothing_is_lost_and_nothing_falls_below_zero(
    asked: list[tuple[Kind, int]],
) -> None:
    now, rows, came, went = Balance(), [], 0, 0
    for kind, cents in asked:
        wanted = Wanted(kind=kind, cents=cents)
        try:
            now = entered(now, wanted, "奖补")
        except (FundShort, FundRefused):
            continue
        rows.append((wanted, now))
        came += cents if kind in {"opening", "refill", "carry_in"} else 0
        went += cents if kind == "carry_out" else 0
    assert now.free_cents + now.reserved_cents + now.paid_cents == came - went
    assert min(now.free_cents, now.reserved_cents, now.paid_cents) >= 0
    assert first_wrong(rows) is None
    if rows:
        wanted, after = rows[-1]
        forged = msgspec.structs.replace(after, paid_cents=after.paid_cents + 1)
        assert first_wrong([*rows[:-1], (wanted, forged)]) == len(rows)


def test_too_little_is_said_with_what_is_missing_and_the_way_out() -> None:
    with pytest.raises(FundShort, match=r"可用 1.00 元，要 1.50 元，还差 0.50 元；先追加"):
        entered(Balance(free_cents=100), Wanted(kind="reserve", cents=150), "奖补")


@pytest.mark.parametrize(
    ("held", "wanted", "paid", "moves"),
    [
        (0, 100, None, (("reserve", 100),)),
        (100, 0, None, (("release", 100),)),
        (100, 130, None, (("reserve", 30),)),
        (100, 70, None, (("release", 30),)),
        (100, 100, None, ()),
        (100, None, None, ()),
        (100, None, 100, (("pay", 100),)),
        (100, None, 80, (("pay", 80), ("release", 20))),
    ],
)
def test_a_cases_reserve_follows_its_amount(
    held: int, wanted: int | None, paid: int | None, moves: tuple[tuple[str, int], ...]
) -> None:
    assert moves_for_case(held, wanted, paid) == moves


async def opened(fund: Fund = FUND, cents: int = 1000) -> Fund:
    async with engine().transaction():
        made = await add_fund(fund, WORD)
        await enter(made, [Wanted(kind="opening", cents=cents)], WORD)
    return made


@pytest.mark.anyio
async def test_a_ledger_is_kept_entry_by_entry(db: Database) -> None:  # noqa: ARG001
    fund = await opened()
    async with engine().transaction():
        await enter(fund, [Wanted(kind="reserve", cents=300, case_id=7, case_step=2)], WORD)
        await enter(fund, [Wanted(kind="pay", cents=300, case_id=7, case_step=9)], WORD)

    assert await balance(fund.id) == Balance(700, 0, 300, 3)
    assert (await entries(fund.id))["kind"].to_list() == ["opening", "reserve", "pay"]
    assert (await held_for([7, 8])).rows() == [(7, fund.id, 0, 300)]


@pytest.mark.anyio
async def test_one_fund_a_programme_and_year_and_one_fund_an_item(db: Database) -> None:  # noqa: ARG001
    await opened()

    with pytest.raises(FundRefused, match="已经建立"):
        await opened(msgspec.structs.replace(FUND, items=("other",)))
    with pytest.raises(FundRefused, match="一个事项一年只用一笔资金"):
        await opened(msgspec.structs.replace(FUND, programme="second"))
    assert await opened(msgspec.structs.replace(FUND, year=2027))


def row(**more: object) -> dict[str, object]:
    said: dict[str, object] = {
        "fund_id": 1, "place": 2, "kind": "reserve", "amount_cents": 100, "free_cents": 900,
        "reserved_cents": 100, "paid_cents": 0, "case_id": 7, "case_step": 2, "happened_at": at(1, 6),
        "by_whom": "赵", "document": None, "note": None,
    }  # fmt: skip
    return said | more


async def written(said: dict[str, object]) -> None:
    await insert_rows(tables.FundEntry, tuple(ENTRIES), [tuple(said[name] for name in ENTRIES)])


@pytest.mark.anyio
@pytest.mark.parametrize(
    "wrong",
    [
        row(free_cents=901),
        row(reserved_cents=99),
        row(paid_cents=1),
        row(place=3),
        row(place=1),
        row(amount_cents=1100, free_cents=-100, reserved_cents=1100),
        row(amount_cents=0, free_cents=1000, reserved_cents=0),
        row(kind="transfer"),
        row(kind="reserve", case_id=None, case_step=None),
        row(kind="refill", free_cents=1100, reserved_cents=0),
        row(kind="pay", free_cents=1000, reserved_cents=-100, paid_cents=100),
        row(fund_id=9),
    ],
    ids=str,
)
async def test_the_database_refuses_a_row_that_does_not_follow(
    db: Database,  # noqa: ARG001
    wrong: dict[str, object],
) -> None:
    await opened()

    with pytest.raises(Exception, match=r"(?i)check|follow|已有相同"):
        await written(wrong)
    assert (await entries(1)).height == 1
    await written(row())


@pytest.mark.anyio
async def test_the_database_keeps_one_cases_money_in_one_fund(db: Database) -> None:  # noqa: ARG001
    await opened()
    other = await opened(msgspec.structs.replace(FUND, programme="second", items=("other",)))
    await written(row())

    with pytest.raises(Exception, match="follow"):
        await written(row(fund_id=other.id))


@pytest.mark.anyio
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fund_entry SET amount_cents = 1", "DELETE FROM fund_entry", "DELETE FROM fund_item",
        "UPDATE fund SET year = 2027",
    ],
)  # fmt: skip
async def test_no_row_of_a_fund_is_changed(db: Database, statement: str) -> None:  # noqa: ARG001
    await opened()

    with pytest.raises(Exception, match="never changed"):
        await tables.Fund.raw(statement)
