"""How long a month takes from database to database, and where the time goes.

    .venv/bin/python -m tests.benchmarks.month.measure_month --size 720000
    .venv/bin/python -m tests.benchmarks.month.measure_month --size 720000 --postgres

Loads a generated city (not part of the measure), then decides two months with the shipped catalogue,
each in a process of its own so that its peak memory is its own. Before the second month 1 % of the
enterprises get a new figure, besides the generator's own news of that month.
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.storage.bulk import insert_rows
from matching.storage.database import engine, make_engine
from matching.storage.migrate import migrate
from registry.actions.run_month import run_one_month
from registry.demo.city import make_city
from registry.demo.facts import city_facts
from registry.imports.tables import Import
from registry.profiles.tables import FactValue
from tests.benchmarks.month.load_city import load_month
from tests.databases import postgres_server

FIRST, SECOND = "2026-09", "2026-10"
DAYS = {FIRST: date(2026, 9, 30), SECOND: date(2026, 10, 31)}
NOWS = {FIRST: datetime(2026, 10, 2, tzinfo=UTC), SECOND: datetime(2026, 11, 2, tzinfo=UTC)}


async def load(url: str, size: int, month: str) -> None:
    """Put one month of the city into the database, and in the second one 1 % of new figures."""
    city = make_city(size)
    await migrate(make_engine(url))
    await load_month(city_facts(city, month), DAYS[month], 1 if month == FIRST else 101)
    if month == SECOND:
        async with engine().transaction():
            await insert_rows(
                Import,
                (
                    "id", "file_name", "sha256", "layout", "department", "observed_on",
                    "recorded_at", "rows_read", "rows_taken", "rows_refused",
                ),
                [
                    (999, "one in a hundred", "9" * 64, "generated", "tax", DAYS[month],
                     NOWS[FIRST], 0, 0, 0)
                ],
            )  # fmt: skip
            await insert_rows(
                FactValue,
                ("enterprise_id", "fact", "period", "number", "observed_on", "import_id"),
                (
                    (number, "annual_revenue", "2025", number * 100, DAYS[month], 999)
                    for number in range(1, size + 1, 100)
                ),
            )
    await engine().close()


async def decide(url: str, data_dir: Path, month: str) -> dict[str, float]:
    """Run one month and give seconds a step, the whole, and the peak memory in MB."""
    rules = shipped_catalogue()
    await migrate(make_engine(url))
    began = last = perf_counter()
    steps: dict[str, float] = {}

    async def progress(step: str) -> None:
        nonlocal last
        here = perf_counter()
        steps[step] = here - last
        last = here

    await run_one_month(
        month, catalogue=rules, data_dir=data_dir, mail=True, now=NOWS[month], progress=progress
    )
    steps["whole"] = perf_counter() - began
    steps["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    await engine().close()
    return steps


def measure(url: str, folder: Path, size: int) -> None:
    """Load and decide both months, each step in a fresh process, and print the figures."""
    for month in (FIRST, SECOND):
        for work in ("load", "decide"):
            began = perf_counter()
            told = subprocess.run(
                [sys.executable, "-m", __spec__.name, "--work", work, "--month", month,
                 "--url", url, "--folder", str(folder), "--size", str(size)],
                check=True, stdout=subprocess.PIPE, text=True, env={**os.environ},
            ).stdout  # fmt: skip
            if work == "load":
                print(f"{month} loaded in {perf_counter() - began:.1f} s (not measured)")  # noqa: T201
            else:
                print(f"{month} decided", json.loads(told))  # noqa: T201


def main() -> None:
    """Read the arguments; without --work, measure everything."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=720_000)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--work", choices=("load", "decide"))
    asked.add_argument("--month")
    asked.add_argument("--url")
    asked.add_argument("--folder", type=Path)
    given = asked.parse_args()
    if given.work == "load":
        asyncio.run(load(given.url, given.size, given.month))
    elif given.work == "decide":
        steps = asyncio.run(decide(given.url, given.folder, given.month))
        sys.stdout.write(json.dumps({name: round(value, 2) for name, value in steps.items()}))
    else:
        folder = Path(tempfile.mkdtemp(prefix="registry-month-"))
        try:
            if given.postgres:
                with postgres_server() as url:
                    measure(url, folder, given.size)
            else:
                measure(f"sqlite:///{folder / 'city.sqlite'}", folder, given.size)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
