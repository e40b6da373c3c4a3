"""The steps of a case: who may make which, when, and what they leave behind."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cases import states
from registry.cases.guards import GUARDS
from registry.cases.states import TRANSITIONS, Transition, diagram, transition
from registry.cases.step import Refused, effects, rebuilt, reserved_cents, step
from registry.cases.types import EVENTS, STATES, Account, Case, Event
from registry.cases.words import EVENT_WORDS, ROLE_WORDS, STATE_WORDS
from tests.makers import at
from tests.registry.cases.makers import (
    CONFIRMED,
    GROUND,
    MATCHED,
    NEW,
    NOTIFIED,
    ORDERED,
    OWN,
    PAID,
    PUBLICISED,
    asked,
    gone,
    why_not,
)


def test_every_state_is_come_to_every_event_leads_somewhere_and_every_guard_is_used() -> None:
    assert {one.after for one in TRANSITIONS} == set(STATES) == set(STATE_WORDS)
    assert {one.event for one in TRANSITIONS} == set(EVENTS) == set(EVENT_WORDS)
    assert {name for one in TRANSITIONS for name in one.guards} == set(GUARDS)
    assert {one.who for one in TRANSITIONS} == set(ROLE_WORDS)
    keys = [(one.before, one.event) for one in TRANSITIONS]
    assert len(keys) == len(set(keys))


def test_every_state_can_be_reached_from_nothing_and_an_end_from_every_state() -> None:
    reached: set[str | None] = {None}
    ends: set[str | None] = {"not_met", "archived", "removed", "cancelled", "repaid", "written_off"}
    for _ in STATES:
        reached |= {one.after for one in TRANSITIONS if one.before in reached}
        ends |= {one.before for one in TRANSITIONS if one.after in ends}

    assert reached == {None, *STATES}
    assert ends == {None, *STATES}


def test_the_diagram_shows_every_way() -> None:
    drawn = diagram()

    for one in TRANSITIONS:
        if one.before != one.after:
            [line] = [
                said
                for said in drawn.splitlines()
                if f" {one.before or '[*]'} --> {one.after}:" in said
            ]
            assert EVENT_WORDS[one.event] in line


def test_the_picture_in_the_readme_is_the_tables() -> None:
    """Anew: registry cases diagram."""
    readme = Path(states.__file__).with_name("README.md").read_text(encoding="utf-8")

    assert re.findall(r"```mermaid\n(.*?)\n```", readme, re.DOTALL) == [diagram()]


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_not_in_the_table_is_refused_with_what_is_possible(event: Event) -> None:
    lawful = {one.before for one in TRANSITIONS if one.event == event}
    for before in (None, *STATES):
        found = transition(before, event)

        assert isinstance(found, Transition) == (before in lawful)
        assert isinstance(found, Transition) or "可以：" in found


def test_from_match_to_receipt() -> None:
    case = gone(NEW, *PAID, ("archive", "archive", "孙", at(11, 2), {"evidence": "卷 1"}))

    assert case.state == "archived"
    assert [one.after for one in case.steps] == [
        "candidate", "matched", "dept_review", "credit_check", "publicised", "notified", "confirmed",
        "pay_ordered", "paid", "archived",
    ]  # fmt: skip
    assert [effect for _, effect in effects(case)] == ["reserve", "pay"]
    assert rebuilt(case) == case


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        (MATCHED, at(10, 15, 18)),  # Friday 9 October; Saturday 10 October is worked
        (PUBLICISED, at(10, 20, 18)),
        (NOTIFIED, at(11, 4, 18)),
        (CONFIRMED, at(11, 6, 18)),
        (ORDERED, at(10, 27, 18)),
    ],
)
def test_a_clock_ends_at_the_closing_hour_of_its_last_working_day(
    steps: tuple[object, ...], due: datetime
) -> None:
    assert gone(NEW, *steps).due_at == due  # type: ignore[arg-type]


def test_nobody_takes_decides_and_pays_alone() -> None:
    taken = gone(NEW, *MATCHED, ("take", "department", "王", at(10, 10), {}))

    assert "不能由本人审定" in why_not(taken, "approve", "department", "王", at(10, 12))
    assert "不能由本人审定" in why_not(
        taken, "remove", "department", "王", at(10, 12), reason="duplicate"
    )
    confirmed = gone(NEW, *CONFIRMED)
    for reviewer in ("王", "李"):
        assert "参与过审核" in why_not(
            confirmed, "order", "finance", reviewer, at(10, 26), evidence="单"
        )


def test_a_step_of_another_or_without_its_reason_evidence_or_number_is_refused() -> None:
    approved = gone(NEW, *PUBLICISED[:-1])

    assert "由业务部门办理，不是财政" in why_not(
        gone(NEW, *MATCHED), "take", "finance", "赵", at(10, 10)
    )
    assert "要有依据" in why_not(
        approved, "publicise", "department", "李", at(10, 13), document="1号"
    )
    assert "文号" in why_not(
        approved, "publicise", "department", "李", at(10, 13), evidence="无不良"
    )
    taken = gone(NEW, *MATCHED, ("take", "department", "王", at(10, 10), {}))
    assert "要写原因；可用：not_eligible" in why_not(
        taken, "remove", "department", "李", at(10, 12)
    )
    assert "不能用于移出" in why_not(
        taken, "remove", "department", "李", at(10, 12), reason="forged"
    )
    assert "时间不能倒退" in why_not(taken, "approve", "department", "李", at(10, 9))


def test_an_amount_that_is_not_certain_is_settled_before_it_is_published() -> None:
    range_only = gone(NEW, MATCHED[0], ("match", "engine", "system", at(10, 9), {}))
    taken = gone(range_only, ("take", "department", "王", at(10, 10), {}))

    assert "金额尚未核定" in why_not(taken, "approve", "department", "李", at(10, 12))
    assert reserved_cents(taken) is None
    settled = gone(
        range_only,
        (
            "settle",
            "department",
            "王",
            at(10, 10),
            {"amount_cents": 70, "reason": "amount_fixed", "evidence": "表"},
        ),
        ("take", "department", "王", at(10, 10), {}),
        ("approve", "department", "李", at(10, 12), {}),
    )
    assert settled.amount_cents == reserved_cents(settled) == 70


def test_a_list_is_public_to_its_last_hour() -> None:
    public = gone(NEW, *PUBLICISED)

    assert "才满" in why_not(public, "notify", "platform", "system", at(10, 20, 17))
    assert gone(public, ("notify", "platform", "system", at(10, 20, 18), {})).state == "notified"
    assert "截止" in why_not(public, "object", "anyone", "周", at(10, 20, 18), evidence="信")


def test_an_objection_stops_one_case_until_it_is_answered_and_may_be_looked_at_twice() -> None:
    stopped = gone(NEW, *PUBLICISED, ("object", "anyone", "周", at(10, 19), {"evidence": "信"}))

    assert stopped.due_at == at(11, 9, 18)
    for event, role in (("notify", "platform"), ("recalculate", "engine")):
        assert "异议处理" in why_not(
            stopped,
            event,
            role,
            "system",
            at(10, 21),
            evidence="1",
            reason="datum_corrected",  # type: ignore[arg-type]
        )
    answered = gone(stopped, ("reject", "department", "王", at(10, 20), {"reason": "unfounded"}))
    assert answered.due_at == at(10, 27, 18)  # five more days in which it may be looked at again
    again = gone(
        answered,
        ("object_again", "anyone", "周", at(10, 26), {"evidence": "信", "reason": "not_accepted"}),
        ("reject", "discipline", "纪委", at(11, 2), {"reason": "unfounded"}),
    )
    assert again.due_at == at(10, 27, 18)
    assert gone(again, ("notify", "platform", "system", at(11, 2), {})).state == "notified"


def test_an_upheld_objection_leads_to_a_second_review_and_a_second_publication() -> None:
    upheld = gone(
        NEW,
        *PUBLICISED,
        ("object", "anyone", "周", at(10, 19), {"evidence": "信"}),
        ("uphold", "department", "王", at(10, 21), {"reason": "founded"}),
        ("approve", "department", "李", at(10, 22), {}),
        (
            "publicise",
            "department",
            "李",
            at(10, 23),
            {"evidence": "无不良", "document": "公示〔2026〕2号"},
        ),
    )

    assert (upheld.state, upheld.due_at) == ("publicised", at(10, 30, 18))
    out = gone(
        NEW,
        *PUBLICISED,
        ("object", "anyone", "周", at(10, 19), {"evidence": "信"}),
        ("uphold_out", "department", "王", at(10, 21), {"reason": "founded"}),
    )
    assert (out.state, reserved_cents(out)) == ("removed", 0)


def test_a_refusal_releases_the_reserve_and_may_be_taken_back_until_the_window_closes() -> None:
    declined = gone(
        NEW, *NOTIFIED,
        ("decline", "enterprise", "金昌测试", at(10, 22), {"reason": "not_wanted", "evidence": "盖章放弃书"}),
    )  # fmt: skip

    assert reserved_cents(declined) == 0
    back = gone(declined, ("reopen", "enterprise", "金昌测试", at(11, 4, 17), {}))
    assert (back.state, reserved_cents(back), back.due_at) == ("notified", 500_000, at(11, 4, 18))
    assert "截止" in why_not(declined, "reopen", "enterprise", "金昌测试", at(11, 4, 18))


def test_reminders_come_seven_three_and_one_working_days_before_the_last_day_once_each() -> None:
    case = gone(NEW, *NOTIFIED)

    assert "没有该发的提醒" in why_not(
        case, "remind", "platform", "system", at(10, 23), evidence="7"
    )
    for days, moment in ((7, at(10, 26)), (3, at(10, 30)), (1, at(11, 3))):
        case = gone(case, ("remind", "platform", "system", moment, {"evidence": str(days)}))
        assert "没有该发的提醒" in why_not(
            case, "remind", "platform", "system", moment, evidence=str(days)
        )
    assert case.due_at == at(11, 4, 18)


def test_silence_lapses_at_the_closing_hour_and_is_made_good_once_in_the_year() -> None:
    case = gone(NEW, *NOTIFIED)
    assert "才满" in why_not(case, "lapse", "platform", "system", at(11, 4, 17))
    lapsed = gone(case, ("lapse", "platform", "system", at(11, 4, 18), {}))
    assert reserved_cents(lapsed) == 0

    late = ("request_late", "enterprise", "金昌测试")
    assert "同一预算年度" in why_not(lapsed, *late, at(1, 4, year=2027), reason="missed")
    again = gone(lapsed, (*late, at(11, 5), {"reason": "missed"}))
    assert (reserved_cents(again), again.due_at) == (500_000, at(11, 19, 18))
    reminded = gone(again, ("remind", "platform", "system", at(11, 10), {"evidence": "7"}))
    twice = gone(reminded, ("lapse", "platform", "system", at(11, 19, 18), {}))
    assert "只能逾期补办一次" in why_not(twice, *late, at(11, 20), reason="missed")


def test_money_goes_to_the_enterprises_own_account_only() -> None:
    case = gone(NEW, *NOTIFIED)
    confirm = ("confirm", "enterprise", "金昌测试", at(10, 23))

    assert "没有写收款账户" in why_not(case, *confirm)
    assert "不一致" in why_not(case, *confirm, account=Account("某人", "某银行", "1"))
    nameless = msgspec.structs.replace(case, name=None)
    assert "名称未知" in why_not(nameless, *confirm, account=OWN)
    bracketed = msgspec.structs.replace(case, name="测试（金昌）公司")
    held = Account("测试 (金昌) 公司", "某银行", "1")
    assert gone(bracketed, (*confirm, {"account": held})).state == "confirmed"


def test_a_bad_account_is_mended_within_the_year_or_swept_after_it() -> None:
    bad = gone(
        NEW, *ORDERED,
        ("reject_payment", "bank", "银行", at(10, 27), {"reason": "bank_rejected", "evidence": "退回 1"}),
    )  # fmt: skip
    assert reserved_cents(bad) == 500_000

    mended = gone(bad, ("change_account", "enterprise", "金昌测试", at(11, 2), {"account": OWN}))
    assert mended.state == "confirmed"
    assert "同一预算年度" in why_not(
        bad, "change_account", "enterprise", "金昌测试", at(1, 5, year=2027), account=OWN
    )
    assert "还没有结束" in why_not(
        bad, "year_end", "finance", "赵", at(12, 31, 23), reason="year_ended"
    )
    lost = gone(bad, ("year_end", "finance", "赵", at(1, 4, year=2027), {"reason": "year_ended"}))
    assert (lost.state, reserved_cents(lost)) == ("lapsed", 0)
    assert "年末已清理" in why_not(
        lost, "request_late", "enterprise", "金昌测试", at(1, 5, year=2027), reason="missed"
    )


def test_the_budget_year_is_that_of_the_city() -> None:
    """One in the morning of New Year's Day is still the old year in UTC."""
    steps = gone(NEW, *NOTIFIED).steps
    moved = msgspec.structs.replace(steps[-1], happened_at=at(1, 1, 1, year=2027).astimezone(UTC))
    case = msgspec.structs.replace(NEW, steps=(*steps[:-1], moved))

    assert case.budget_year(at(1, 1).tzinfo) == 2027


@pytest.mark.parametrize("cause", ["our_data", "rule_misread", "forged"])
def test_what_was_paid_wrongly_is_claimed_back_with_its_cause(cause: str) -> None:
    paid = gone(NEW, *PAID)
    claim = ("claw_back", "department", "王", at(11, 2))

    assert "没有可追回的" in why_not(
        paid, *claim, amount_cents=500_000, reason=cause, evidence="对照"
    )
    assert "要写原因" in why_not(paid, *claim, amount_cents=1, evidence="对照")
    claimed = gone(paid, (*claim, {"amount_cents": 200_000, "reason": cause, "evidence": "对照"}))
    assert claimed.claim_cents == 300_000
    heard = gone(
        claimed,
        ("hear", "enterprise", "金昌测试", at(11, 4), {"evidence": "申辩书"}),
        ("drop_claim", "department", "王", at(11, 5), {"reason": "heard"}),
    )
    assert (heard.state, heard.amount_cents, heard.claim_cents) == ("paid", 500_000, 0)
    repaid = gone(claimed, ("repay", "finance", "赵", at(11, 5), {"evidence": "缴款书"}))
    assert repaid.state == "repaid"


def test_a_fall_before_payment_goes_back_to_review_and_one_under_way_waits() -> None:
    fallen = gone(
        NEW, *CONFIRMED,
        ("recalculate", "engine", "system", at(10, 24),
         {"amount_cents": 0, "reason": "datum_corrected", "evidence": "2026-09"}),
    )  # fmt: skip

    assert (fallen.state, fallen.amount_cents) == ("dept_review", 0)
    assert "金额为零" in why_not(fallen, "approve", "department", "李", at(10, 26))
    assert "已下支付令" in why_not(
        gone(NEW, *ORDERED), "recalculate", "engine", "system", at(10, 27),
        reason="datum_corrected", evidence="1",
    )  # fmt: skip


def test_who_takes_over_holds_the_case() -> None:
    more: dict[str, object] = {"heir": 7, "reason": "merged", "evidence": "公告"}
    case = gone(NEW, *NOTIFIED, ("succeed", "engine", "system", at(10, 22), more))

    assert (case.holder, case.state, case.due_at) == (7, "notified", at(11, 4, 18))
    assert "写承继企业" in why_not(case, "succeed", "engine", "system", at(10, 22), reason="merged")


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=30))
def test_whatever_is_asked_the_record_is_what_the_table_makes_of_it(
    chosen: list[tuple[int, int]],
) -> None:
    """Any lawful way: what is taken can be rebuilt, and what is reserved is the amount or nothing."""
    case: Case = NEW
    now = at(7, 1)
    for place, (which, days) in enumerate(chosen):
        ways = [one for one in TRANSITIONS if one.before == case.state]
        if not ways:
            break
        way, now = ways[which % len(ways)], now + timedelta(days=days)
        reasons = GROUND.declared.reasons.items()
        said = asked(
            way.event, way.who, f"人{place}", now, evidence="1", document="1号", account=OWN, heir=2,
            amount_cents=100 + which, reason=next((k for k, one in reasons if way.event in one.events), None),
        )  # fmt: skip
        taken = step(case, said, GROUND)
        if not isinstance(taken, Refused):
            case = msgspec.structs.replace(case, steps=(*case.steps, taken))
    assert rebuilt(case) == case
    assert reserved_cents(case) in (0, case.amount_cents)
    assert case.last("pay") is None or case.last("order") is not None
