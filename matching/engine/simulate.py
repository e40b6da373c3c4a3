"""What a draft or a changed version would do: takers and money over a whole population, beside the version in force.

Cautious figures count who certainly meets the item, with the least it gives; open ones everybody it is not
ruled out for (符合, 待补充, 需人工), with the most. Money nobody can bound is counted, never added as nothing.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.groups import USUAL, Cells, Groups, cells_of, groups
from matching.engine.match import payable, whole_condition, with_persons
from matching.engine.pay import amount_range
from matching.engine.reasons import reason_codes
from matching.engine.staged import places
from matching.engine.truth import MET, OPEN, PERSON, UNMET, verdict
from matching.language.items import Item

Sampled = Literal["entering", "leaving", "unknown"]
STATES = {MET: "met", UNMET: "unmet", OPEN: "unknown", PERSON: "person"}
FIGURES = ("met", "unmet", "unknown", "person", "certain_cents", "possible_cents", "endless")
SAMPLE = 10
NOBODY = 9
"""Stands for the verdict of a version that is not there, in keys only."""


class Takers(msgspec.Struct, frozen=True, kw_only=True):
    """How one version comes out over everybody.

    certain_cents   the least it gives to those who meet it.
    possible_cents  the most it gives to those it is not ruled out for, as far as an upper end is known.
    endless         how many of those have no upper end anybody can name.
    """

    met: int
    unmet: int
    unknown: int
    person: int
    certain_cents: int
    possible_cents: int
    endless: int


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """One item over a population, against a version in force or against nothing.

    held_back    why a met item is no entitlement on that day; empty where it is one.
    before       None: compared with nothing.
    entering     who meets it and did not before; `leaving`: the reverse.
    transitions  one row a pair of verdicts: "before" (null: no version), "after", "enterprises",
                 "certain_before", "certain_after" (分).
    splits       by what it was split: "group" (null: not known), "name", "enterprises", FIGURES, "entering",
                 "leaving", and FIGURES of the version before with "_before" (null: no version).
    samples      "sample", "enterprise_id", "reasons": some who enter (why not before), who leave (why not
                 now), and of whom a datum is missing (which), spread over the population.
    """

    item_id: str
    version: str
    against: str | None
    against_version: str | None
    on: date
    enterprises: int
    held_back: str
    after: Takers
    before: Takers | None
    entering: int
    leaving: int
    transitions: pl.DataFrame
    splits: dict[str, pl.DataFrame]
    samples: pl.DataFrame


class Simulator:
    """A population made ready to be asked again and again while somebody edits. Not thread-safe."""

    def __init__(self, ground: Ground, on: date, by: Sequence[str] = USUAL) -> None:
        """Put the population into groups; raises GroupingRefused.

        ground  its `run_day` should be `on`.
        by      splits wanted, as `matching.engine.groups.groups` reads them.
        """
        self.ground = ground
        self.on = on
        self.splits: tuple[Groups, ...] = tuple(
            groups(split, ground, on) for split in dict.fromkeys(by)
        )
        self.cells: Cells = cells_of(self.splits, ground.population.frame.height)

    def simulate(self, item: Item, against: Item | None = None) -> Simulation:
        """Decide an item for everybody, and the version it is held against."""
        rows = self._decided(item, against)
        cube = _cube(rows)
        whole = _figures(cube, [], against is not None).row(0, named=True)
        return Simulation(
            item_id=item.id,
            version=item.version,
            against=against.id if against is not None else None,
            against_version=against.version if against is not None else None,
            on=self.on,
            enterprises=rows.height,
            held_back=payable(item, self.on).reason,
            after=_takers(whole, ""),
            before=_takers(whole, "_before") if against is not None else None,
            entering=whole["entering"],
            leaving=whole["leaving"],
            transitions=_transitions(cube),
            splits={split.by: self._split(cube, split, against) for split in self.splits},
            samples=self._samples(rows, item, against),
        )

    def _decided(self, item: Item, against: Item | None) -> pl.DataFrame:
        """Give verdict, least and most of both versions and the cell of every row."""
        after = self._version(item, "")
        if against is not None:
            before = self._version(against, "_before")
        else:
            nobody = pl.repeat(NOBODY, len(self.cells.codes), dtype=pl.UInt8, eager=True)
            nothing = pl.repeat(None, len(nobody), dtype=pl.Int64, eager=True)
            before = [
                nobody.alias("code_before"),
                nothing.alias("low_before"),
                nothing.alias("high_before"),
            ]
        ids = self.ground.population.frame["enterprise_id"]
        return pl.DataFrame([ids, *after, *before, self.cells.codes.alias("cell")])

    def _version(self, item: Item, end: str) -> list[pl.Series]:
        """Give code, least and most of every row; both ends are 0 where it is unmet, and not computed."""
        day = item.evidence(self.on)
        condition = whole_condition(item, self.ground.vocabulary.places.root)
        truth = self.ground.collect(self.ground.guarded_truth(condition, day).alias("truth"))[
            "truth"
        ]
        sure = pl.select(verdict(pl.lit(truth), None).alias("code")).to_series()
        codes = with_persons(item, sure, self.ground, self.on)
        rows = places(codes != UNMET)
        low, high = amount_range(item.amount, self.ground, day)
        few = self.ground.collect_at(rows, low.alias("low"), high.alias("high"))
        nothing = pl.repeat(0, len(truth), dtype=pl.Int64, eager=True)
        ends = [
            nothing.clone().scatter(rows, few[name]).alias(f"{name}{end}")
            for name in ("low", "high")
        ]
        return [codes.alias(f"code{end}"), *ends]

    def _split(self, cube: pl.DataFrame, split: Groups, against: Item | None) -> pl.DataFrame:
        named = cube.join(self.cells.frame.select("cell", split.by), on="cell", how="left")
        found = _figures(named, [split.by], against is not None).sort(split.by)
        keys = pl.Series(split.keys, dtype=pl.String).gather(found[split.by]).alias("group")
        names = pl.Series(split.names, dtype=pl.String).gather(found[split.by]).alias("name")
        return pl.DataFrame([keys, names]).hstack(found.drop(split.by).get_columns())

    def _samples(self, rows: pl.DataFrame, item: Item, against: Item | None) -> pl.DataFrame:
        entering, leaving = _moves()
        wanted: tuple[tuple[Sampled, pl.Expr, Item | None], ...] = (
            ("entering", entering, against),
            ("leaving", leaving, item),
            ("unknown", pl.col("code") == OPEN, item),
        )
        parts = [self._sample(rows, *asked) for asked in wanted]
        return pl.concat(parts)

    def _sample(
        self, rows: pl.DataFrame, name: Sampled, which: pl.Expr, because_of: Item | None
    ) -> pl.DataFrame:
        found = rows.select(which.arg_true()).to_series()
        chosen = found.gather_every(max(1, len(found) // SAMPLE)).head(SAMPLE)
        if because_of is None:
            reasons = pl.lit(None, dtype=pl.String)
        else:
            reasons = reason_codes(because_of, self.ground, self.on)
        few = self.ground.collect_at(chosen, reasons.alias("reasons"))
        return few.select(pl.lit(name, dtype=pl.String).alias("sample"), "enterprise_id", "reasons")


def simulation_json(result: Simulation) -> bytes:
    """Give a simulation as JSON: frames as lists of rows, days as text, money in 分."""
    # Not msgspec's own encoder: a nation's sums may pass the 64 bits it can write.
    return json.dumps(msgspec.to_builtins(result, enc_hook=_rows_of), ensure_ascii=False).encode()


def _rows_of(frame: object) -> object:
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    raise NotImplementedError(f"{type(frame).__name__} has no form in JSON")


def _moves() -> tuple[pl.Expr, pl.Expr]:
    """Say who enters and who leaves."""
    now, before = pl.col("code") == MET, pl.col("code_before") == MET
    return now & ~before, before & ~now


def _cube(rows: pl.DataFrame) -> pl.DataFrame:
    """Count and add up the rows of each cell and pair of verdicts: the only pass over everybody."""
    key = (pl.col("cell").cast(pl.UInt64) * 10 + pl.col("code_before")) * 10 + pl.col("code")
    ends = ("low", "high", "low_before", "high_before")
    # Sums of 分 over a nation pass 64 bits; where they surely do not, the narrow sum is the same.
    reach = rows.select(pl.max_horizontal(pl.col(end).max().fill_null(0) for end in ends)).item()
    kind = pl.Int64() if reach * max(rows.height, 1) < 2**63 else pl.Int128()
    found = (
        rows.lazy()
        .select(key.alias("key"), *ends)
        .group_by("key")
        .agg(
            pl.len().alias("enterprises"),
            *(pl.col(end).cast(kind).sum() for end in ends),
            *(pl.col(end).null_count().alias(f"{end}_null") for end in ("high", "high_before")),
        )
        .collect()
    )
    return found.select(
        (pl.col("key") // 100).cast(pl.UInt32).alias("cell"),
        (pl.col("key") // 10 % 10).cast(pl.UInt8).alias("code_before"),
        (pl.col("key") % 10).cast(pl.UInt8).alias("code"),
        pl.col("enterprises", "high_null", "high_before_null").cast(pl.Int64),
        pl.col(ends).cast(pl.Int128),
    )


def _figures(cube: pl.DataFrame, by: list[str], compared: bool) -> pl.DataFrame:  # noqa: FBT001  private
    entering, leaving = _moves()
    count = pl.col("enterprises")
    wanted = [
        count.sum(),
        *_version_figures(""),
        count.filter(entering).sum().alias("entering"),
        count.filter(leaving).sum().alias("leaving"),
    ]
    if compared:
        wanted += _version_figures("_before")
    else:
        wanted += [pl.lit(None, dtype=pl.Int64).alias(f"{name}_before") for name in FIGURES]
    return cube.group_by(by).agg(wanted) if by else cube.select(wanted)


def _version_figures(end: str) -> list[pl.Expr]:
    code, count = pl.col(f"code{end}"), pl.col("enterprises")
    states = [
        count.filter(code == value).sum().alias(f"{name}{end}") for value, name in STATES.items()
    ]
    open_to = code != UNMET
    return [
        *states,
        pl.col(f"low{end}").filter(code == MET).sum().alias(f"certain_cents{end}"),
        pl.col(f"high{end}").filter(open_to).sum().alias(f"possible_cents{end}"),
        pl.col(f"high{end}_null").filter(open_to).sum().alias(f"endless{end}"),
    ]


def _takers(whole: dict[str, int], end: str) -> Takers:
    return msgspec.convert({name: whole[f"{name}{end}"] for name in FIGURES}, Takers)


def _transitions(cube: pl.DataFrame) -> pl.DataFrame:
    """Give how many went from which verdict to which, in the order of the codes."""
    words = {code: pl.lit(name) for code, name in STATES.items()}
    now, before = pl.col("code") == MET, pl.col("code_before") == MET
    return (
        cube.group_by("code_before", "code")
        .agg(
            pl.col("enterprises").sum(),
            pl.col("low_before").filter(before).sum().alias("certain_before"),
            pl.col("low").filter(now).sum().alias("certain_after"),
        )
        .sort("code_before", "code")
        .select(
            pl.coalesce(
                pl.when(pl.col("code_before") == code).then(word) for code, word in words.items()
            ).alias("before"),
            pl.coalesce(
                pl.when(pl.col("code") == code).then(word) for code, word in words.items()
            ).alias("after"),
            "enterprises",
            "certain_before",
            "certain_after",
        )
    )
