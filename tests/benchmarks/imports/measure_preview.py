"""How long a preview takes beside the import it is of, and an undo beside its effect.

    .venv/bin/python -m tests.benchmarks.imports.measure_preview --rows 50000
    .venv/bin/python -m tests.benchmarks.imports.measure_preview --rows 50000 --firms 720000
    .venv/bin/python -m tests.benchmarks.imports.measure_preview --rows 50000 --postgres

With --firms a city of so many enterprises, the firms of the sheets among them, is loaded first (not part of the
measure). A sheet of 30 columns is taken in; the next month's, of the same firms, is previewed, taken in, held against every
item as if it were taken back, and taken back. Each step in a process of its own; peak memory is that of the step.
"""

import argparse
import asyncio
import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time

import polars as pl

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.storage.database import engine, make_engine
from matching.storage.migrate import migrate
from registry.actions.import_outcome import Told
from registry.actions.import_sheets import import_sheet
from registry.actions.preview_sheet import preview_sheet
from registry.actions.read_sheet import file_at
from registry.actions.show_imports import list_imports
from registry.actions.undo_effect import undo_effect
from registry.actions.undo_import import Undoing, undo_import
from registry.demo.city import FIRST_MONTH, make_city
from registry.demo.dice import Dice
from registry.demo.facts import city_facts
from registry.demo.register_sheets import write_statistics
from tests.benchmarks.month.load_city import load_month
from tests.databases import postgres_server

NOW = datetime(2026, 11, 2, tzinfo=UTC)
DAYS = (date(2026, 9, 30), date(2026, 10, 31))
FOUNDED = date(2026, 8, 31)
LEAST = 5_000
"""A smaller city has no firms above the scale."""
RULES = shipped_catalogue()
TOLD = Told(
    recorded_at=NOW, observed_on=None, vocabulary=RULES.vocabulary, progress=lambda *_: None
)


async def found(url: str, firms: int) -> None:
    """Put a city with all its facts into the database."""
    await migrate(make_engine(url))
    await load_month(city_facts(make_city(firms), FIRST_MONTH), FOUNDED, 1)
    await engine().close()


def prepare(folder: Path, rows: int, firms: int, url: str) -> None:
    """Write the sheets and found the city."""
    write_sheets(folder, rows, firms)
    if firms:
        asyncio.run(found(url, firms))


def _apart(work: Callable[..., None], *given: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def _sheet(folder: Path, day: date) -> Path:
    return folder / f"统计局_{day}.xlsx"


def write_sheets(folder: Path, rows: int, firms: int) -> None:
    """Write the sheets of two months, of the same firms; figures of every tenth firm differ."""
    month = make_city(max(rows, firms, LEAST)).months[FIRST_MONTH]
    if month.statistics is None:
        raise ValueError("the first month has a statistics sheet")
    figures = month.statistics.drop("row", "uscc", "name")
    firms = month.market.select("row", "uscc", "name").head(rows)
    copies = pl.concat([figures] * (rows // figures.height + 1)).head(rows)
    moved = pl.concat([copies.head(rows // 10).reverse(), copies.slice(rows // 10)])
    for day, said in zip(DAYS, (copies, moved), strict=True):
        path = _sheet(folder, day)
        write_statistics(path, pl.concat([firms, said], how="horizontal"), day, Dice(1))


async def previewed(path: Path) -> str:
    preview = await preview_sheet(await file_at(path, TOLD.largest_bytes), TOLD)
    counts = {
        kind: sum(getattr(one, kind) for one in preview.facts) for kind in ("same", "changed")
    }
    return f"{counts}"


async def taken_in(path: Path) -> str:
    return f"{(await import_sheet(path, TOLD)).written.values} values"


async def effect(path: Path) -> str:
    del path
    return f"{(await undo_effect(await _last(), RULES)).judged} judged"


async def undone(path: Path) -> str:
    del path
    return f"{(await undo_import(await _last(), RULES.vocabulary)).renamed} renamed"


async def _last() -> Undoing:
    number = (await list_imports()).imports[0].id
    return Undoing(import_id=number, by="x", reason="y", now=NOW)


STEPS: dict[str, Callable[[Path], Awaitable[str]]] = {
    "preview": previewed,
    "import": taken_in,
    "effect": effect,
    "undo": undone,
}


async def one_step(step: str, url: str, path: Path) -> dict[str, object]:
    """Do one step; gives what it found, how long it took and peak memory in MB."""
    await migrate(make_engine(url))
    began, worked = perf_counter(), process_time()
    found = await STEPS[step](path)
    seconds, busy = perf_counter() - began, process_time() - worked
    await engine().close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    times = {"seconds": round(seconds, 2), "processor seconds": round(busy, 2)}
    return {"step": step, **times, "peak MB": peak, "found": found}


def measure(url: str, paths: list[Path]) -> None:
    """Do the steps one by one, each in a fresh process."""
    first, second = paths
    for step, path in (("import", first), *((step, second) for step in STEPS)):
        command = [
            sys.executable,
            "-m",
            __spec__.name,
            "--url",
            url,
            "--step",
            step,
            "--sheet",
            path,
        ]
        print(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)  # noqa: T201


def main() -> None:
    """Read the arguments; without --step, write the sheets and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=50_000)
    asked.add_argument("--firms", type=int, default=0)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--url")
    asked.add_argument("--step", choices=STEPS)
    asked.add_argument("--sheet", type=Path)
    given = asked.parse_args()
    if given.step is not None:
        sys.stdout.write(json.dumps(asyncio.run(one_step(given.step, given.url, given.sheet))))
        return
    folder = Path(tempfile.mkdtemp(prefix="registry-preview-"))
    try:
        with ExitStack() as opened:
            url = f"sqlite:///{folder / 'city.sqlite'}"
            if given.postgres:
                url = opened.enter_context(postgres_server())
            # In processes of their own: what they fill would count as the peak of those begun after.
            _apart(prepare, folder, given.rows, given.firms, url)
            measure(url, [_sheet(folder, day) for day in DAYS])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
