"""My record is wrong: asked, routed, shown with its effect, decided once, counted from then, judged anew."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from matching.engine.truth import MET, OPEN, UNMET
from matching.storage.database import Database
from registry.actions.correct_record import (
    Verdicts,
    Wish,
    ask_for_correction,
    decide_correction,
    effect_of,
    show_correction,
    show_corrections,
    shown_now,
)
from registry.audit.tables import AuditEntry
from registry.corrections.files import GivenFile
from registry.corrections.types import CorrectionRefused, EntryWish, Request, Verdict
from registry.profiles.corrections import corrected_since
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile
from tests.makers import Clause, Entry, Sheet, at, catalogue_of, money, rows, take_in

pytestmark = pytest.mark.anyio

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
REVENUE = "annual_revenue@2025"
RULES = catalogue_of(
    {
        "rich": Clause(condition="{fact: annual_revenue, year: -1, at_least: 2000 万元}"),
        "titled": Clause(condition="{listed: little_giant}", amount="{fixed: 50 万元}"),
    }
)


def knew(day: int, as_of: date = SEPTEMBER) -> Knowledge:
    return Knowledge(as_of, at(10, day))


@pytest.fixture
async def town(db: Database) -> Database:
    """Enterprise 1: revenue 1,900 万元 by the tax office; the whole list of little giants has only 2."""
    await take_in(
        Sheet(number=1, department="market", observed_on=SEPTEMBER, recorded_at=at(10, 1),
              newcomers=(1, 2), facts={1: {"place": "410102"}, 2: {"place": "410102"}}),
        Sheet(number=2, department="tax", observed_on=SEPTEMBER, recorded_at=at(10, 2),
              facts={1: {REVENUE: money(1900)}}),
        Sheet(number=3, department="industry", observed_on=SEPTEMBER, recorded_at=at(10, 3),
              entries=[Entry(enterprise=2, list="little_giant", since=date(2024, 1, 1))],
              whole=["little_giant"]),
    )  # fmt: skip
    return db


async def asked(
    folder: Path, column: str = REVENUE, wanted: str | EntryWish = "2,100 万元", **more: object
) -> Request:
    given: dict[str, object] = {
        "enterprise_id": 1,
        "column": column,
        "wanted": wanted,
        "reason": "审计报告第3页",
        "asked_by": "企业1 李会计",
        **more,
    }
    return await ask_for_correction(Wish(**given), knew(10), RULES, folder)  # type: ignore[arg-type]


async def decided(number: int, verdict: Verdict, day: int = 12) -> object:
    said = Verdicts(
        number=number, verdict=verdict, reason="与申报表一致", decided_by="税务局 王科长"
    )
    return await decide_correction(said, knew(day), RULES)


async def revenue(knowledge: Knowledge) -> object:
    profile = await load_profile(1, knowledge, RULES.vocabulary)
    return profile.values[REVENUE][0].value


async def test_a_wish_goes_to_whose_word_counts_with_what_was_shown(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    paper = GivenFile("审计报告.pdf", b"%PDF-1.7")
    request = await asked(tmp_path, files=(paper,))

    assert request.department == "tax"
    assert (request.shown, request.wanted) == (str(money(1900)), str(money(2100)))
    shown = await show_correction(request.id, knew(11), RULES.vocabulary)
    assert shown is not None
    assert (shown.state, shown.decision, shown.evidence[0].file_name) == (
        "open", None, "审计报告.pdf",
    )  # fmt: skip
    assert await revenue(knew(11)) == money(1900), "asking changes nothing"


async def test_the_effect_is_told_before_anything_is_written(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    request = await asked(tmp_path)

    [change] = await effect_of(request, knew(11), RULES)

    assert (change.item_id, change.before, change.after) == ("rich", UNMET, MET)
    assert (change.after_low_cents, change.after_high_cents) == (money(10), money(10))
    assert await revenue(knew(11)) == money(1900)


async def test_accepted_it_counts_from_then_with_that_cause_and_the_firm_is_judged_anew(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    request = await asked(tmp_path)
    foreseen = await effect_of(request, knew(11), RULES)

    done = await decided(request.id, "accepted")

    assert done.changes == foreseen  # type: ignore[attr-defined]
    assert await revenue(knew(11)) == money(1900), "as it was known before the decision"
    assert await revenue(knew(13)) == money(2100)
    profile = await load_profile(1, knew(13), RULES.vocabulary)
    first, second = profile.values[REVENUE]
    assert (first.file_name, first.department) == (f"更正申请第{request.id}号", "tax")
    assert (second.value, second.chosen) == (money(1900), False)
    restated = await corrected_since(knew(11), knew(13), RULES.vocabulary)
    assert rows(restated, "enterprise_id", "column") == {(1, REVENUE)}


async def test_a_later_sheet_that_says_the_old_value_again_is_noticed(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    request = await asked(tmp_path)
    await decided(request.id, "accepted")
    [shown] = await show_corrections(knew(13), RULES.vocabulary, department="tax")
    assert (shown.state, shown.still_counts) == ("accepted", True)

    await take_in(
        Sheet(number=90, department="tax", observed_on=OCTOBER, recorded_at=at(11, 2),
              facts={1: {REVENUE: money(1900)}}),
    )  # fmt: skip

    [shown] = await show_corrections(Knowledge(OCTOBER, at(11, 3)), RULES.vocabulary)
    assert shown.still_counts is False


async def test_a_missing_entry_is_added_and_a_wrong_one_struck(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    wish = EntryWish(on=True, from_on=date(2025, 3, 1), document="工信部公告2025年第1号")
    missing = await asked(tmp_path, "little_giant", wish)
    wrong = await asked(tmp_path, "little_giant", EntryWish(on=False), enterprise_id=2)
    assert missing.department == "industry"

    gained = await decided(missing.id, "accepted")
    lost = await decided(wrong.id, "accepted")

    assert [(one.before, one.after) for one in gained.changes] == [(UNMET, MET)]  # type: ignore[attr-defined]
    assert [(one.before, one.after) for one in lost.changes] == [(MET, UNMET)]  # type: ignore[attr-defined]
    one, two = [await load_profile(n, knew(13), RULES.vocabulary) for n in (1, 2)]
    assert [(e.document, e.from_on) for e in one.entries] == [(wish.document, wish.from_on)]
    assert two.entries == ()
    before = await load_profile(2, knew(11), RULES.vocabulary)
    assert len(before.entries) == 1, "as it was known before the decision"


async def test_absence_from_a_list_grown_old_is_not_known(town: Database) -> None:  # noqa: ARG001
    words = RULES.vocabulary
    fresh = words.lists["little_giant"].fresh_days
    for days, said in ((fresh, '{"on":false'), (fresh + 1, None)):
        knowledge = Knowledge(SEPTEMBER + timedelta(days=days), at(10, 10))
        shown = await shown_now(1, "little_giant", knowledge, words)
        assert shown is None if said is None else str(shown).startswith(said)


@pytest.mark.parametrize("verdict", ["rejected", "withdrawn"])
async def test_not_accepted_nothing_is_recorded(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
    verdict: Verdict,
) -> None:
    request = await asked(tmp_path)

    done = await decided(request.id, verdict)

    assert done.changes == ()  # type: ignore[attr-defined]
    assert await revenue(knew(13)) == money(1900)
    [shown] = await show_corrections(knew(13), RULES.vocabulary, enterprise_id=1)
    assert (shown.state, shown.still_counts) == (verdict, None)


async def test_the_audit_tells_who_decided(town: Database, tmp_path: Path) -> None:  # noqa: ARG001
    request = await asked(tmp_path)
    await decided(request.id, "accepted")

    [entry] = await AuditEntry.select(AuditEntry.who, AuditEntry.action, AuditEntry.subject_id)
    assert entry == {
        "who": "税务局 王科长",
        "action": "decide_correction",
        "subject_id": str(request.id),
    }


async def test_it_is_decided_once(town: Database, tmp_path: Path) -> None:  # noqa: ARG001
    request = await asked(tmp_path)
    await decided(request.id, "rejected")

    with pytest.raises(CorrectionRefused, match="已由税务局 王科长答复"):
        await decided(request.id, "accepted")
    with pytest.raises(CorrectionRefused, match="没有第99号"):
        await decided(99, "accepted")


async def test_what_was_never_known_becomes_known(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    request = await asked(tmp_path, wanted="2,500 万元", enterprise_id=2)
    assert request.shown is None

    [change] = await effect_of(request, knew(11), RULES)
    assert (change.before, change.after) == (OPEN, MET)
    await decided(request.id, "accepted")
    as_decided = Knowledge(date(2026, 10, 12), at(10, 13))
    profile = await load_profile(2, as_decided, RULES.vocabulary)
    assert profile.values[REVENUE][0].value == money(2500)
    # Of the day it was decided as of: before eight in the morning a clock in UTC is a day behind.
    assert profile.values[REVENUE][0].observed_on == SEPTEMBER


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"wanted": "1,900 万元"}, "现在采用的就是这个值"),
        ({"wanted": "1900"}, "单位"),
        ({"column": "shoe_size"}, "没有“shoe_size”这个指标"),
        ({"column": "little_giant"}, "应不应在名录上"),
        ({"wanted": EntryWish(on=True)}, "不是名录"),
        ({"reason": "  "}, "理由"),
        ({"asked_by": ""}, "提出人"),
        ({"enterprise_id": 77}, "没有这个编号的企业"),
        ({"files": (GivenFile("程序.exe", b"MZ"),)}, "不是可接受的文件"),
    ],
)
async def test_a_wish_that_cannot_be_taken_says_why(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
    wish: dict[str, object],
    said: str,
) -> None:
    with pytest.raises(CorrectionRefused, match=said):
        await asked(tmp_path, **wish)  # type: ignore[arg-type]

    assert await show_corrections(knew(11), RULES.vocabulary) == ()


async def test_the_same_wish_twice_waits_for_one_answer(
    town: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    first = await asked(tmp_path)

    with pytest.raises(CorrectionRefused, match=f"第{first.id}号"):
        await asked(tmp_path)
