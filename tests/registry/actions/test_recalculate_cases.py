"""A corrected datum or rule, a revoked title: the touched cases are judged again, and a person decides."""

from datetime import datetime
from pathlib import Path

import pytest

from matching.storage.database import Database
from registry.actions.fund_money import Opening, open_fund
from registry.actions.keep_case_clocks import keep_case_clocks
from registry.actions.open_cases import open_cases
from registry.actions.recalculate_cases import Recalculated, recalculate_cases
from registry.actions.reserve_fund import reserve_fund
from registry.actions.settle_differences import Decision, settle_differences, stop_for_title
from registry.actions.step_cases import step_cases
from registry.cases.errors import CaseRefused
from registry.cases.store import cases, present
from registry.cases.types import Account, Event, Role
from registry.funds.store import balance
from registry.funds.types import Balance, Word
from tests.makers import SHANGHAI, at, money
from tests.registry.actions.town import OCTOBER, SEPTEMBER, october, play, rules_of, september
from tests.registry.cases.makers import GROUND, asked

pytestmark = pytest.mark.anyio
LATER = at(11, 1, 3)
RAISED, LOWERED = 11, 12
"""Firms whose revenue of 2025 is restated in October, upwards and downwards."""


@pytest.fixture
async def corrected(db: Database, tmp_path: Path) -> Path:  # noqa: ARG001
    """Cases of September, and October's sheets that restate four firms."""
    await september()
    await play(SEPTEMBER, tmp_path)
    await open_cases(SEPTEMBER, GROUND, at(10, 9))
    await october()
    return tmp_path


async def number(enterprise: int, item: str = "revenue", stage: int = 1) -> int:
    [one] = (await present(item=item)).filter(enterprise_id=enterprise, stage=stage)["id"].to_list()
    return int(one)


async def go(case: int, event: Event, role: Role, by: str, now: datetime, **more: object) -> None:
    await step_cases([case], asked(event, role, by, now, **more), GROUND)


async def funded() -> None:
    word = Word(by="赵", now=at(10, 9), document="预〔2026〕1号")
    opening = Opening(
        programme="revenue", year=2026, label="增收奖补", sharing="full", items=("revenue",), cents=money(500)
    )  # fmt: skip
    await open_fund(opening, ["revenue"], word)
    await reserve_fund("revenue", 2026, word, (GROUND, SHANGHAI))


async def paid(enterprise: int) -> int:
    case = await number(enterprise)
    await go(case, "take", "department", "王", at(10, 9))
    await go(case, "approve", "department", "李", at(10, 10))
    await go(case, "publicise", "department", "李", at(10, 10), evidence="无不良", document="1号")
    await go(case, "notify", "platform", "system", at(10, 19))
    account = Account(f"企业{enterprise}", "某银行", "1")
    await go(case, "confirm", "enterprise", "企业", at(10, 20), account=account)
    await go(case, "order", "finance", "赵", at(10, 21), evidence="单")
    await go(case, "pay", "bank", "银行", at(10, 22), evidence="回执")
    return case


def told(found: Recalculated) -> set[tuple[object, ...]]:
    return {
        (one.enterprise_id, one.item_id, one.kind, one.before_cents, one.after_cents)
        for one in found.differences
    }


async def test_only_what_was_restated_counts_and_each_difference_is_named(corrected: Path) -> None:
    """What grew since (robots of 2 and 3), newly came (title of 1) or was found out since (4) is no correction."""
    found = await recalculate_cases(SEPTEMBER, corrected, LATER)

    assert told(found) == {
        (10, "revenue", "missing", 0, money(21)),
        (11, "revenue", "restate", money(21), money(25)),
        (12, "revenue", "restate", money(25), 0),
        (13, "title", "undecidable", money(20), money(20)),
    }
    assert found.judged == 4


async def test_after_payment_more_is_topped_up_and_less_is_claimed_with_its_cause(
    corrected: Path,
) -> None:
    await funded()
    ids = {one: await paid(one) for one in (RAISED, LOWERED)}
    found = await recalculate_cases(SEPTEMBER, corrected, LATER)
    wanted = [one for one in found.differences if one.kind in {"top_up", "claw_back"}]
    assert {(one.kind, one.after_cents) for one in wanted} == {
        ("top_up", money(4)),
        ("claw_back", 0),
    }
    decision = Decision(by="王", now=LATER, evidence="更正单 7")

    with pytest.raises(CaseRefused, match="起因"):
        await settle_differences(found, wanted, decision, GROUND)
    decision = Decision(by="王", now=LATER, evidence="更正单 7", cause="our_data")
    assert await settle_differences(found, wanted, decision, GROUND) == 2

    [claimed] = await cases([ids[LOWERED]])
    [raised] = await cases([await number(RAISED, stage=2)])
    assert (claimed.state, claimed.claim_cents, claimed.steps[-1].reason) == (
        "claw_back",
        money(25),
        "our_data",
    )
    assert (raised.state, raised.amount_cents, raised.stage) == ("matched", money(4), 2)
    await go(ids[LOWERED], "repay", "finance", "赵", at(11, 20), evidence="缴款书")
    assert await balance(1) == Balance(money(500 - 21), 0, money(21), 6)
    again = await recalculate_cases(SEPTEMBER, corrected, LATER)
    assert {one.kind for one in again.differences} == {"missing", "undecidable"}


async def test_before_payment_less_goes_back_to_review_and_what_is_missing_is_opened(
    corrected: Path,
) -> None:
    case = await number(LOWERED)
    await go(case, "take", "department", "王", at(10, 9))
    await go(case, "approve", "department", "李", at(10, 10))
    await go(case, "publicise", "department", "李", at(10, 10), evidence="无不良", document="1号")
    await keep_case_clocks(GROUND, at(10, 20))
    found = await recalculate_cases(SEPTEMBER, corrected, LATER)
    wanted = [one for one in found.differences if one.kind in {"review_again", "missing"}]

    await settle_differences(found, wanted, Decision(by="王", now=LATER, evidence="更正单"), GROUND)

    [back] = await cases([case])
    assert (back.state, back.amount_cents, back.steps[-1].reason) == (
        "dept_review",
        0,
        "datum_corrected",
    )
    [fresh] = await cases([await number(10)])
    assert (fresh.state, fresh.amount_cents) == ("matched", money(21))


async def test_what_cannot_be_told_or_must_wait_is_not_done_by_a_press(corrected: Path) -> None:
    found = await recalculate_cases(SEPTEMBER, corrected, LATER)
    before = (await present()).rows()

    with pytest.raises(CaseRefused, match="先补齐"):
        await settle_differences(
            found, found.differences, Decision(by="王", now=LATER, evidence="单"), GROUND
        )

    assert (await present()).rows() == before


async def test_a_rule_put_right_judges_every_case_of_the_month_again(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    """October's rules are read as if they had held in September: firm 5 gets more, or nothing."""
    await september()
    await play(SEPTEMBER, tmp_path)
    await open_cases(SEPTEMBER, GROUND, at(10, 9))

    found = await recalculate_cases(SEPTEMBER, tmp_path, at(10, 12), rules_of(OCTOBER))

    assert {row for row in told(found) if row[0] == 5} == {
        (5, "easier", "missing", 0, money(10)),
        (5, "richer", "restate", money(1), money(2)),
        (5, "stricter", "restate", money(10), 0),
        (5, "withdrawn", "restate", money(10), 0),
        (5, "asks-more", "undecidable", money(10), money(10)),
    }


async def test_a_revoked_title_stops_what_is_open_and_names_what_is_paid(
    corrected: Path,  # noqa: ARG001
) -> None:
    own = await number(14, "title")
    cancel = asked(
        "cancel", "engine", "王", LATER, reason="title_revoked", evidence="工信〔2026〕9号"
    )

    stopped = await stop_for_title("little_giant", [14, 6], cancel, (rules_of(SEPTEMBER), GROUND))

    assert stopped.cancelled == (own,)
    assert stopped.beyond == ()
    assert (await cases([own]))[0].state == "cancelled"
    assert (await cases([await number(13, "title")]))[0].state == "matched"
    assert (await cases([await number(RAISED)]))[0].state == "matched"


async def test_a_month_that_is_not_done_cannot_be_judged_again(corrected: Path) -> None:
    with pytest.raises(CaseRefused, match="还没有判定完"):
        await recalculate_cases(OCTOBER, corrected, LATER)
