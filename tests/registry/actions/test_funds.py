"""Money set aside and paid for cases: never more than there is, whoever asks at once, and never out of another fund."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from multiprocessing.connection import Connection

import polars as pl
import pytest

from matching.storage.bulk import insert_rows
from matching.storage.database import Database, engine
from registry.actions.fund_money import (
    Opening,
    ageing,
    carry_over,
    open_fund,
    refill_fund,
    show_funds,
)
from registry.actions.open_cases import first_steps
from registry.actions.reserve_fund import reserve_fund
from registry.actions.step_cases import step_cases
from registry.cases.step import due_at
from registry.cases.store import add_cases, add_first_steps, cases, present
from registry.cases.types import Account, Event, Role
from registry.enterprises.tables import Enterprise
from registry.funds.errors import FundProblem, FundRefused, FundShort
from registry.funds.store import balance, entries, held_for
from registry.funds.types import Balance, Sharing, Word
from tests.makers import SHANGHAI, at
from tests.processes import PATIENCE_SECONDS, held, on_database, wait_here
from tests.registry.cases.makers import GROUND, asked

pytestmark = pytest.mark.anyio
ITEMS = ("robots", "title")
WORD = Word(by="赵", now=at(10, 9), document="预〔2026〕1号")
OPENED = at(10, 9)
BOUND = (GROUND, SHANGHAI)


async def fund(
    cents: int,
    sharing: Sharing = "full",
    programme: str = "awards",
    items: tuple[str, ...] = ("robots",),
) -> None:
    opening = Opening(
        programme=programme, year=2026, label="奖补资金", sharing=sharing, items=items, cents=cents,
        refill_below_cents=50,
    )  # fmt: skip
    await open_fund(opening, ITEMS, WORD)


async def owed(
    *amounts: int | None, item: str = "robots", first: int = 1, at_: datetime = OPENED
) -> None:
    """Open a case an amount, of enterprises of their own."""
    numbers = range(first, first + len(amounts))
    await insert_rows(
        Enterprise,
        ("id", "uscc", "name", "name_key", "created_import"),
        [(one, f"91410100MAXX{one:06d}", f"企业{one}", f"企业{one}", 1) for one in numbers],
    )
    rows = pl.DataFrame(
        [(one, item, "2026", 1, 1, cents) for one, cents in zip(numbers, amounts, strict=True)],
        schema={
            "enterprise_id": pl.Int64, "item_id": pl.String, "award_period": pl.String, "stage": pl.Int64,
            "run_id": pl.Int64, "amount_cents": pl.Int64,
        },
        orient="row",
    )  # fmt: skip
    async with engine().transaction():
        opened = await add_cases(rows, at_)
        await add_first_steps(
            opened, first_steps({"period": "x"}, at_, due_at("review", at_, GROUND))
        )


async def go(case: int, event: Event, role: Role, by: str, now: datetime, **more: object) -> None:
    await step_cases([case], asked(event, role, by, now, **more), GROUND)


async def notified(case: int) -> None:
    await go(case, "take", "department", "王", at(10, 9))
    await go(case, "approve", "department", "李", at(10, 10))
    await go(case, "publicise", "department", "李", at(10, 10), evidence="无不良", document="1号")
    await go(case, "notify", "platform", "system", at(10, 19))


async def confirmed(case: int) -> None:
    await notified(case)
    await go(
        case, "confirm", "enterprise", "企业", at(10, 20), account=Account(f"企业{case}", "行", "1")
    )


async def amounts() -> dict[int, int]:
    found = await held_for((await present())["id"])
    return {row["case_id"]: row["reserved_cents"] for row in found.iter_rows(named=True)}


async def test_full_sharing_sets_all_aside_or_nothing(db: Database) -> None:  # noqa: ARG001
    await fund(250)
    await owed(100, 100, 100, None)

    with pytest.raises(FundShort, match="还差"):
        await reserve_fund("awards", 2026, WORD, BOUND)
    assert await amounts() == {}
    await refill_fund("awards", 2026, 60, WORD)
    shared = await reserve_fund("awards", 2026, WORD, BOUND)

    assert (shared.reserved, shared.cents, shared.uncertain) == (3, 300, 1)
    assert shared.balance == Balance(10, 300, 0, 5)
    assert (await reserve_fund("awards", 2026, WORD, BOUND)).reserved == 0


async def test_first_come_gives_in_the_order_of_opening_until_it_is_empty(db: Database) -> None:  # noqa: ARG001
    await fund(250, "first_come")
    await owed(100, 100, first=11, at_=at(10, 9, 11))
    await owed(100, 100, first=1, at_=at(10, 9, 9))

    shared = await reserve_fund("awards", 2026, Word(by="赵", now=at(10, 9, 12)), BOUND)

    by_firm = {
        row["enterprise_id"]: row["amount_cents"] for row in (await present()).iter_rows(named=True)
    }
    assert by_firm == {1: 100, 2: 100, 11: 50, 12: 100}
    assert (shared.reserved, shared.reduced, shared.waiting, shared.balance.free_cents) == (
        3,
        1,
        1,
        0,
    )
    assert sorted((await amounts()).values()) == [50, 100, 100]


async def test_pro_rata_closes_the_list_and_gives_each_its_share_to_the_last_fen(
    db: Database,  # noqa: ARG001
) -> None:
    await fund(100, "pro_rata")
    await owed(100, 100, 100)

    shared = await reserve_fund("awards", 2026, WORD, BOUND)

    assert sorted((await amounts()).values()) == [33, 33, 34]
    assert (shared.reserved, shared.reduced, shared.balance.free_cents) == (3, 3, 0)
    [first, *_] = await cases([1])
    assert (first.steps[-1].event, first.steps[-1].reason) == ("settle", "shared_out")
    assert "应得 100 分" in (first.steps[-1].evidence or "")


async def test_pro_rata_waits_for_amounts_and_for_who_is_under_review(db: Database) -> None:  # noqa: ARG001
    await fund(100, "pro_rata")
    await owed(100, None)

    with pytest.raises(FundRefused, match="未知不按零计"):
        await reserve_fund("awards", 2026, WORD, BOUND)
    await go(
        2,
        "settle",
        "department",
        "王",
        at(10, 9),
        amount_cents=50,
        reason="amount_fixed",
        evidence="表",
    )
    await go(1, "take", "department", "王", at(10, 9))
    with pytest.raises(FundRefused, match="案件 1 已在审核中"):
        await reserve_fund("awards", 2026, WORD, BOUND)
    assert await amounts() == {}


async def test_money_follows_the_case_and_every_fen_is_accounted_for(db: Database) -> None:  # noqa: ARG001
    await fund(1000)
    await owed(100, 200, 300)
    await reserve_fund("awards", 2026, WORD, BOUND)

    await confirmed(1)
    await go(1, "order", "finance", "赵", at(10, 21), evidence="单")
    await go(1, "pay", "bank", "银行", at(10, 22), evidence="回执")
    assert await balance(1) == Balance(400, 500, 100, 5)
    await notified(2)
    await go(2, "decline", "enterprise", "企业", at(10, 20), reason="not_wanted", evidence="放弃书")
    assert await balance(1) == Balance(600, 300, 100, 6)
    await go(
        3,
        "settle",
        "department",
        "王",
        at(10, 9),
        amount_cents=250,
        reason="amount_wrong",
        evidence="表",
    )
    assert await balance(1) == Balance(650, 250, 100, 7)
    await go(2, "reopen", "enterprise", "企业", at(10, 21))
    assert await balance(1) == Balance(450, 450, 100, 8)
    claim = {"amount_cents": 40, "reason": "our_data", "evidence": "对照"}
    await go(1, "claw_back", "department", "王", at(11, 2), **claim)
    await go(1, "repay", "finance", "赵", at(11, 3), evidence="缴款书")
    assert await balance(1) == Balance(510, 450, 40, 9)
    [standing] = await show_funds(SHANGHAI)
    assert (standing.wrong_at, standing.given_cents, standing.refill) == (None, 1000, False)


async def test_nothing_is_ordered_that_no_money_is_set_aside_for(db: Database) -> None:  # noqa: ARG001
    await owed(100)
    await confirmed(1)

    with pytest.raises(FundRefused, match="只预留了 0 分，不足 100 分"):
        await go(1, "order", "finance", "赵", at(10, 21), evidence="单")

    [case] = await cases([1])
    assert case.state == "confirmed"


async def test_what_was_given_back_and_is_gone_cannot_be_had_again(db: Database) -> None:  # noqa: ARG001
    await fund(100, "first_come")
    await owed(100, 100)
    await reserve_fund("awards", 2026, WORD, BOUND)
    await notified(1)
    await go(1, "decline", "enterprise", "企业", at(10, 20), reason="not_wanted", evidence="放弃书")
    await reserve_fund("awards", 2026, Word(by="赵", now=at(10, 20)), BOUND)

    with pytest.raises(FundShort):
        await go(1, "reopen", "enterprise", "企业", at(10, 21))

    assert (await cases([1]))[0].state == "declined"
    assert await amounts() == {1: 0, 2: 100}


async def test_funds_of_other_programmes_are_not_touched(db: Database) -> None:  # noqa: ARG001
    await fund(100)
    await fund(1000, programme="titles", items=("title",))
    await owed(100, 100)
    await owed(100, item="title", first=9)

    with pytest.raises(FundShort):
        await reserve_fund("awards", 2026, WORD, BOUND)
    await reserve_fund("titles", 2026, WORD, BOUND)

    assert [await balance(1), await balance(2)] == [Balance(100, 0, 0, 1), Balance(900, 100, 0, 2)]
    with pytest.raises(FundRefused, match="没有事项“unheard”"):
        await fund(1, programme="third", items=("unheard",))


async def test_a_year_that_is_over_is_carried_into_the_next_of_the_same_programme(
    db: Database,  # noqa: ARG001
) -> None:
    await fund(300)
    await owed(100)
    await reserve_fund("awards", 2026, WORD, BOUND)
    later = Word(by="赵", now=at(1, 4, year=2027), document="结〔2027〕1号")

    with pytest.raises(FundRefused, match="还没有结束"):
        await carry_over("awards", 2026, WORD)
    with pytest.raises(FundRefused, match="没有资金“awards”2027 年"):
        await carry_over("awards", 2026, later)
    opening = Opening(
        programme="awards", year=2027, label="奖补资金", sharing="full", items=("robots",), cents=10
    )
    await open_fund(opening, ITEMS, later)
    assert await carry_over("awards", 2026, later) == 200
    assert [await balance(1), await balance(2)] == [Balance(0, 100, 0, 3), Balance(210, 0, 0, 2)]


async def test_below_its_threshold_a_fund_asks_for_more_and_says_who_waits(db: Database) -> None:  # noqa: ARG001
    await fund(130, "first_come")
    await owed(100, 100)
    await reserve_fund("awards", 2026, WORD, BOUND)
    await owed(70, first=8)

    [standing] = await show_funds(SHANGHAI)

    assert (standing.refill, standing.waiting, standing.waiting_cents) == (True, 1, 70)
    with pytest.raises(FundRefused, match="文号"):
        await refill_fund("awards", 2026, 1, Word(by="赵", now=at(10, 9)))


async def test_what_is_owed_and_unpaid_is_listed_by_age(db: Database) -> None:  # noqa: ARG001
    await owed(100, None, at_=at(10, 9))
    await owed(70, first=8, at_=at(7, 1))
    await owed(30, item="title", first=9, at_=at(2, 2))

    found = await ageing(at(11, 2))

    assert found.rows() == [
        ("robots", "30 天内", 2, 100, 1), ("robots", "91–180 天", 1, 70, 0), ("title", "180 天以上", 1, 30, 0),
    ]  # fmt: skip


def reserving(line: Connection, url: str) -> None:
    async def work() -> None:
        wait_here(line)
        try:
            await reserve_fund("awards", 2026, WORD, BOUND)
        except FundProblem:
            return

    on_database(url, work)


def reopening(line: Connection, url: str, case: int) -> None:
    async def work() -> None:
        wait_here(line)
        try:
            await go(case, "reopen", "enterprise", "企业", at(10, 21))
        except FundProblem:
            return

    on_database(url, work)


@pytest.fixture
def many() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def all_go_on(processes: list[object]) -> None:
    for one in processes:
        one.line.send("go on")  # type: ignore[attr-defined]
    for one in processes:
        one.process.join(PATIENCE_SECONDS)  # type: ignore[attr-defined]
        assert one.process.exitcode == 0  # type: ignore[attr-defined]


async def test_many_processes_at_once_never_reserve_more_than_there_is(
    db: Database,  # noqa: ARG001
    database_url: str,
    many: ExitStack,
) -> None:
    await fund(750, "first_come")
    await owed(*[100] * 20)

    all_go_on([many.enter_context(held(reserving, database_url)) for _ in range(6)])

    assert await balance(1) == Balance(0, 750, 0, 9)
    assert sorted((await amounts()).values()) == [50, *[100] * 7]


async def test_many_who_want_back_what_they_gave_up_do_not_have_it_twice(
    db: Database,  # noqa: ARG001
    database_url: str,
    many: ExitStack,
) -> None:
    """Eight gave up their money and five others have it now: only three of the eight can have it again."""
    await fund(800, "first_come")
    await owed(*[100] * 8)
    await reserve_fund("awards", 2026, WORD, BOUND)
    for case in range(1, 9):
        await notified(case)
        await go(
            case, "decline", "enterprise", "企业", at(10, 20), reason="not_wanted", evidence="书"
        )
    await owed(*[100] * 5, first=20, at_=at(10, 20))
    await reserve_fund("awards", 2026, Word(by="赵", now=at(10, 20)), BOUND)

    all_go_on([many.enter_context(held(reopening, database_url, case)) for case in range(1, 9)])

    states = (await present())["state"].to_list()
    assert (states.count("notified"), states.count("declined")) == (3, 5)
    assert (await balance(1)).reserved_cents == 800
    ledger = await entries(1)
    assert ledger["place"].to_list() == list(range(1, ledger.height + 1))
    [standing] = await show_funds(SHANGHAI)
    assert standing.wrong_at is None
