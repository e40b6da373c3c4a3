"""A town of eighteen firms over two months, in which every kind of change has every cause once.

September's rules and sheets are followed by October's; what must come of it stands in CHANGES.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path

import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.runs.run_month import MONTHLY
from matching.runs.store import changes_of, entitlements_of, find_run, totals_of
from matching.runs.types import Ended, Progress
from matching.storage.read import read_frame
from registry.actions.run_month import run_one_month
from tests.makers import (
    Clause,
    Entry,
    Sheet,
    Value,
    at,
    catalogue_of,
    give_addresses,
    money,
    take_in,
)

SEPTEMBER, OCTOBER = "2026-09", "2026-10"
SEPTEMBER_RUN, OCTOBER_RUN = at(10, 1, 2), at(11, 1, 2)
ADDRESSES = {1: "one@example.cn", 2: "two@example.cn", 3: "three@example.cn", 14: "last@example.cn"}

STANDING = {
    "title": Clause(condition="{listed: little_giant}", amount="{fixed: 20 万元}"),
    "title-best": Clause(
        condition="{listed: specialized_sme}",
        amount="{highest: [{when: {listed: champion_product}, fixed: 30 万元}, {fixed: 10 万元}]}",
    ),
    "robots": Clause(
        condition="{fact: robot_purchase, at_least: 50 万元}",
        amount="{share: 10 %, of: {fact: robot_purchase}, cap: 50 万元}",
    ),
    "revenue": Clause(
        condition="{fact: annual_revenue, year: 2025, at_least: 2000 万元}",
        amount="{share: 1 %, of: {fact: annual_revenue, year: 2025}}",
    ),
    "clean": Clause(
        condition="{all_of: [{fact: key_chain, is: yes}, {negate: {listed: serious_dishonesty}}]}"
    ),
    "safe": Clause(
        condition="{all_of: [{fact: power_direct, is: yes}, {negate: {listed: safety_accident}}]}"
    ),
    "ending": Clause(condition="{fact: storage_kw, at_least: 1 千瓦}", until="2026-10-15"),
    "beginning": Clause(condition="{fact: storage_kw, at_least: 1 千瓦}", since="2026-10-10"),
}
SEPTEMBER_RULES = STANDING | {
    "easier": Clause(condition="{fact: insured_months, at_least: 24 月}"),
    "stricter": Clause(condition="{fact: insured_months, at_least: 12 月}"),
    "richer": Clause(condition="{fact: military_industry, is: yes}", amount="{fixed: 1 万元}"),
    "asks-more": Clause(condition="{fact: military_industry, is: yes}"),
    "withdrawn": Clause(condition="{fact: military_industry, is: yes}"),
}
OCTOBER_RULES = STANDING | {
    "easier": Clause(condition="{fact: insured_months, at_least: 12 月}"),
    "stricter": Clause(condition="{fact: insured_months, at_least: 24 月}"),
    "richer": Clause(condition="{fact: military_industry, is: yes}", amount="{fixed: 2 万元}"),
    "asks-more": Clause(
        condition="{all_of: [{fact: military_industry, is: yes}, {fact: group_applied, is: no}]}"
    ),
}
CHANGES = {
    (1, "title", "new", "firm_data"),
    (2, "robots", "changed", "firm_data"),
    (3, "robots", "lost", "firm_data"),
    (4, "clean", "now_unknown", "firm_data"),
    (5, "easier", "new", "rule_version"),
    (5, "richer", "changed", "rule_version"),
    (5, "stricter", "lost", "rule_version"),
    (5, "withdrawn", "lost", "rule_version"),
    (5, "asks-more", "now_unknown", "rule_version"),
    (6, "title", "new", "calendar"),
    (7, "title-best", "changed", "calendar"),
    (8, "title", "lost", "calendar"),
    (9, "safe", "now_unknown", "calendar"),
    (10, "revenue", "new", "correction"),
    (11, "revenue", "changed", "correction"),
    (12, "revenue", "lost", "correction"),
    (13, "title", "now_unknown", "correction"),
    (16, "robots", "new", "firm_data"),
    (18, "ending", "lost", "calendar"),
    (18, "beginning", "new", "calendar"),
}
KEPT = 2
"""The title of 14, and the clean record of 15."""

TITLES = ("little_giant", "specialized_sme", "champion_product")
_LONG_AGO, _THREE_YEARS_AGO = date(2025, 7, 1), date(2023, 10, 16)


@cache
def rules_of(period: str) -> Catalogue:
    """Give the catalogue of a month."""
    return catalogue_of(SEPTEMBER_RULES if period == SEPTEMBER else OCTOBER_RULES)


async def september() -> None:
    """Take in the sheets of the first month."""
    day, recorded = date(2026, 9, 30), at(10, 1, 1)
    place: dict[int, dict[str, Value]] = {
        one: {"place": "410102"} for one in (*range(1, 16), 17, 18)
    }
    place[17] = {"place": "411002"}
    figures: dict[int, dict[str, Value]] = {
        2: {"robot_purchase": money(100)},
        3: {"robot_purchase": money(100)},
        4: {"key_chain": True},
        5: {"insured_months": 18, "military_industry": True},
        9: {"power_direct": True},
        10: {"annual_revenue@2025": money(1900)},
        11: {"annual_revenue@2025": money(2100)},
        12: {"annual_revenue@2025": money(2500)},
        15: {"key_chain": True},
        17: {"robot_purchase": money(100)},
        18: {"storage_kw": 10},
    }
    await take_in(
        Sheet(
            number=1,
            department="market",
            observed_on=day,
            recorded_at=recorded,
            newcomers=tuple(place),
            facts=place,
        ),
        Sheet(number=2, department="tax", observed_on=day, recorded_at=recorded, facts=figures),
        Sheet(
            number=3,
            department="industry",
            observed_on=day,
            recorded_at=recorded,
            entries=(*_titles(), Entry(enterprise=13, list="little_giant", since=_LONG_AGO)),
            whole=TITLES,
        ),
        Sheet(
            number=4,
            department="credit",
            observed_on=date(2026, 9, 10),
            recorded_at=recorded,
            whole=("serious_dishonesty", "safety_accident"),
        ),
    )
    await give_addresses(ADDRESSES)


def _titles() -> tuple[Entry, ...]:
    return (
        Entry(enterprise=6, list="little_giant", since=date(2026, 10, 10)),
        Entry(enterprise=7, list="specialized_sme", since=_LONG_AGO),
        Entry(enterprise=7, list="champion_product", since=_THREE_YEARS_AGO),
        Entry(enterprise=8, list="little_giant", since=_THREE_YEARS_AGO),
        Entry(enterprise=14, list="little_giant", since=_LONG_AGO),
    )


async def october() -> None:
    """Take in the sheets of the second month; one list is not renewed and grows stale."""
    day, recorded = date(2026, 10, 31), at(11, 1, 1)
    figures: dict[int, dict[str, Value]] = {
        2: {"robot_purchase": money(200)},
        3: {"robot_purchase": money(10)},
        10: {"annual_revenue@2025": money(2100)},
        11: {"annual_revenue@2025": money(2500)},
        12: {"annual_revenue@2025": money(1900)},
        16: {"robot_purchase": money(100)},
    }
    await take_in(
        Sheet(
            number=5,
            department="market",
            observed_on=day,
            recorded_at=recorded,
            newcomers=(16,),
            facts={one: {"place": "410102"} for one in range(1, 17)},
        ),
        Sheet(number=6, department="tax", observed_on=day, recorded_at=recorded, facts=figures),
        Sheet(
            number=7,
            department="industry",
            observed_on=day,
            recorded_at=recorded,
            entries=(
                *_titles(),
                Entry(enterprise=1, list="little_giant", since=date(2026, 9, 1)),
                Entry(enterprise=13, list="little_giant", since=None),
            ),
            whole=TITLES,
        ),
        Sheet(
            number=8,
            department="credit",
            observed_on=day,
            recorded_at=recorded,
            entries=(Entry(enterprise=4, list="serious_dishonesty"),),
            whole=("serious_dishonesty",),
        ),
    )


async def silent(step: str) -> None:
    """Say nothing of a step."""
    del step


async def play(
    period: str, data_dir: Path, now: datetime | None = None, progress: Progress = silent
) -> Ended:
    """Run a month of the town as the command line does, with mail set up."""
    return await run_one_month(
        period,
        catalogue=rules_of(period),
        data_dir=data_dir,
        mail=True,
        now=now or (SEPTEMBER_RUN if period == SEPTEMBER else OCTOBER_RUN),
        progress=progress,
    )


async def outcome(period: str) -> dict[str, object]:
    """Give everything a run leaves behind except who ran it and how often it was begun."""
    run = await find_run(MONTHLY, period)
    assert run is not None
    return {
        "known_at": run.known_at,
        "previous": run.previous,
        "counts": (run.state, run.enterprises, run.items, run.kept),
        "digests": (run.input_digest, run.rules_digest, run.receipt),
        "entitlements": (await entitlements_of(run.id)).rows(),
        "totals": (await totals_of(run.id)).rows(),
        "changes": (await changes_of(run.id)).rows(),
        "owed": (await owed(run.id)).rows(),
    }


async def owed(run_id: int) -> pl.DataFrame:
    """Give the notices of a run on each channel."""
    return await read_frame(
        "SELECT n.unique_key AS unique_key, n.subject AS subject, n.body AS body, d.channel AS"
        " channel, d.address AS address, d.state AS state FROM notice n JOIN delivery d"
        " ON d.notice_id = n.id WHERE n.run_id = $1 ORDER BY n.unique_key, d.channel, d.id",
        dict.fromkeys(("unique_key", "subject", "body", "channel", "address", "state"), pl.String),
        (run_id,),
    )
