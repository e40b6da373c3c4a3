"""金昌's 122 enterprises: who is on which list, and what became of whom in the pools this year."""

from datetime import date

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.actions.change_pool import change_pool
from registry.pool.declared import shipped_pools
from registry.pool.types import Asked, Event
from tests.makers import Entry, Sheet, at, take_in

RULES = (shipped_pools(), shipped_vocabulary())
ON = date(2026, 10, 31)
KNOWN = at(11, 1)

SCALE = tuple(range(1, 61))
INNOVATIVE = tuple(range(61, 92))
SPECIALIZED = tuple(range(92, 110))
GIANTS = tuple(range(110, 123))
NEW_ON_SCALE, RECOGNISED, RECOMMENDED = SCALE[:7], INNOVATIVE[:11], INNOVATIVE[11:19]


def place_of(enterprise: int) -> str | None:
    """Two districts; of the last nobody has told where it is."""
    if enterprise == GIANTS[-1]:
        return None
    return "410102" if enterprise % 2 else "410105"


async def found_jinchang() -> None:
    """Take in the lists, then do the year's work in the pools.

    A giant still stands on the lists below, one of them twice: it must be counted once all the same.
    """
    everybody = (*SCALE, *INNOVATIVE, *SPECIALIZED, *GIANTS)
    since = date(2025, 6, 1)
    await take_in(
        Sheet(
            number=1,
            department="industry",
            observed_on=date(2025, 12, 31),
            recorded_at=at(1, 2),
            newcomers=everybody,
            facts={
                one: {"place": place} for one in everybody if (place := place_of(one)) is not None
            },
            entries=[
                *(
                    Entry(enterprise=one, list="innovative_sme", since=since)
                    for one in everybody[71:]
                ),
                *(
                    Entry(enterprise=one, list="specialized_sme", since=since)
                    for one in (*SPECIALIZED, *GIANTS, GIANTS[0])
                ),
                *(Entry(enterprise=one, list="little_giant", since=since) for one in GIANTS),
            ],
            whole=("innovative_sme", "specialized_sme", "little_giant"),
        )
    )
    await do("small_to_scale", SCALE, "admit", date(2025, 12, 1), "selected")
    await do("innovative", RECOGNISED, "admit", date(2026, 2, 1), "near_the_line")
    await do("innovative", RECOGNISED, "recognise", date(2026, 5, 20), "announced")
    await do("specialized", RECOMMENDED, "admit", date(2026, 3, 1), "near_the_line")
    await do("specialized", RECOMMENDED, "recommend", date(2026, 6, 30), "meets_criteria")
    await do("small_to_scale", NEW_ON_SCALE, "recognise", date(2026, 9, 30), "in_register")


async def do(pool: str, enterprises: tuple[int, ...], event: Event, on: date, reason: str) -> None:
    """Make a change of a batch on its day."""
    now = at(on.month, on.day, year=on.year)
    asked = Asked(event=event, by="王科长", on=on, now=now, reason=reason, officer="赵干事")
    await change_pool(pool, enterprises, asked, RULES)
