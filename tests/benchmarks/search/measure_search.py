"""What a person waits for while typing: suggestions over HTTP, out of a whole city in a real database.

    python -m tests.benchmarks.search.measure_search [ENTERPRISES] [--postgres]

Invents names, puts them into a database, serves the pages in a process of their own and asks for
suggestions as the search box does, on one line and on two at once. Also tells how long the index took to
make, how long a restarted server takes to its first answer, and how long after a newcomer is written
it is found.
"""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # ships no types
import httpx
import polars as pl
from rich.console import Console

from matching.storage.bulk import insert_rows
from matching.storage.database import engine, make_engine
from matching.storage.migrate import migrate
from registry.enterprises.names import name_keys
from registry.enterprises.tables import Enterprise, EnterpriseName
from registry.lookup.kept import make_folder
from tests.benchmarks.names.noise import KINDS, noisy
from tests.benchmarks.names.register import invent_register
from tests.databases import postgres_server

CITY = 720_000
ASKED = 600
say = Console(highlight=False, soft_wrap=True).print
PORT = 8791
SEED = 20_261
DAY = date(2026, 9, 30)


async def found_city(url: str, register: pl.DataFrame) -> None:
    """Write an invented register into the tables."""
    await migrate(make_engine(url))
    rows = register.select("enterprise_id", "uscc", "name").with_columns(
        name_key=name_keys(pl.col("name"))
    )
    async with engine().transaction():
        await insert_rows(
            Enterprise,
            ("id", "uscc", "name", "name_key", "created_import"),
            ((*row, 1) for row in rows.select("enterprise_id", "uscc", "name", "name_key").iter_rows()),
        )  # fmt: skip
        await insert_rows(
            EnterpriseName,
            ("enterprise_id", "name", "name_key", "observed_on", "import_id"),
            ((*row, DAY, 1) for row in rows.select("enterprise_id", "name", "name_key").iter_rows()),
        )  # fmt: skip


async def indexed(url: str, folder: Path) -> float:
    """Make the index; gives seconds."""
    make_engine(url)
    start = time.perf_counter()
    await make_folder(folder / "lookup")
    seconds = time.perf_counter() - start
    await engine().close()
    return seconds


async def newcomer(url: str, number: int, name: str) -> None:
    """Write one more enterprise, as an import would."""
    await migrate(make_engine(url))
    async with engine().transaction():
        await insert_rows(
            Enterprise,
            ("id", "uscc", "name", "name_key", "created_import"),
            [(number, None, name, name, 1)],
        )
        await insert_rows(
            EnterpriseName,
            ("enterprise_id", "name", "name_key", "observed_on", "import_id"),
            [(number, name, name, DAY, 1)],
        )
    await engine().close()


def served(url: str, folder: Path) -> tuple[subprocess.Popen[bytes], float]:
    """Start the service; gives it and the seconds until it answered for the first time."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "registry.cli.main", "serve", "--no-clock", "--port", str(PORT)],
        env={**os.environ, "REGISTRY_DATABASE_URL": url, "REGISTRY_DATA_DIR": str(folder), "REGISTRY_DEMO": "true"},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    while True:
        try:
            httpx.get(
                f"http://127.0.0.1:{PORT}/search/suggestions", params={"q": "公司"}, timeout=60
            )
        except httpx.TransportError:
            time.sleep(0.02)
        else:
            return process, time.perf_counter() - start


def typed(register: pl.DataFrame) -> list[str]:
    """Give what people have in the box: beginnings of names, whole ones, and names of every noise."""
    draw = random.Random(SEED)  # noqa: S311  a benchmark, no secret
    names = draw.sample(register["name"].to_list(), ASKED)
    kinds = [draw.choice(list(KINDS)) for _ in names]
    written = [text for text in noisy(names, kinds, SEED) if text]
    begun = [name[: draw.randint(2, 8)] for name in names]
    return draw.sample(written + begun, min(ASKED, len(written) + len(begun)))


def waits(texts: Sequence[str]) -> list[float]:
    """Ask for the suggestions of each text; gives milliseconds."""
    found: list[float] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}") as client:
        for text in texts:
            start = time.perf_counter()
            client.get("/search/suggestions", params={"q": text}).raise_for_status()
            found.append((time.perf_counter() - start) * 1000)
    return found


def told(what: str, milliseconds: list[float]) -> None:
    """Print the middle and the ends of some waits."""
    sorted_ms = sorted(milliseconds)
    p50, p95, p99 = (sorted_ms[int(len(sorted_ms) * part)] for part in (0.5, 0.95, 0.99))
    say(f"{what}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, max {sorted_ms[-1]:.1f} ms")


def main(size: int, *, postgres: bool) -> None:
    """Measure and print."""
    register = invent_register(size, SEED)
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'city.sqlite'}"
        if postgres:
            server = opened.enter_context(postgres_server())
            asyncio.run(_database(server))
            url = f"{server.rpartition('/')[0]}/searched"
        asyncio.run(found_city(url, register))
        say(f"{size:,} enterprises, {'PostgreSQL' if postgres else 'SQLite'}")
        say(f"index made in {asyncio.run(indexed(url, folder)):.1f} s, "
              f"{sum(file.stat().st_size for file in (folder / 'lookup').rglob('*') if file.is_file()) / 1e6:.0f} MB")  # fmt: skip
        process, first = served(url, folder)
        try:
            say(f"first answer of a restarted server after {first:.1f} s")
            texts = typed(register)
            waits(texts[:50])
            told("suggestions, one line", waits(texts))
            with ThreadPoolExecutor(2) as two:
                both = two.map(waits, (texts[::2], texts[1::2]))
                told("suggestions, two lines at once", [one for part in both for one in part])
            _newcomer_found(url, size)
        finally:
            process.terminate()
            process.wait()


def _newcomer_found(url: str, size: int) -> None:
    name = "许昌默砚澜岚新来者示例有限公司"
    asyncio.run(newcomer(url, size + 10, name))
    start = time.perf_counter()
    answer = httpx.get(f"http://127.0.0.1:{PORT}/search/suggestions", params={"q": name}).json()
    found = answer and answer[0]["name"] == name
    say(
        f"a newcomer is found by the next search: {found}, in {(time.perf_counter() - start) * 1000:.0f} ms"
    )


async def _database(server: str) -> None:
    connection = await asyncpg.connect(server)
    await connection.execute("CREATE DATABASE searched")
    await connection.close()


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(int(given[0]) if given else CITY, postgres="--postgres" in sys.argv)
