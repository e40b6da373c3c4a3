"""A name one enterprise alone bears is sure; several bearers, none, or one a person has denied are asked about."""

import msgspec
import polars as pl

from registry.resolution.link_stand_ins import link_stand_ins
from registry.resolution.types import Candidate

STRANGERS = pl.DataFrame(
    {"subject_id": [-1, -2, -3], "name": ["丙", "丁", "戊"], "name_key": ["丙", "丁", "戊"]}
)
BEARERS = pl.DataFrame(
    {
        "name_key": ["丙", "丁", "丁"],
        "enterprise_id": [9, 11, 10],
        "name": ["丙厂", "丁", "丁"],
    }
)
NEVER = {"subject_id": pl.Int64, "enterprise_id": pl.Int64}


def linked(different: list[tuple[int, int]]) -> dict[int, tuple[str, int | None, list[int]]]:
    found = link_stand_ins(STRANGERS, BEARERS, pl.DataFrame(different, NEVER, orient="row"))
    return {
        subject: (
            situation,
            whom,
            [one.enterprise_id for one in msgspec.json.decode(near or "[]", type=list[Candidate])],
        )
        for subject, situation, whom, _, near in found.iter_rows()
    }


def test_one_bearer_is_sure_several_are_asked_about_and_so_is_nobody() -> None:
    assert linked([]) == {
        -1: ("one_bearer", 9, []),
        -2: ("several_bearers", None, [10, 11]),
        -3: ("nobody_near", None, []),
    }


def test_a_bearer_a_person_denied_is_not_linked_and_the_other_one_is_asked_about() -> None:
    assert linked([(-1, 9), (-2, 10)]) == {
        -1: ("nobody_near", None, []),
        -2: ("near", None, [11]),
        -3: ("nobody_near", None, []),
    }
