"""Fit the weights and thresholds of linking on invented registers, and write them where they are shipped.

    .venv/bin/python -m tests.benchmarks.names.fit_linking --rows 40000 --size 720000

Two registers are used, of a country and of a city, and each row twice, with its name alone and with what stands beside
it. The threshold is the lowest from which on at least 99.9 % of all links are right on every one of these four, and 99.3 %
of those that do not rest on an equal name: a notch stricter than the 99.7 % promised, as registers differ.
"""

import argparse
import tempfile
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from registry.lookup.features import FEATURES
from registry.resolution.judge import CLOSE_BP, NEVER_LINKED, is_told, with_data
from registry.resolution.weigh import (
    OWN_FEATURES,
    Matrix,
    Weights,
    logits_alone,
    probabilities,
    rival_matrix,
    sign_matrix,
)
from tests.benchmarks.names.logistic import fitted
from tests.benchmarks.names.prepared import Prepared, Sheet, look_up_sheet, prepare

OUT = Path("registry/resolution/data/linking.json")
_ALL_RIGHT, _FUZZY_RIGHT = 0.999, 0.993
_LEAST_TOLD_BP = 9_000
"""Whatever confirms a name, what is less probable than this is asked about."""
_LOST = 0.003
"""So great a share of the registered rows may fall below the second threshold."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet as it is fitted on: its pairs, which of them are right, and how many rows equal names settled.

    told            whether anything but name and place can be compared.
    settled, wrong  links by an equal name, and how many of these are wrong.
    """

    name: str
    rows: pl.Series
    matrix: Matrix
    right: NDArray[np.bool_]
    barred: NDArray[np.bool_]
    told: NDArray[np.bool_]
    settled: int
    wrong: int
    registered: int


def cases_of(prepared: Prepared, sheet: Sheet, name: str) -> list[Case]:
    """Give the sheet with names alone and with all that stands beside them."""
    found = []
    for beside in ("nothing", "all"):
        rows = sheet.rows[beside]
        truth = rows.select("row", "truth")
        signed = with_data(sheet.looked.near.pairs, rows, prepared.known)
        told = signed.join(truth, on="row", how="left", maintain_order="left")
        equal = sheet.looked.equal.join(truth, on="row", how="left")
        wrong = equal.filter(~_is_right(equal)).height
        found.append(
            Case(
                name=f"{name}, beside the name: {beside}",
                rows=signed["row"],
                matrix=np.hstack([sheet.looked.near.matrix, sign_matrix(signed)]),
                right=_is_right(told).to_numpy(),
                barred=signed.select(
                    pl.any_horizontal(pl.col("marks").list.contains(mark) for mark in NEVER_LINKED)
                )
                .to_series()
                .to_numpy(),
                told=signed.select(is_told()).to_series().to_numpy(),
                settled=equal.height,
                wrong=wrong,
                registered=rows["truth"].is_not_null().sum(),
            )
        )
    return found


def fit(cases: list[Case]) -> Weights:
    """Fit both steps on all cases together and the thresholds on the hardest."""
    matrix = np.vstack([case.matrix for case in cases])
    right = np.concatenate([case.right for case in cases])
    alone = fitted(matrix, right)
    draft = Weights(
        features=(*FEATURES, *OWN_FEATURES),
        alone=tuple(alone.tolist()),
        rivalled=(),
        alone_bp=10_000,
        told_bp=10_000,
        review_bp=0,
        fitted="",
    )
    rivals = np.vstack(
        [rival_matrix(case.rows, logits_alone(case.matrix, draft)) for case in cases]
    )
    draft = msgspec.structs.replace(
        draft, rivalled=tuple(fitted(np.hstack([matrix, rivals]), right).tolist())
    )
    return with_thresholds(draft, cases)


def with_thresholds(weights: Weights, cases: list[Case]) -> Weights:
    """Set the thresholds by the hardest of the cases, which need not be those the weights were fitted on."""
    found = [(case, nearest_of(case, weights)) for case in cases]
    told = [(case, nearest) for case, nearest in found if nearest["told"].any()]
    return msgspec.structs.replace(
        weights,
        alone_bp=max(auto_from(case, nearest, told=False) for case, nearest in found),
        told_bp=max(
            _LEAST_TOLD_BP, *(auto_from(case, nearest, told=True) for case, nearest in told)
        ),
        review_bp=min(review_from(case, nearest) for case, nearest in found),
    )


def nearest_of(case: Case, weights: Weights) -> pl.DataFrame:
    """Give the most probable pair of each row: bp, right, told, barred (by its name, or by a rival close behind it)."""
    chances = probabilities(case.matrix, case.rows, weights)
    pairs = pl.DataFrame(
        {
            "row": case.rows,
            "bp": np.round(chances * 10_000).astype(np.int64),
            "chance": chances,
            "right": case.right,
            "barred": case.barred,
            "told": case.told,
        }
    )
    close = (pl.col("bp").max() - pl.col("bp") <= CLOSE_BP).sum().over("row") > 1
    return (
        pairs.with_columns(barred=pl.col("barred") | close)
        .sort("row", "chance", descending=[False, True])
        .unique("row", keep="first", maintain_order=True)
    )


def auto_from(case: Case, nearest: pl.DataFrame, *, told: bool) -> int:
    """Give the lowest bp from which on enough of all links, and of those by evidence, are right.

    Of the rows that are told, or not; links by an equal name count as far as these are of all rows.
    """
    these = nearest.filter(pl.col("told") == told)
    share = these.height / nearest.height
    settled, wrong = case.settled * share, case.wrong * share
    linked = these.filter(~pl.col("barred")).sort("bp", descending=True)
    right, count = linked["right"].cum_sum(), pl.int_range(1, linked.height + 1, eager=True)
    fuzzy = right / count
    whole = (right + settled - wrong) / (count + settled)
    # The last row of a bp stands for all of it.
    last = linked["bp"] != linked["bp"].shift(-1).fill_null(-1)
    enough = linked.filter(last & (fuzzy >= _FUZZY_RIGHT) & (whole >= _ALL_RIGHT))
    if enough.is_empty():
        raise ValueError(f"{case.name}: no threshold links precisely enough; look at the features")
    return int(enough["bp"].min())  # type: ignore[arg-type]


def review_from(case: Case, nearest: pl.DataFrame) -> int:
    """Give the highest bp below which few enough of the registered rows fall."""
    right = nearest.filter("right").sort("bp")
    allowed = int(case.registered * _LOST)
    return int(right["bp"][min(allowed, right.height - 1)])


def _is_right(pairs: pl.DataFrame) -> pl.Series:
    return (pairs["enterprise_id"] == pairs["truth"]).fill_null(value=False)


def main() -> None:
    """Fit and write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=40_000)
    asked.add_argument("--size", type=int, default=720_000)
    asked.add_argument("--seed", type=int, default=101)
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    cases: list[Case] = []
    for spread in ("country", "city"):
        with tempfile.TemporaryDirectory(prefix="register-") as folder:
            prepared = prepare(given.size, given.seed, spread, Path(folder) / "index")
            sheet = look_up_sheet(prepared, given.rows, given.seed + 1, given.processes)
            cases += cases_of(prepared, sheet, spread)
            print(f"{spread}: looked up in {sheet.seconds:.0f} s")  # noqa: T201
    weights = msgspec.structs.replace(
        fit(cases),
        fitted=(
            f"tests/benchmarks/names/fit_linking.py: {given.rows} rows, 20 % of them strangers, against an invented "
            f"register of {given.size} enterprises of a country and one of a city, seed {given.seed}; measured with "
            "tests/benchmarks/names/measure_linking.py on other seeds."
        ),
    )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(f"thresholds: {weights.alone_bp}, {weights.told_bp}, {weights.review_bp}; written: {OUT}")  # noqa: T201


if __name__ == "__main__":
    main()
