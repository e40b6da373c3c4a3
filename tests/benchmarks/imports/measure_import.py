"""How long sheets of 30 columns take from .xlsx or .csv to the database, and how much memory.

    .venv/bin/python -m tests.benchmarks.imports.measure_import --rows 500000
    .venv/bin/python -m tests.benchmarks.imports.measure_import --rows 500000 --csv --postgres

Writes an above-scale sheet as the statistics office sends it (two header rows, merged cells, 千元 and
万千瓦时 in the header, a total row), then imports it into a new database in a process of its own.
"""

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import engine, make_engine
from matching.storage.migrate import migrate
from registry.actions.import_outcome import Told
from registry.actions.import_sheets import import_sheet
from registry.demo.city import FIRST_MONTH, make_city
from registry.demo.dice import Dice
from registry.demo.register_sheets import write_statistics
from registry.imports.read_file import read_file
from tests.databases import postgres_server

NOW = datetime(2026, 10, 2, tzinfo=UTC)


def write_sheet(path: Path, rows: int) -> int:
    """Write a sheet of so many firms; gives its number of columns."""
    month = make_city(max(rows, 5_000)).months[FIRST_MONTH]
    if month.statistics is None:
        raise ValueError("the first month has a statistics sheet")
    figures = month.statistics.drop("row", "uscc", "name")
    firms = month.market.select("row", "uscc", "name").head(rows)
    copies = pl.concat([figures] * (rows // figures.height + 1)).head(rows)
    write_statistics(path, pl.concat([firms, copies], how="horizontal"), month.day, Dice(1))
    return pl.read_excel(path, has_header=False).width


def as_csv(path: Path) -> Path:
    """Write the sheet's cells once more, as comma-separated text; gives where."""
    (grid,) = read_file(path.name, path.read_bytes())
    written = path.with_suffix(".csv")
    grid.frame.write_csv(written, include_header=False)
    return written


def peak_mb() -> int:
    """Give the most memory this program has held; getrusage would count its parent's, from before it was started."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


async def take_in(url: str, path: Path) -> dict[str, float]:
    """Import the sheet; gives seconds, rows taken, values written and peak memory in MB."""
    await migrate(make_engine(url))
    first: dict[str, float] = {}

    def progress(step: str, _done: int, _total: int) -> None:
        first.setdefault(step, perf_counter())

    began = perf_counter()
    outcome = await import_sheet(
        path,
        Told(
            recorded_at=NOW,
            observed_on=None,
            vocabulary=shipped_vocabulary(),
            progress=progress,
        ),
    )
    seconds = perf_counter() - began
    reading = first["认企业"] - began
    await engine().close()
    return {
        "seconds of reading and cleaning": round(reading, 2),
        "rows a second read and cleaned": round(outcome.rows_read / reading),
        "seconds": round(seconds, 2),
        "rows": outcome.rows_taken,
        "values": outcome.written.values,
        "refused": len(outcome.refused),
        "peak MB": peak_mb(),
    }


def measure(url: str, path: Path) -> None:
    """Import in a fresh process and print what it told."""
    command = [sys.executable, "-m", __spec__.name, "--url", url, "--sheet", str(path)]
    print(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)  # noqa: T201


def main() -> None:
    """Read the arguments; without --sheet, write one and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=50_000)
    asked.add_argument("--csv", action="store_true")
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--url")
    asked.add_argument("--sheet", type=Path)
    given = asked.parse_args()
    if given.sheet is not None:
        sys.stdout.write(json.dumps(asyncio.run(take_in(given.url, given.sheet))))
        return
    folder = Path(tempfile.mkdtemp(prefix="registry-import-"))
    try:
        path = folder / "统计局_规上企业名录.xlsx"
        print(f"{given.rows} rows × {write_sheet(path, given.rows)} columns")  # noqa: T201
        path = as_csv(path) if given.csv else path
        if given.postgres:
            with postgres_server() as url:
                measure(url, path)
        else:
            measure(f"sqlite:///{folder / 'city.sqlite'}", path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
