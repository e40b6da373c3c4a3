"""`registry import`: sheets in, with a preview first where asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click
import msgspec
import polars as pl
from rich.console import Console
from rich.progress import Progress

from registry.actions.ask_headers import Choosing, HeadersNear, decided_headers
from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.import_sheets import import_sheets
from registry.actions.preview_sheet import preview_sheet
from registry.actions.preview_types import Preview
from registry.actions.read_sheet import file_at, headers_of
from registry.cli.layout_headers import chosen_letters
from registry.cli.opening import now, rules, the_settings, with_database
from registry.cli.preview_report import show_headers, show_preview
from registry.cli.report import show_refusals
from registry.imports.harmless import harmless_table
from registry.imports.pseudonyms import pseudonyms_in
from registry.imports.types import Refusal
from registry.lookup.kept import renew_folder


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How files are taken in; `confirm`: letters of columns whose suggestion is confirmed, by whom."""

    observed_on: date | None = None
    confirmed: bool = False
    confirm: str | None = None
    by: str = ""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--observed-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="表内没有“截至…”字样时，数据所属的日期。",
)
@click.option("--preview", is_flag=True, help="只看会有什么变化，什么都不写入。")
@click.option("--confirmed", is_flag=True, help="与上一份同类表相差过大时，已核对无误，照常导入。")
@click.option(
    "--confirm",
    metavar="A,C",
    help="确认这些列的相近表头（all：全部），照此取用，导入后记住；配 --by，一次一个文件。",
)
@click.option("--by", help="谁确认的，留作依据。")
@click.option("--refused", type=click.Path(path_type=Path), help="把未采纳的单元格写到这个CSV。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def import_files(  # noqa: PLR0913  # one a switch
    files: tuple[Path, ...],
    *,
    observed_on: datetime | None,
    preview: bool,
    confirmed: bool,
    confirm: str | None,
    by: str | None,
    refused: Path | None,
    as_json: bool,
) -> None:
    """导入部门数据表（.xlsx、.csv），一次可给多个文件。

    同一个文件导入两次只算一次；有问题的单元格逐个说明，其余照常入库。先用 --preview 看会有什么变化。
    """
    if confirm is not None and (by is None or len(files) > 1):
        raise click.UsageError("--confirm 要配 --by（谁确认的），并且一次只给一个文件")
    console = Console(quiet=as_json)
    asked = Asked(
        observed_on=observed_on.date() if observed_on else None,
        confirmed=confirmed,
        confirm=confirm,
        by=by or "",
    )
    if preview:
        previews = with_database(lambda: look_at(files, console, asked))
        if as_json:
            click.echo(msgspec.json.encode(previews))
        return
    outcomes = with_database(lambda: take_in(files, console, asked))
    if as_json:
        click.echo(msgspec.json.encode(outcomes))
    all_refused = tuple(cell for outcome in outcomes for cell in outcome.refused)
    if refused is not None:
        write_refusals(refused, all_refused)
    if any(outcome.import_id is None for outcome in outcomes):
        raise SystemExit(1)


async def take_in(
    files: tuple[Path, ...], console: Console, asked: Asked
) -> tuple[ImportOutcome, ...]:
    """Import files in the given order with a progress bar, and print what became of each."""
    with told_with_bars(console, asked) as bare:
        told = await _with_headers(files[0], bare, asked)
        outcomes = await import_sheets(files, told)
        await renew_folder(the_settings().data_dir / "lookup")
    for outcome in outcomes:
        console.print(outcome.sentence())
    show_refusals(console, tuple(cell for outcome in outcomes for cell in outcome.refused))
    return outcomes


async def look_at(files: tuple[Path, ...], console: Console, asked: Asked) -> tuple[Preview, ...]:
    """Preview files one by one, each as if it alone were taken in."""
    previews: list[Preview] = []
    for path in files:
        try:
            with told_with_bars(console, asked) as bare:
                told = await _with_headers(path, bare, asked)
                found = await preview_sheet(await file_at(path, told.largest_bytes), told)
        except HeadersNear as near:
            show_headers(console, near.headers)
            raise
        show_preview(console, found, told.vocabulary)
        previews.append(found)
    return tuple(previews)


async def _with_headers(path: Path, told: Told, asked: Asked) -> Told:
    """Add what is confirmed of the headers of a file; raises LayoutError and SheetRefused."""
    if asked.confirm is None:
        return told
    file = await file_at(path, told.largest_bytes)
    found = await headers_of(file, told)
    guesses = tuple(one.guess for one in found.asked) if found else ()
    letters = chosen_letters(guesses, asked.confirm)
    if found is None or not letters:
        return told
    meanings = {one.letter: one.meaning for one in guesses if one.letter in letters}
    choosing = Choosing(meanings=meanings, by=asked.by)
    return msgspec.structs.replace(told, headers=await decided_headers(found, choosing, None, told))


@contextmanager
def told_with_bars(console: Console, asked: Asked) -> Iterator[Told]:
    """Give what is told beside files, with bars that show how far they are."""
    with Progress(console=console, transient=True) as bars:
        shown: dict[str, int] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in shown:
                shown[what] = bars.add_task(what, total=total)
            bars.update(shown[what], completed=done, total=total)  # type: ignore[arg-type]  # TaskID is an int

        yield Told(
            recorded_at=now(),
            observed_on=asked.observed_on,
            vocabulary=rules().vocabulary,
            progress=progress,
            pseudonyms=pseudonyms_in(the_settings().data_dir),
            lookup=the_settings().data_dir / "lookup",
            confirmed=asked.confirmed,
            largest_bytes=the_settings().largest_upload,
        )


def write_refusals(path: Path, refused: tuple[Refusal, ...]) -> None:
    """Write refused cells as a CSV that spreadsheets open in Chinese."""
    columns = Refusal.__struct_fields__
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        told = pl.DataFrame(
            {name: [getattr(cell, name) for cell in refused] for name in columns},
            schema_overrides={name: pl.String for name in columns if name != "row"},
        )
        file.write(harmless_table(told).write_csv(line_terminator="\r\n"))
