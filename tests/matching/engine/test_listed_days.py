"""Being on a list: first and last days, fresh lists, first entries, levels and batches nobody told."""

from datetime import date, timedelta

import pytest

from matching.language.conditions import Listed
from tests.matching.engine.small_world import DAY, Entry, Firm, ground_of, truths_of

GIANT = frozenset({"giant"})
REGISTER = frozenset({"register"})


def giants(*entries: Entry) -> list[Firm]:
    """Give one enterprise an entry, all its entries on the list being known."""
    return [Firm(entries=(entry,), known=GIANT) for entry in entries]


def entry(from_on: date | None, until_on: date | None = None, **more: object) -> Entry:
    return Entry(list="giant", from_on=from_on, until_on=until_on, **more)  # type: ignore[arg-type]


def test_the_first_and_the_last_day_of_an_entry_count() -> None:
    day = timedelta(days=1)
    known = giants(
        entry(DAY, DAY + day),
        entry(DAY + day, DAY + 2 * day),
        entry(DAY - day, DAY),
        entry(DAY - 2 * day, DAY - day),
    )

    assert truths_of(Listed(list="giant"), known) == [True, False, True, False]


@pytest.mark.parametrize(
    ("from_on", "last"),
    [
        pytest.param(date(2023, 7, 1), date(2026, 6, 30), id="three years to the day before"),
        pytest.param(date(2024, 2, 29), date(2027, 2, 28), id="begun on 29 February"),
        pytest.param(date(2021, 3, 1), date(2024, 2, 29), id="ended by 29 February"),
        pytest.param(date(2025, 2, 28), date(2028, 2, 27), id="ended before 28 February"),
    ],
)
def test_an_entry_without_a_last_day_runs_the_full_years_of_its_list(
    from_on: date, last: date
) -> None:
    known = giants(entry(from_on))

    assert truths_of(Listed(list="giant"), known, on=last) == [True]
    assert truths_of(Listed(list="giant"), known, on=last + timedelta(days=1)) == [False]


def test_an_entry_of_a_list_without_term_stands_until_it_is_struck_off() -> None:
    begun = date(2010, 1, 1)
    known = [
        Firm(entries=(Entry(list="register", from_on=begun, left_on=left),), known=REGISTER)
        for left in (None, DAY + timedelta(days=1), DAY, DAY - timedelta(days=1))
    ]

    assert truths_of(Listed(list="register"), known) == [True, True, False, False]


def test_the_day_asked_about_may_be_another_than_the_evidence_day() -> None:
    asked = date(2024, 6, 30)
    known = giants(entry(date(2021, 7, 1)), entry(date(2024, 7, 1)), entry(asked, asked))

    assert truths_of(Listed(list="giant", valid_on=asked), known) == [True, False, True]


def test_an_entry_had_to_begin_by_a_day_and_still_stand() -> None:
    by = date(2026, 3, 31)
    known = [
        Firm(entries=(Entry(list="register", from_on=begun, left_on=left),), known=REGISTER)
        for begun, left in ((by, None), (by + timedelta(days=1), None), (by, DAY))
    ]

    assert truths_of(Listed(list="register", since_by=by), known) == [True, False, False]
    assert truths_of(Listed(list="register", since_by=by, still=False), known) == [
        True, False, True]  # fmt: skip


def test_an_entry_that_need_not_stand_must_still_have_begun() -> None:
    known = giants(
        entry(date(2010, 1, 1), date(2013, 1, 1)), entry(DAY), entry(DAY + timedelta(days=1))
    )

    assert truths_of(Listed(list="giant", still=False), known) == [True, True, False]


@pytest.mark.parametrize(
    ("back", "expected"),
    [pytest.param(40, False, id="the last fresh day"), pytest.param(41, None, id="a day too old")],
)
def test_a_complete_list_answers_not_on_it_only_while_fresh(
    back: int, *, expected: bool | None
) -> None:
    coverage = {"blacklist": DAY - timedelta(days=back)}

    assert truths_of(Listed(list="blacklist"), [Firm()], coverage=coverage) == [expected]


def test_a_list_nobody_sent_is_unknown_for_whoever_is_not_named() -> None:
    named = Firm(entries=(Entry(list="blacklist", from_on=date(2026, 1, 1)),))

    assert truths_of(Listed(list="blacklist"), [Firm(), named]) == [None, True]


def test_the_known_entries_of_one_enterprise_say_nothing_of_another() -> None:
    known = [Firm(known=frozenset({"blacklist"})), Firm()]

    assert truths_of(Listed(list="blacklist"), known) == [False, None]


def test_an_entry_without_a_first_day_may_hold_or_not() -> None:
    known = giants(
        entry(None, DAY),
        entry(None, DAY - timedelta(days=1)),
        entry(None),
        entry(None, left_on=DAY),
    )

    assert truths_of(Listed(list="giant"), known) == [None, False, None, False]


def test_a_level_or_batch_nobody_told_leaves_it_open() -> None:
    begun = date(2025, 1, 1)
    known = giants(
        entry(begun, level="国家级", batch="第一批"),
        entry(begun, level="省级", batch="第一批"),
        entry(begun, batch="第一批"),
        entry(begun, level="国家级"),
        entry(begun, level="国家级", batch="第二批"),
    )

    condition = Listed(list="giant", levels=("国家级",), batches=("第一批",))
    assert truths_of(condition, known) == [True, False, None, None, False]


@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        pytest.param(date(2025, 12, 31), False, id="the day before the year"),
        pytest.param(date(2026, 1, 1), True, id="its first day"),
        pytest.param(date(2026, 12, 31), True, id="its last day"),
        pytest.param(date(2027, 1, 1), False, id="the day after it"),
        pytest.param(None, None, id="a day nobody told"),
    ],
)
def test_the_first_entry_ever_began_in_a_year(begun: date | None, *, expected: bool | None) -> None:
    known = giants(entry(begun))

    for condition in (
        Listed(list="giant", still=False, first_year=0),
        Listed(list="giant", still=False, first_in=(date(2026, 1, 1), date(2026, 12, 31))),
    ):
        assert truths_of(condition, known) == [expected]


def test_an_earlier_entry_rules_out_the_first_even_on_an_incomplete_list() -> None:
    early, late = entry(date(2020, 1, 1)), entry(date(2026, 3, 1))
    first = Listed(list="giant", still=False, first_year=0)
    known = [
        Firm(entries=(early, late), known=GIANT),
        Firm(entries=(early, late)),
        Firm(entries=(late,)),
        Firm(entries=(late,), known=GIANT),
        Firm(),
        Firm(known=GIANT),
    ]

    assert truths_of(first, known) == [False, False, None, True, None, False]


def test_an_earlier_entry_whose_level_nobody_told_leaves_the_first_open() -> None:
    first = Listed(list="giant", levels=("国家级",), still=False, first_year=0)
    late = entry(date(2026, 3, 1), level="国家级")
    known = [
        Firm(entries=(entry(date(2020, 1, 1), level=level), late), known=GIANT)
        for level in (None, "省级", "国家级")
    ]

    assert truths_of(first, known) == [None, True, False]


def test_the_first_of_a_batch_is_not_ruled_out_by_another_batch() -> None:
    first = Listed(list="giant", batches=("第二批",), still=False, first_year=0)
    late = entry(date(2026, 3, 1), batch="第二批")
    known = [
        Firm(entries=(entry(date(2020, 1, 1), batch=batch), late), known=GIANT)
        for batch in ("第一批", "第二批")
    ]

    assert truths_of(first, known) == [True, False]


def test_a_record_counts_for_full_years_the_anniversary_included() -> None:
    known = giants(
        entry(date(2024, 6, 30)),
        entry(date(2024, 6, 29)),
        entry(DAY),
        entry(DAY + timedelta(days=1)),
    )

    assert truths_of(Listed(list="giant", still=False, within_years=2), known) == [
        True, False, True, False]  # fmt: skip


@pytest.mark.parametrize(
    ("entry_days", "expected"),
    [
        pytest.param((DAY + timedelta(days=30), None), True, id="struck after the evidence day"),
        pytest.param((date(2026, 1, 1), DAY + timedelta(days=30)), False, id="cleared since"),
        pytest.param((DAY + timedelta(days=93), None), False, id="not yet on the run day"),
    ],
)
def test_a_negative_list_is_held_against_the_day_of_the_run(
    entry_days: tuple[date, date | None], *, expected: bool
) -> None:
    """Whoever became dishonest after the evidence day must not be paid; whoever was cleared may be."""
    begun, left = entry_days
    entries = tuple(Entry(key, from_on=begun, left_on=left) for key in ("blacklist", "register"))
    firm = Firm(entries=entries, known=frozenset({"blacklist", "register"}))
    ground = ground_of([firm], run_day=DAY + timedelta(days=92))

    def truth(key: str) -> bool | None:
        asked = ground.truth(Listed(list=key), DAY).alias("truth")
        found: bool | None = ground.collect(asked)["truth"][0]
        return found

    assert truth("blacklist") is expected
    assert truth("register") is (begun <= DAY)


def test_one_entry_that_holds_is_enough() -> None:
    over, stands = entry(date(2015, 1, 1)), entry(date(2025, 1, 1))

    assert truths_of(Listed(list="giant"), [Firm(entries=(over, stands))]) == [True]


def test_a_first_entry_struck_off_is_no_recognition_and_still_an_earlier_one() -> None:
    first = Listed(list="giant", still=False, first_year=0)
    struck_this_year = entry(date(2026, 2, 1), left_on=DAY)
    struck_before = entry(date(2020, 2, 1), left_on=date(2021, 1, 1))
    again = entry(date(2026, 3, 1))
    known = [
        Firm(entries=entries, known=GIANT)
        for entries in ((struck_this_year,), (struck_this_year, again), (struck_before, again))
    ]

    assert truths_of(first, known) == [False, True, False]


@pytest.mark.parametrize("condition", [{"first_year": 0}, {"first_in": (date(2026, 1, 1), DAY)}])
def test_a_first_entry_struck_off_by_the_day_is_no_recognition_any_more(
    condition: dict[str, object],
) -> None:
    first = Listed(list="giant", still=False, **condition)  # type: ignore[arg-type]
    begun, day = date(2026, 3, 1), timedelta(days=1)
    known = giants(*(entry(begun, left_on=left) for left in (None, DAY + day, DAY, DAY - day)))

    assert truths_of(first, known) == [True, True, False, False]


def test_a_negative_list_is_held_against_the_day_of_the_run_whatever_the_evidence_day() -> None:
    day = timedelta(days=1)
    spells = [
        (DAY - day, None),
        (DAY + day, None),
        (DAY - 9 * day, DAY + day),
        (DAY + 3 * day, None),
    ]
    known = [
        Firm(
            entries=(Entry(list="blacklist", from_on=begun, left_on=left),),
            known=frozenset({"blacklist"}),
        )
        for begun, left in spells
    ]
    ground = ground_of(known, run_day=DAY + 2 * day)
    listed = Listed(list="blacklist")

    found = ground.collect(ground.truth(listed, DAY).alias("found"))["found"].to_list()

    assert found == [True, True, False, False]
    assert truths_of(listed, known) == [True, False, True, False]
