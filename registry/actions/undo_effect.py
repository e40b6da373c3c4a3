"""What taking an import back would change in verdicts: it is taken back, everybody touched is judged, rolled back."""

import asyncio
from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ground import Ground
from matching.engine.match import VERDICT_WORDS, decided_items, verdicts
from matching.engine.population import Population
from matching.engine.truth import MET, UNMET
from matching.language.items import Item
from matching.storage.read import read_frame
from registry.actions.import_outcome import SHANGHAI
from registry.actions.rehearse import rehearsal
from registry.actions.undo_import import A_MOMENT, TakenBack, Undoing, take_back
from registry.enterprises.store import present_names
from registry.profiles.knowledge import Knowledge, Known, known
from registry.profiles.lists import USES, read_coverage
from registry.profiles.load_population import load_population, renew_population

SHOWN = 200
NOBODY = "企业不再在库"
"""What becomes of the verdicts of an enterprise only this import has named."""


class VerdictsMoved(msgspec.Struct, frozen=True, kw_only=True):
    """How many enterprises' verdicts on an item would change so."""

    item: str
    title: str
    before: str
    after: str
    enterprises: int


class EnterpriseMoved(msgspec.Struct, frozen=True, kw_only=True):
    """One of them."""

    enterprise_id: int
    enterprise: str
    title: str
    before: str
    after: str


class UndoEffect(msgspec.Struct, frozen=True, kw_only=True):
    """What an undo would do.

    judged  enterprises held against every item, as of a day: those the import speaks of, or all of them where a
            list it gives whole, or what is used up, would change for everybody.
    first   the first SHOWN of those `moved` counts.
    """

    done: TakenBack
    on: date
    judged: int
    moved: tuple[VerdictsMoved, ...]
    first: tuple[EnterpriseMoved, ...]


async def undo_effect(asked: Undoing, catalogue: Catalogue) -> UndoEffect:
    """Say what an undo would do, and do nothing; raises UndoRefused."""
    on = asked.now.astimezone(SHANGHAI).date()
    words = catalogue.vocabulary
    async with rehearsal():
        done = await take_back(asked, words)
        moment = done.undoing.undone_at
        now, then = Knowledge(on, moment), Knowledge(on, moment - A_MOMENT)
        touched = await _touched(asked.import_id, await known(now), await known(then))
        after = await load_population(now, words)
        # As if the import came in only now: nobody else is read a second time.
        before = await renew_population(after, now, then, words)
    if touched is not None:
        before, after = before.only(touched), after.only(touched)
    items = decided_items(catalogue.items, on)
    both = await asyncio.to_thread(_both, before, after, catalogue, on)
    moved, first = _moved(both, items)
    names = dict((await present_names(first["enterprise_id"])).iter_rows())
    return UndoEffect(
        done=done,
        on=on,
        judged=both.height,
        moved=moved,
        first=tuple(
            EnterpriseMoved(enterprise=names[one["enterprise_id"]], **one)
            for one in first.iter_rows(named=True)
        ),
    )


async def _touched(import_id: int, now: Known, then: Known) -> pl.Series | None:
    """Give the enterprises an import speaks of; None where it bears on everybody."""
    coverage, covered = await read_coverage(now.imports), await read_coverage(then.imports)
    own = covered.filter(pl.col("import_id") == import_id)
    used = await read_frame(
        "SELECT id FROM evidence_use WHERE import_id = $1 LIMIT 1", {"id": pl.Int64}, [import_id]
    )
    related = await read_frame(
        "SELECT id FROM enterprise_relation WHERE import_id = $1 LIMIT 1",
        {"id": pl.Int64},
        [import_id],
    )
    if related.height:  # whoever is tied to one of them is touched as well
        return None
    if own.height or used.height or USES in set(own["list"]) or coverage.height != covered.height:
        return None
    rows = await read_frame(
        "SELECT DISTINCT enterprise_id FROM source_record WHERE import_id = $1"
        " AND enterprise_id IS NOT NULL",
        {"enterprise_id": pl.Int64},
        [import_id],
    )
    return then.of_enterprises(rows)["enterprise_id"].unique().sort()


def _both(before: Population, after: Population, catalogue: Catalogue, on: date) -> pl.DataFrame:
    """Give enterprise_id and each item's code before; behind "now:" the code after, null where it is known no longer."""
    items = decided_items(catalogue.items, on)
    then, now = (
        verdicts(items, Ground(one, catalogue.vocabulary, catalogue.definitions, on), on)
        for one in (before, after)
    )
    if not now["enterprise_id"].equals(then["enterprise_id"]):
        ids = then.select("enterprise_id")
        now = ids.join(now, on="enterprise_id", how="left", maintain_order="left")
    # Side by side, not joined: of a whole city each of the two is hundreds of megabytes.
    return then.hstack([now[item.id].alias(f"now:{item.id}") for item in items])


def _moved(
    both: pl.DataFrame, items: tuple[Item, ...]
) -> tuple[tuple[VerdictsMoved, ...], pl.DataFrame]:
    """Count the verdicts that differ, item by item, and give the first of them in words."""
    counted: list[VerdictsMoved] = []
    schema = {
        "enterprise_id": pl.Int64,
        "title": pl.String,
        "before": pl.String,
        "after": pl.String,
    }
    first = [pl.DataFrame(schema=schema)]
    for item in items:
        # Who is known no longer is counted once, not by all it does not meet anyway.
        gone = pl.col(f"now:{item.id}").is_null() & (pl.col(item.id) == UNMET)
        differs = pl.col(item.id).ne_missing(pl.col(f"now:{item.id}"))
        differ = both.filter(differs, ~gone).select(
            "enterprise_id",
            pl.lit(item.title).alias("title"),
            pl.col(item.id).replace_strict(VERDICT_WORDS, return_dtype=pl.String).alias("before"),
            pl.col(f"now:{item.id}")
            .replace_strict({**VERDICT_WORDS, None: NOBODY}, return_dtype=pl.String)
            .alias("after"),
        )
        groups = differ.group_by("before", "after", maintain_order=True).len()
        counted += [
            VerdictsMoved(item=item.id, title=item.title, before=then, after=now, enterprises=count)
            for then, now, count in groups.iter_rows()
        ]
        first.append(differ.head(max(0, SHOWN - sum(one.height for one in first))))
    met = VERDICT_WORDS[MET]
    ordered = sorted(
        counted, key=lambda one: (met not in (one.before, one.after), -one.enterprises)
    )
    return tuple(ordered), pl.concat(first)
