"""Judge a table of profiles by the standards of every title: files in, one row an enterprise and criterion out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.assess import NOT_APPLICABLE, Assessment, assess, criteria_of
from matching.engine.ground import Ground
from matching.engine.match import VERDICT_WORDS
from matching.engine.profile_table import BadCell, ProfileTable
from matching.language.standards import Kind, Standard
from registry.actions.name_missing import Asked, missing_of
from registry.profiles.ledger_files import NO_LEDGERS, LedgerFiles, read_profiles
from registry.profiles.table_files import check_writable, write_table

TIER_VERDICT_WORDS = {**VERDICT_WORDS, NOT_APPLICABLE: "不适用"}
COLUMNS = {
    "row": pl.Int64,
    "enterprise": pl.String,
    "tier": pl.String,
    "title": pl.String,
    "kind": pl.String,
    "standard": pl.String,
    "criterion": pl.String,
    "article": pl.String,
    "verdict": pl.String,
    "missing": pl.String,
}


class NoStandard(Exception):
    """No title has a standard for that kind of application and day; says what there is."""


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """How it ended: verdict words counted by title, and the cells that were left out as unknown."""

    enterprises: int
    kind: Kind
    standards: tuple[str, ...]
    counts: dict[str, dict[str, int]]
    bad: tuple[BadCell, ...]


def assess_tiers(  # noqa: PLR0913, PLR0917  the files of one assessment
    profiles: Path,
    catalogue: Catalogue,
    on: date,
    kind: Kind,
    out: Path,
    ledgers: LedgerFiles = NO_LEDGERS,
) -> Assessed:
    """Write one row an enterprise, title and criterion, and one for the title itself (criterion empty).

    standard is the version that judges it; empty where its place leaves that open. missing names, of a criterion that
    is open, the data that leave it open and who has them. Raises ProfilesRefused where a
    file is no table, NoStandard where nothing judges that day.
    """
    check_writable(out)
    if not any(one.judges(kind, on) for one in catalogue.standards):
        raise NoStandard(_nothing_judges(catalogue.standards, kind, on))
    read = read_profiles(profiles, catalogue.vocabulary, ledgers, on)
    ground = Ground(read.population, catalogue.vocabulary, catalogue.definitions, on)
    found = assess(catalogue.standards, ground, on, kind)
    parts = [
        part
        for tier, judging in found.standards.items()
        if judging
        for part in _rows(tier, found, read, catalogue, Asked(ground, catalogue, on, kind))
    ]
    order = pl.int_range(pl.len()).alias("place")
    table = pl.concat([pl.DataFrame(schema=COLUMNS), *parts])
    write_table(table.with_columns(order).sort("row", "place").drop("place"), out)
    return Assessed(
        enterprises=read.population.frame.height,
        kind=kind,
        standards=tuple(one.id for several in found.standards.values() for one in several),
        counts=_counts(found),
        bad=read.bad,
    )


def _nothing_judges(standards: tuple[Standard, ...], kind: Kind, on: date) -> str:
    if not standards:
        return "这个政策库里没有称号标准；请给出有 tiers.yml 和 standards/ 的目录"
    firsts = [one.valid[kind].since for one in standards if kind in one.valid]
    said = f"最早的自{min(firsts)}起" if firsts else f"没有一个判定{kind}"
    return f"{on}没有判定{kind}的标准（{said}）；请核对 --on 与 --kind"


def _rows(
    tier: str, found: Assessment, read: ProfileTable, catalogue: Catalogue, asked: Asked
) -> Iterator[pl.DataFrame]:
    """Give the rows of a title: first its own verdict, then a frame a criterion."""
    judging = found.standards[tier]
    names = dict(enumerate(one.id for one in judging))
    standard = found.applied[tier].replace_strict(names, return_dtype=pl.String)
    for name in (None, *criteria_of(judging)):
        articles = {
            place: next((c.article for c in one.criteria if c.id == name), None)
            for place, one in enumerate(judging)
        }
        codes = found.codes[tier if name is None else f"{tier}:{name}"]
        yield pl.DataFrame(
            [
                read.population.frame["enterprise_id"].alias("row"),
                read.names.alias("enterprise"),
                pl.Series("tier", [tier]).new_from_index(0, len(codes)),
                pl.Series("title", [catalogue.tiers[tier].label]).new_from_index(0, len(codes)),
                pl.Series("kind", [asked.kind]).new_from_index(0, len(codes)),
                standard.alias("standard"),
                pl.Series("criterion", [name], dtype=pl.String).new_from_index(0, len(codes)),
                found.applied[tier]
                .replace_strict(articles, return_dtype=pl.String)
                .alias("article"),
                codes.replace_strict(TIER_VERDICT_WORDS, return_dtype=pl.String).alias("verdict"),
                missing_of(tier, name, found, asked).alias("missing"),
            ]
        )


def _counts(found: Assessment) -> dict[str, dict[str, int]]:
    """Count enterprises by title and verdict word."""
    words = {
        tier: found.codes[tier].replace_strict(TIER_VERDICT_WORDS, return_dtype=pl.String)
        for tier, judging in found.standards.items()
        if judging
    }
    return {tier: dict(sorted(said.value_counts().iter_rows())) for tier, said in words.items()}
