"""What commands that judge without a run are given: a catalogue, a day, and a population from files or database."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
import polars as pl
from rich.console import Console

from matching.catalogue.load_catalogue import Catalogue, load_catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.engine.population import Population
from matching.engine.profile_table import BadCell
from registry.actions.latest_population import latest_population
from registry.cli.opening import said_plainly, the_settings, with_database
from registry.profiles.ledger_files import LedgerFiles, read_profiles

SHOWN = 20
Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
TABLE = ".parquet、.csv 或 .xlsx"
CATALOGUE = click.option(
    "--catalogue", default=SHIPPED, type=FILE, help="政策库目录；默认随系统发布的。"
)
ON = click.option(
    "--on",
    "day",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="判定日。",
)
LEDGERS = (
    click.option(
        "--relations", type=FILE, help="控股与集团关系表：enterprise_id, other_id, role。"
    ),
    click.option(
        "--evidence",
        type=FILE,
        help="凭据表（人、贷款、合同）：enterprise_id, fact, key, amount_cents。",
    ),
    click.option("--uses", type=FILE, help="已用凭据表：ledger, key, family。"),
)
POPULATION = (
    click.option("--profiles", type=FILE, help=f"画像表：{TABLE}。"),
    click.option("--database", is_flag=True, help="用数据库里最近一期匹配冻结的画像。"),
    *LEDGERS,
    CATALOGUE,
    ON,
)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a command judges.

    names  "enterprise_id" and "enterprise", of everybody who has a name.
    bad    cells of the profile table that count as unknown.
    """

    population: Population
    names: pl.DataFrame
    bad: tuple[BadCell, ...]
    catalogue: Catalogue
    on: date


def population_options(command: Command) -> Command:
    """Add the options `given` reads."""
    for option in reversed(POPULATION):
        command = option(command)
    return command


def given(**options: Any) -> Given:
    """Read what the options of `population_options` name; every problem is told, never a traceback."""
    day: datetime = options["day"]
    rules = said_plainly(lambda: load_catalogue(options["catalogue"]))
    ledgers = ledgers_of(options)
    if options["database"] == (options["profiles"] is not None):
        raise click.UsageError("--profiles 与 --database 要给、且只给其中一个")
    if options["database"]:
        if ledgers != LedgerFiles():
            raise click.UsageError("台账文件配 --profiles 用；数据库里的画像自带台账")
        judged = with_database(lambda: latest_population(the_settings().data_dir))
        return Given(
            population=judged.population,
            names=judged.names,
            bad=(),
            catalogue=rules,
            on=day.date(),
        )
    read = said_plainly(
        lambda: read_profiles(options["profiles"], rules.vocabulary, ledgers, day.date())
    )
    ids = read.population.frame["enterprise_id"]
    return Given(
        population=read.population,
        names=pl.DataFrame([ids, read.names]),
        bad=read.bad,
        catalogue=rules,
        on=day.date(),
    )


def ledgers_of(options: dict[str, Any]) -> LedgerFiles:
    """Give the ledger files among the options."""
    return LedgerFiles(
        relations=options["relations"], evidence=options["evidence"], uses=options["uses"]
    )


def tell_bad_cells(bad: tuple[BadCell, ...], console: Console) -> None:
    """Print the cells that count as unknown, the first of them."""
    for cell in bad[:SHOWN]:
        place = f"第{cell.row}行 " if cell.row else ""
        console.print(f"  按未知处理：{place}{cell.column}：{cell.problem}", style="yellow")
    if len(bad) > SHOWN:
        console.print(f"  …… 另有 {len(bad) - SHOWN} 处")
