"""Of two runs only what differs is a change, and its cause is the last step that brought it there."""

from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.profile_text import population_of_texts
from matching.runs.compare import Compared, compare, first_changes
from matching.runs.decide import decide
from matching.runs.types import CHANGES, Judged
from tests.makers import Clause, catalogue_of, money, rows

TITLE = Clause(condition="{listed: little_giant}", amount="{fixed: 20 万元}")
ROBOTS = Clause(
    condition="{fact: robot_purchase, at_least: 50 万元}",
    amount="{share: 10 %, of: {fact: robot_purchase}}",
)
RULES = {"title": TITLE, "robots": ROBOTS}
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
NOTHING: dict[str, str | None] = {"little_giant": "none", "robot_purchase": "0 元"}
Firm = dict[str, str | None]


def judged(*firms: Firm, rules: dict[str, Clause] = RULES, on: date = SEPTEMBER) -> Judged:
    everybody = [{"place": "郑州市", **NOTHING, **firm} for firm in firms]
    population = population_of_texts(everybody, shipped_vocabulary())
    return Judged(population=population, catalogue=catalogue_of(rules), as_of=on)


def compared(before: Judged, now: Judged, *restated: tuple[int, str]) -> Compared:
    corrected = pl.DataFrame(
        restated, schema={"enterprise_id": pl.Int64, "column": pl.String}, orient="row"
    )
    owed = decide(before).entitlements, decide(now).entitlements
    return compare(owed, (before, now), corrected)


def causes(found: Compared) -> set[tuple[object, ...]]:
    return rows(found.changes, "enterprise_id", "item_id", "kind", "cause")


def test_nothing_different_is_no_change() -> None:
    firms: tuple[Firm, ...] = ({"little_giant": "2025-01-01.."}, {"robot_purchase": "80 万元"}, {})

    found = compared(judged(*firms), judged(*firms, on=OCTOBER))

    assert found.changes.is_empty()
    assert found.changes.schema == CHANGES
    assert found.kept == 2


def test_the_first_run_gives_all_as_new() -> None:
    owed = decide(judged({"little_giant": "2025-01-01.."}, {})).entitlements

    found = first_changes(owed)

    assert found.changes.schema == CHANGES
    assert rows(found.changes, "enterprise_id", "kind", "cause", "after_low") == {
        (1, "new", "first_run", money(20))
    }
    assert found.kept == 0


def test_before_and_after_and_the_missed_condition_are_told() -> None:
    before = judged({"robot_purchase": "80 万元"}, {"robot_purchase": "80 万元"})
    now = judged({"robot_purchase": "40 万元"}, {"robot_purchase": "90 万元"}, on=OCTOBER)

    found = compared(before, now).changes

    lost, changed = found.sort("enterprise_id").to_dicts()
    assert (lost["before_low"], lost["before_high"]) == (money(8), money(8))
    assert (lost["after_low"], lost["after_high"]) == (None, None)
    assert lost["why"] == "工业机器人与母机购置额不低于50万元"
    assert (changed["before_low"], changed["after_low"]) == (money(8), money(9))
    assert changed["why"] is None


def test_a_title_renewed_in_the_month_it_ends_is_kept() -> None:
    before = judged({"little_giant": "2023-10-16..2026-10-15"})
    now = judged({"little_giant": "2023-10-16..2026-10-15;2026-10-16..2029-10-15"}, on=OCTOBER)

    found = compared(before, now)

    assert found.changes.is_empty()
    assert found.kept == 1


def test_what_time_has_taken_is_not_put_down_to_data_that_say_no_as_well() -> None:
    before = judged({"little_giant": "2023-10-16..2026-10-15"})
    now = judged({"little_giant": "none"}, on=OCTOBER)

    assert causes(compared(before, now, (1, "little_giant"))) == {(1, "title", "lost", "calendar")}


def test_where_rules_and_data_both_move_an_amount_the_data_come_last() -> None:
    dearer = msgspec.structs.replace(ROBOTS, amount="{share: 20 %, of: {fact: robot_purchase}}")
    before = judged({"robot_purchase": "80 万元"}, {"robot_purchase": "80 万元"})
    now = judged(
        {"robot_purchase": "90 万元"},
        {"robot_purchase": "80 万元"},
        rules=RULES | {"robots": dearer},
        on=OCTOBER,
    )

    assert causes(compared(before, now)) == {
        (1, "robots", "changed", "firm_data"),
        (2, "robots", "changed", "rule_version"),
    }


def test_where_rules_and_data_cancel_out_nothing_has_changed() -> None:
    halved = msgspec.structs.replace(ROBOTS, amount="{share: 5 %, of: {fact: robot_purchase}}")
    before = judged({"robot_purchase": "80 万元"})
    now = judged({"robot_purchase": "160 万元"}, rules=RULES | {"robots": halved}, on=OCTOBER)

    found = compared(before, now)

    assert found.changes.is_empty()
    assert found.kept == 1


def test_a_correction_explains_only_items_that_read_it() -> None:
    before = judged({"robot_purchase": "80 万元", "little_giant": "2025-01-01.."})
    now = judged({"robot_purchase": "40 万元", "little_giant": "none"}, on=OCTOBER)

    assert causes(compared(before, now, (1, "robot_purchase"), (2, "little_giant"))) == {
        (1, "robots", "lost", "correction"),
        (1, "title", "lost", "firm_data"),
    }


def test_a_firm_that_was_not_there_before_is_new_by_its_data() -> None:
    before = judged({})
    now = judged({}, {"little_giant": "2025-01-01.."}, on=OCTOBER)

    assert causes(compared(before, now)) == {(2, "title", "new", "firm_data")}


def test_a_firm_that_is_gone_loses_by_its_data() -> None:
    before = judged({}, {"little_giant": "2025-01-01.."})
    now = judged({}, on=OCTOBER)

    assert causes(compared(before, now)) == {(2, "title", "lost", "firm_data")}


def test_an_item_taken_from_the_catalogue_says_so() -> None:
    firm: Firm = {"little_giant": "2025-01-01.."}

    found = compared(judged(firm), judged(firm, rules={"robots": ROBOTS}, on=OCTOBER)).changes

    assert rows(found, "kind", "cause", "why") == {("lost", "rule_version", "事项已从政策库撤下")}


def test_an_item_that_becomes_a_mere_draft_is_lost_by_its_rules() -> None:
    firm: Firm = {"little_giant": "2025-01-01.."}
    now = judged(firm, on=OCTOBER)
    draft = msgspec.structs.replace(
        now.catalogue,
        items=tuple(msgspec.structs.replace(item, status="draft") for item in now.catalogue.items),
    )

    found = compared(judged(firm), msgspec.structs.replace(now, catalogue=draft)).changes

    assert rows(found, "kind", "cause") == {("lost", "rule_version")}
    assert "征求意见稿" in found["why"].item()


def test_a_datum_that_is_no_longer_known_opens_the_question() -> None:
    found = compared(
        judged({"robot_purchase": "80 万元"}),
        judged({"robot_purchase": None}, on=OCTOBER),
    ).changes

    assert rows(found, "kind", "cause") == {("now_unknown", "firm_data")}
    assert "工业机器人" in found["why"].item()


def test_an_upper_end_that_opens_is_a_change() -> None:
    by_sales = Clause(
        condition="{listed: little_giant}",
        amount="{share: 1 %, of: {fact: first_product_sales, year: 2025}}",
    )
    firm: Firm = {"little_giant": "2025-01-01..", "first_product_sales@2025": "0 元"}
    before = judged(firm, rules={"sales": by_sales})
    now = judged(firm | {"first_product_sales@2025": None}, rules={"sales": by_sales}, on=OCTOBER)

    found = compared(before, now).changes

    assert rows(found, "kind", "before_low", "before_high", "after_low", "after_high") == {
        ("changed", 0, 0, 0, None)
    }


SHARED = msgspec.structs.replace(
    TITLE, more="exclusive: [{with: robots, rule: highest, earlier: full, basis: 第六条}]"
)
BESIDE = {"title": SHARED, "robots": ROBOTS}
GIANT: Firm = {"little_giant": "2025-01-01..", "paid:P00": "none"}


def test_a_partner_that_gives_more_now_is_why_by_the_data_it_reads() -> None:
    before = judged({**GIANT, "robot_purchase": "80 万元"}, rules=BESIDE)
    now = judged({**GIANT, "robot_purchase": "900 万元"}, rules=BESIDE, on=OCTOBER)

    found = compared(before, now)

    assert causes(found) == {
        (1, "title", "yielded", "firm_data"),
        (1, "robots", "new", "firm_data"),
    }
    why = found.changes.filter(pl.col("item_id") == "title")["why"].item()
    assert why == "让位于《测试奖励》（依据：第六条）"


def test_a_partner_s_restated_datum_is_a_correction_of_what_yields_to_it() -> None:
    before = judged({**GIANT, "robot_purchase": "80 万元"}, rules=BESIDE)
    now = judged({**GIANT, "robot_purchase": "900 万元"}, rules=BESIDE, on=OCTOBER)

    assert causes(compared(before, now, (1, "robot_purchase"))) == {
        (1, "title", "yielded", "correction"),
        (1, "robots", "new", "correction"),
    }


def test_a_partner_made_dearer_is_why_by_its_rules() -> None:
    dearer = msgspec.structs.replace(ROBOTS, amount="{share: 50 %, of: {fact: robot_purchase}}")
    firm: Firm = {**GIANT, "robot_purchase": "80 万元"}

    found = compared(
        judged(firm, rules=BESIDE), judged(firm, rules=BESIDE | {"robots": dearer}, on=OCTOBER)
    )

    assert causes(found) == {
        (1, "title", "yielded", "rule_version"),
        (1, "robots", "new", "rule_version"),
    }


def test_a_clause_that_is_new_is_why_by_its_rules() -> None:
    firm: Firm = {**GIANT, "robot_purchase": "80 万元"}

    found = compared(judged(firm), judged(firm, rules=BESIDE, on=OCTOBER))

    assert causes(found) == {(1, "robots", "yielded", "rule_version")}


def test_a_partner_that_ends_brings_back_what_yielded_to_it_by_the_calendar() -> None:
    firm: Firm = {**GIANT, "little_giant": "2023-10-16..2026-10-15", "robot_purchase": "80 万元"}

    found = compared(judged(firm, rules=BESIDE), judged(firm, rules=BESIDE, on=OCTOBER))

    assert causes(found) == {
        (1, "title", "lost", "calendar"),
        (1, "robots", "new", "calendar"),
    }


def test_a_partner_that_is_no_longer_known_leaves_an_item_waiting() -> None:
    before = judged({**GIANT, "robot_purchase": "80 万元"}, rules=BESIDE)
    now = judged({**GIANT, "robot_purchase": None}, rules=BESIDE, on=OCTOBER)

    found = compared(before, now)

    assert causes(found) == {(1, "title", "waiting", "firm_data")}
    assert found.changes["why"].item().startswith("还不能定，取决于《测试奖励》")


def test_what_yielded_and_still_does_is_no_change() -> None:
    firm: Firm = {**GIANT, "robot_purchase": "80 万元"}

    found = compared(judged(firm, rules=BESIDE), judged(firm, rules=BESIDE, on=OCTOBER))

    assert found.changes.is_empty()
    assert found.kept == 1
