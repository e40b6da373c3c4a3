"""Pairs weighed: rivals, probabilities, verdicts."""

from pathlib import Path

import msgspec
import numpy as np
import polars as pl
import pytest

from registry.resolution.judge import contradicted, verdicts_of, weighed
from registry.resolution.near import NEAR, NearPairs
from registry.resolution.types import CANDIDATES, KNOWN, ROWS
from registry.resolution.weigh import (
    KIND_FEATURES,
    PLACE_FEATURES,
    SIGN_FEATURES,
    Weights,
    read_weights,
    rival_matrix,
    shipped_weights,
)

BESIDE = (*SIGN_FEATURES, *PLACE_FEATURES, *KIND_FEATURES)
# One feature of the look-up, then what stands beside the name; a representative that agrees is worth 4.
WORTH = {"legal_representative_agrees": 4.0, "legal_representative_differs": -2.0}
ALONE = (-5.0, 10.0, *(WORTH.get(name, 0.0) for name in BESIDE))
WEIGHTS = Weights(
    features=("nearness", *BESIDE),
    alone=ALONE,
    rivalled=(*ALONE, 0.5, 0.0),
    alone_bp=9_900,
    told_bp=9_900,
    review_bp=500,
    fitted="by hand, for these tests",
)


def rows(**beside: str) -> pl.DataFrame:
    return pl.DataFrame([{"row": 1, "name": "甲", **beside}], schema=ROWS)


def known(**representative_of: str) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"enterprise_id": int(one[1:]), "legal_representative": name}
            for one, name in representative_of.items()
        ],
        schema=KNOWN,
    )


def near(*found: tuple[int, float, tuple[str, ...]]) -> NearPairs:
    pairs = pl.DataFrame(
        [(1, enterprise, f"名{enterprise}", 0, list(marks)) for enterprise, _, marks in found],
        schema=NEAR,
        orient="row",
    )
    return NearPairs(pairs, np.array([[nearness] for _, nearness, _ in found], dtype=np.float32))


def test_rivals_stand_before_or_behind_each_other() -> None:
    found = rival_matrix(pl.Series([1, 1, 1, 2]), np.array([5.0, 4.5, 1.0, 3.0]))

    assert found.tolist() == [[0.5, 1.0], [-0.5, 1.0], [-4.0, 2.0], [8.0, 0.0]]


def test_two_equally_near_ones_are_no_gap_apart() -> None:
    assert rival_matrix(pl.Series([1, 1]), np.array([5.0, 5.0])).tolist() == [
        [0.0, 1.0],
        [0.0, 1.0],
    ]


def test_a_near_name_alone_is_linked() -> None:
    found = weighed(near((7, 1.0, ()), (8, 0.1, ())), rows(), known(), WEIGHTS)

    assert found["enterprise_id"].to_list() == [7, 8]
    assert found["rank"].to_list() == [1, 2]
    assert verdicts_of(found, WEIGHTS).select("verdict", "enterprise_id").row(0) == ("auto", 7)


def test_two_equally_near_ones_are_asked_about_unless_something_else_decides() -> None:
    both = near((7, 0.8, ()), (8, 0.8, ()))
    alike = weighed(both, rows(), known(), WEIGHTS)
    told = weighed(both, rows(legal_representative="李四"), known(_7="王五", _8="李四"), WEIGHTS)

    assert verdicts_of(alike, WEIGHTS)["verdict"].item() == "review"
    assert all("close_rival" in marks for marks in alike["marks"])
    assert verdicts_of(told, WEIGHTS).select("verdict", "enterprise_id").row(0) == ("auto", 8)


@pytest.mark.parametrize("mark", ["branch", "contrast", "number_differs", "institution_differs"])
def test_what_makes_two_units_is_never_linked_however_near(mark: str) -> None:
    found = weighed(near((7, 1.0, (mark,)), (8, 0.1, ())), rows(), known(), WEIGHTS)

    assert found["probability_bp"][0] >= WEIGHTS.alone_bp
    assert verdicts_of(found, WEIGHTS).select("verdict", "enterprise_id").row(0) == ("review", None)


def test_what_is_far_is_new() -> None:
    found = weighed(near((7, 0.1, ()), (8, 0.1, ())), rows(), known(), WEIGHTS)

    assert verdicts_of(found, WEIGHTS).select("verdict", "by").row(0) == ("new", "nothing_near")


def test_nothing_near_gives_no_candidates() -> None:
    nothing = NearPairs(pl.DataFrame(schema=NEAR), np.zeros((0, 0), dtype=np.float32))

    assert weighed(nothing, rows(), known(), WEIGHTS).schema == pl.Schema(CANDIDATES)


@pytest.mark.parametrize(
    ("signs", "against"),
    [
        ({}, False),
        ({"place": "differs"}, False),
        ({"place": "differs", "phone": "differs"}, True),
        ({"place": "differs", "phone": "differs", "address": "agrees"}, False),
        ({"code": "differs"}, True),
    ],
)
def test_two_more_data_that_differ_contradict_an_equal_name(
    signs: dict[str, str], *, against: bool
) -> None:
    unknown = dict.fromkeys(
        ("code", "place", "legal_representative", "address", "phone"), "unknown"
    )

    assert pl.DataFrame([unknown | signs]).select(contradicted()).item() is against


def test_the_shipped_weights_fit_what_is_compared() -> None:
    weights = shipped_weights()

    assert len(weights.alone) == len(weights.features) + 1
    assert 0 < weights.review_bp < weights.told_bp <= weights.alone_bp < 10_000
    assert "seed" in weights.fitted


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    weights = shipped_weights()
    other = msgspec.structs.replace(weights, features=(*weights.features[1:], "weather"))
    (tmp_path / "linking.json").write_bytes(msgspec.json.encode(other))

    with pytest.raises(ValueError, match="weather"):
        read_weights(tmp_path / "linking.json")
