"""A digest says what, how much, why, and what to do; one for each enterprise with changes."""

from datetime import date

import polars as pl
import pytest

from matching.notices.compose import compose_digests
from matching.runs.types import CHANGES
from tests.makers import Clause, catalogue_of, money

RULES = catalogue_of(
    {
        "title": Clause(
            title="称号奖励", condition="{listed: little_giant}", amount="{fixed: 20 万元}"
        ),
        "revenue": Clause(
            title="营收奖励", condition="{fact: annual_revenue, year: 2025, at_least: 2000 万元}"
        ),
        "price": Clause(
            title="用电优惠",
            condition="{fact: power_direct, is: yes}",
            amount="{non_cash: 直供电价}",
        ),
    }
)
Row = dict[str, int | str | None]


def change(enterprise: int, item: str, kind: str, cause: str, **more: int | str | None) -> Row:
    amounts = dict.fromkeys(("before_low", "before_high", "after_low", "after_high", "why"))
    row: Row = {"enterprise_id": enterprise, "item_id": item, "kind": kind, "cause": cause}
    return {**row, **amounts, **more}


def told(*changes: Row) -> list[tuple[int, str, str]]:
    frame = pl.DataFrame(changes, schema=CHANGES)
    digests = compose_digests(frame, RULES, "2026-10", date(2026, 10, 31))
    return [(digest.enterprise_id, digest.subject, digest.body) for digest in digests]


def body_of(*changes: Row) -> str:
    ((_, _, body),) = told(*changes)
    return body


def test_nothing_changed_is_nothing_to_tell() -> None:
    assert told() == []


def test_each_enterprise_gets_one_digest_of_all_its_changes() -> None:
    both = told(
        change(7, "title", "new", "firm_data", after_low=money(20), after_high=money(20)),
        change(3, "title", "new", "firm_data", after_low=money(20), after_high=money(20)),
        change(7, "revenue", "lost", "correction", before_low=money(10), before_high=money(10)),
        change(7, "price", "new", "calendar", after_low=0, after_high=0),
    )

    assert [(firm, subject) for firm, subject, _ in both] == [
        (3, "2026-10 政策匹配结果：新增1项"),
        (7, "2026-10 政策匹配结果：新增2项、不再符合1项"),
    ]
    assert [both[1][2].count(title) for title in ("称号奖励", "营收奖励", "用电优惠")] == [1, 1, 1]
    assert [line[:2] for line in both[1][2].splitlines() if "【" in line] == ["1.", "2.", "3."]


def test_the_key_is_one_for_enterprise_and_period() -> None:
    frame = pl.DataFrame([change(7, "title", "new", "firm_data", after_low=1)], schema=CHANGES)

    keys = [
        compose_digests(frame, RULES, period, date(2026, 10, 31))[0].unique_key
        for period in ("2026-09", "2026-10")
    ]

    assert keys == ["digest:2026-09:7", "digest:2026-10:7"]


def test_something_new_needs_nothing_to_be_done() -> None:
    body = body_of(
        change(7, "title", "new", "firm_data", after_low=money(20), after_high=money(20))
    )

    assert "截至2026-10-31" in body
    assert "【新增】称号奖励" in body
    assert "金额：20万元" in body
    assert "原因：企业数据更新" in body
    assert "测试〔2026〕1号，第一条" in body
    assert "小巨人" in body
    assert "无需申请" in body
    assert "工信局（0371-12345678）" in body


def test_something_lost_says_what_is_missed_and_how_to_correct_it() -> None:
    body = body_of(
        change(
            7,
            "revenue",
            "lost",
            "correction",
            before_low=money(10),
            before_high=money(10),
            why="2025年营业收入不低于2,000万元",
        )
    )

    assert "【不再符合】营收奖励" in body
    assert "金额：原10万元，本期暂不列入" in body
    assert "原因：数据更正；未满足：2025年营业收入不低于2,000万元" in body
    assert "申请更正" in body


def test_something_open_is_not_called_missed() -> None:
    body = body_of(
        change(
            7, "price", "now_unknown", "calendar", before_low=0, before_high=0, why="电网直供：是"
        )
    )

    assert "【转为待定】用电优惠" in body
    assert "原因：时间推移（期限、年度）；尚不能确定：电网直供：是" in body
    assert "未满足" not in body
    assert "补" in body


def test_what_yields_to_another_item_is_not_called_missed() -> None:
    why = "让位于《营收奖励》（依据：第六条）"
    body = body_of(change(7, "price", "yielded", "firm_data", before_low=5, before_high=5, why=why))

    assert "【让位于另一事项】用电优惠" in body
    assert f"原因：企业数据更新；{why}" in body
    assert "未满足" not in body
    assert "无需操作" in body


def test_a_changed_amount_says_both() -> None:
    amounts = {
        "before_low": money(10),
        "before_high": money(10),
        "after_low": money(12.5),
        "after_high": money(12.5),
    }

    body = body_of(change(7, "title", "changed", "rule_version", **amounts))

    assert "金额：由10万元变为12.5万元" in body
    assert "原因：政策版本变化" in body


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (money(20), money(20), "金额：20万元\n"),
        (money(10), money(20), "金额：10万元至20万元（取决于待补充的数据）\n"),
        (money(10), None, "金额：至少10万元，上限待数据补充后确定\n"),
        (0, 0, "金额：0元（此前已兑付）\n"),
    ],
)
def test_an_amount_not_yet_certain_is_a_range(low: int, high: int | None, said: str) -> None:
    assert said in body_of(change(7, "title", "new", "firm_data", after_low=low, after_high=high))


def test_an_item_that_is_gone_is_still_told() -> None:
    body = body_of(
        change(
            7,
            "old-item",
            "lost",
            "rule_version",
            before_low=money(10),
            before_high=money(10),
            why="事项已从政策库撤下",
        )
    )

    assert "old-item" in body
    assert "撤下" in body
    assert "主管部门" in body
