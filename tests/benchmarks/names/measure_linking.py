"""How well and how fast rows without codes find their enterprises, on seeds that nothing was fitted on.

    .venv/bin/python -m tests.benchmarks.names.measure_linking
    .venv/bin/python -m tests.benchmarks.names.measure_linking --rows 5000 --size 100000 --spread city
    .venv/bin/python -m tests.benchmarks.names.measure_linking --names real.csv --strangers 0.35

A fifth of the rows are strangers. Told for the names alone, with the place, and with all that may stand beside a name:
precision of links (95 % interval by Wilson), how many registered rows are linked, what goes to a person, what becomes
new, and whether the right enterprise is among the five a person sees. The peer is a threshold on rapidfuzz's ratio of
folded names against the whole register, set on the very rows it is measured on.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from registry.lookup.fold import fold_column
from registry.resolution.link import judge_rows
from registry.resolution.types import Linked
from tests.benchmarks.names.logistic import threshold_for
from tests.benchmarks.names.prepared import Prepared, Sheet, index, look_up_sheet, prepare
from tests.benchmarks.names.real_names import real_names

PEER_ROWS = 1_000
_Z = 1.96


def told(linked: Linked, rows: pl.DataFrame) -> dict[str, str]:
    """Give the figures of one sheet."""
    judged = linked.verdicts.join(rows.select("row", "truth", "noise"), on="row")
    auto = judged.filter(verdict="auto")
    fuzzy = auto.filter(by="evidence")
    registered = judged.filter(pl.col("truth").is_not_null())
    strangers = judged.filter(pl.col("truth").is_null())
    asked = judged.filter((pl.col("verdict") == "review") & pl.col("truth").is_not_null())
    seen = asked.join(
        linked.candidates,
        left_on=["row", "truth"],
        right_on=["row", "enterprise_id"],
        how="semi",
    )
    return {
        "precision": _share(_right(auto), auto.height),
        "precision of links not by an equal name": _share(_right(fuzzy), fuzzy.height),
        "registered rows linked": _percent(_right(auto), registered.height),
        "to a person": _percent(judged.filter(verdict="review").height, judged.height),
        "new": _percent(judged.filter(verdict="new").height, judged.height),
        "truth among the five shown": _percent(seen.height, asked.height),
        "registered rows lost to new": _percent(registered.filter(verdict="new").height, registered.height),
        "strangers that are new": _percent(strangers.filter(verdict="new").height, strangers.height),
        "hardest noise": _hardest(registered),
    }  # fmt: skip


def peer(prepared: Prepared, rows: pl.DataFrame, precision: float) -> dict[str, str]:
    """Give what a threshold on the ratio does to a sample, at this precision."""
    names = fold_column(prepared.register["name"])["text"].to_list()
    ids = prepared.register["enterprise_id"].to_numpy()
    sample = rows.head(PEER_ROWS)
    began = perf_counter()
    best, nearest = [], []
    for part in sample.iter_slices(50):
        texts = fold_column(part["name"])["text"].to_list()
        scores = cdist(texts, names, scorer=ratio, dtype=np.float32, workers=2)
        at = scores.argmax(axis=1)
        tied = (scores == scores.max(axis=1, keepdims=True)).sum(axis=1) > 1
        best.append(np.where(tied, 0, scores.max(axis=1)))
        nearest.append(ids[at])
    seconds = perf_counter() - began
    chance = np.concatenate(best)
    truth = sample["truth"].fill_null(-1).to_numpy()
    right = np.concatenate(nearest) == truth
    from_here = threshold_for(chance, right, precision)
    linked = chance >= from_here
    return {
        "precision": _share(int((right & linked).sum()), int(linked.sum())),
        "registered rows linked": _percent(int((right & linked).sum()), int((truth >= 0).sum())),
        "seconds for 50,000 rows, 2 cores": f"{seconds * 50_000 / sample.height:.0f} (of {sample.height})",
    }


def report(name: str, prepared: Prepared, sheet: Sheet) -> None:
    """Print all figures of a register."""
    shares = []
    for beside, rows in sheet.rows.items():
        began = perf_counter()
        linked = judge_rows(rows, sheet.looked, prepared.known)
        seconds = perf_counter() - began
        _show(f"{name}, beside the name: {beside}", told(linked, rows))
        say(
            f"  looked up in {sheet.seconds:.1f} s ({sheet.cpu_seconds:.1f} s of CPU), judged in {seconds:.1f} s, {rows.height} rows"
        )
        judged = linked.verdicts.join(rows.select("row", "truth"), on="row")
        auto = judged.filter(verdict="auto")
        shares.append(_right(auto) / max(auto.height, 1))
    _show(f"{name}, peer: threshold on the ratio", peer(prepared, sheet.rows["nothing"], shares[0]))


def main() -> None:
    """Measure on invented registers, or on the names in a file."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=50_000)
    asked.add_argument("--size", type=int, default=720_000)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--spread", choices=["country", "city"])
    asked.add_argument("--names", type=Path, help="a .txt, .csv or .parquet of real names")
    asked.add_argument("--strangers", type=float, default=0.2, help="share of --names left out")
    given = asked.parse_args()
    for spread in [given.spread] if given.spread else ["country", "city"]:
        with tempfile.TemporaryDirectory(prefix="register-") as folder:
            place = Path(folder) / "index"
            if given.names:
                everybody = real_names(given.names).sample(
                    fraction=1, shuffle=True, seed=given.seed
                )
                left_out = int(everybody.height * given.strangers)
                prepared = index(everybody.tail(-left_out), everybody.head(left_out), place)
            else:
                prepared = prepare(given.size, given.seed, spread, place)
            say(
                f"{prepared.register.height} enterprises, index built in {prepared.build_seconds:.1f} s"
            )
            sheet = look_up_sheet(prepared, given.rows, given.seed + 1, given.processes)
            report(str(given.names or spread), prepared, sheet)
        if given.names:
            break


def _right(verdicts: pl.DataFrame) -> int:
    return verdicts.filter(pl.col("enterprise_id") == pl.col("truth")).height


def _hardest(registered: pl.DataFrame) -> str:
    linked = (pl.col("enterprise_id") == pl.col("truth")).fill_null(value=False).mean()
    by_kind = registered.group_by("noise").agg(linked=linked).sort("linked").head(6)
    return ", ".join(f"{kind} {share:.1%}" for kind, share in by_kind.iter_rows())


def _share(part: int, whole: int) -> str:
    """Give a share with its 95 % interval by Wilson."""
    if not whole:
        return "-"
    share = part / whole
    middle = (share + _Z**2 / (2 * whole)) / (1 + _Z**2 / whole)
    spread = (
        _Z / (1 + _Z**2 / whole) * (share * (1 - share) / whole + _Z**2 / (4 * whole**2)) ** 0.5
    )
    return f"{share:.4f} [{middle - spread:.4f}, {middle + spread:.4f}] of {whole}"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def say(text: str) -> None:
    print(text)  # noqa: T201


def _show(title: str, figures: dict[str, str]) -> None:
    say(title)
    for what, figure in figures.items():
        say(f"  {what}: {figure}")


if __name__ == "__main__":
    main()
