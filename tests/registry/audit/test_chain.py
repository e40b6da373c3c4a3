"""The chain alone: numbers, days, and what a changed day looks like."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from registry.audit.chain import START, chained, hash_of, wrong_with_day
from registry.audit.types import Entry, Head, Kept

MORNING = datetime(2026, 11, 2, 1, tzinfo=UTC)
DAY = date(2026, 11, 2)


def entry(number: int, day: date = DAY) -> Entry:
    return Entry(
        at=MORNING + timedelta(minutes=number),
        day=day,
        who="王科长",
        action="change_pool",
        what={"z": 1, "a": number},
    )


def a_day(count: int) -> tuple[list[Kept], Head]:
    kept: list[Kept] = []
    head: Head | None = None
    for number in range(1, count + 1):
        kept.append(chained(entry(number), head))
        head = Head(kept[-1].day, kept[-1].number, kept[-1].hash)
    assert head is not None
    return kept, head


def harms(entries: list[Kept], head: Head | None, before: str | None = START) -> list[object]:
    return [(one.harm, one.number) for one in wrong_with_day(DAY, entries, head, before)]


def test_each_entry_holds_the_hash_of_the_one_before_it() -> None:
    kept, head = a_day(3)

    assert [one.number for one in kept] == [1, 2, 3]
    assert [one.before for one in kept] == [START, kept[0].hash, kept[1].hash]
    assert harms(kept, head) == []


def test_a_new_day_begins_with_the_last_of_the_day_before() -> None:
    _, head = a_day(2)
    first = chained(entry(9, DAY + timedelta(days=1)), head)

    assert (first.number, first.before) == (1, head.hash)


def test_a_clock_set_back_does_not_open_a_day_that_is_over() -> None:
    _, head = a_day(2)
    late = chained(entry(9, DAY - timedelta(days=3)), head)

    assert (late.day, late.number) == (DAY, 3)


def test_the_same_told_in_another_order_has_the_same_hash() -> None:
    one = chained(entry(1), None)
    other = chained(msgspec.structs.replace(entry(1), what={"a": 1, "z": 1}), None)

    assert one == other


def test_any_altered_field_is_found() -> None:
    [kept], head = a_day(1)
    for field in Kept.__struct_fields__:
        value = getattr(kept, field)
        other = {
            "day": DAY + timedelta(days=1),
            "number": 1,
            "at": value,
            "person_id": 4,
        }.get(field, "0" if field in {"before", "hash"} else "别的")
        altered = msgspec.structs.replace(kept, **{field: other})
        if other == value:
            continue
        assert hash_of(altered) != altered.hash, field
        assert ("altered", 1) in harms([altered], head), field


def test_what_is_taken_from_the_middle_or_the_end_is_missing() -> None:
    kept, head = a_day(5)

    assert harms([kept[0], *kept[3:]], head) == [("missing", 2)]
    assert harms(kept[:3], head) == [("missing", 4)]
    assert harms([], head) == [("missing", 1)]
    assert harms(kept, None) == [("missing", None)]


def test_what_is_put_in_is_inserted() -> None:
    kept, head = a_day(2)
    more = chained(entry(7), head)

    assert harms([*kept, more], head)[0] == ("inserted", 3)
    assert ("inserted", 2) in harms([*kept, kept[1]], head)


def test_one_replaced_with_a_right_hash_breaks_the_chain() -> None:
    kept, head = a_day(3)
    forged = chained(entry(8), Head(DAY, 1, kept[0].hash))

    assert harms([kept[0], forged, kept[2]], head) == [("broken", 3)]
    last = chained(entry(8), Head(DAY, 2, kept[1].hash))
    assert harms([*kept[:2], last], head) == [("broken", 3)]
    assert harms(kept, head, before="f" * 64) == [("broken", 1)]
