"""Evidence in words."""

from typing import get_args

import pytest

from registry.resolution.tell_evidence import DATA, MARKS, differing_characters, tell, tell_all
from registry.resolution.types import ABOUT, Candidate, Evidence, Mark


def test_every_mark_and_datum_has_words_of_its_own() -> None:
    assert set(MARKS) == set(get_args(Mark))
    assert set(DATA) == set(ABOUT)
    assert len(set(MARKS.values())) == len(MARKS)


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence(about="name", sign="differs", marks=("same_sound",)), "有同音或近音字"),
        (
            Evidence(about="name", sign="differs", marks=("form_missing", "swapped")),
            "有字前后颠倒；只有一方的名称带组织形式",
        ),
        (Evidence(about="name", sign="differs"), "名称相近"),
        (Evidence(about="phone", sign="unknown", given="1"), "电话无法比较：登记中没有"),
        (Evidence(about="phone", sign="unknown", known="1"), "电话无法比较：表中没有"),
        (
            Evidence(about="legal_representative", sign="differs", given="甲", known="乙"),
            "法定代表人不一致：表中“甲”，登记“乙”",
        ),
        (Evidence(about="place", sign="agrees", given="甲", known="甲"), "所在地一致：“甲”"),
    ],
)
def test_a_piece_of_evidence_is_a_sentence(evidence: Evidence, said: str) -> None:
    assert tell(evidence) == said


def test_what_is_unknown_is_said_once_and_last() -> None:
    candidate = Candidate(
        enterprise_id=1,
        name="甲",
        name_kind=0,
        probability_bp=9_000,
        evidence=(
            Evidence(about="place", sign="unknown"),
            Evidence(about="name", sign="agrees", marks=("same_name",)),
            Evidence(about="phone", sign="unknown"),
        ),
    )

    assert tell_all(candidate) == ("名称相同", "所在地、电话无法比较")


def test_differing_characters_stand_side_by_side() -> None:
    assert differing_characters("杭州云深科技", "杭州云栖科技公司") == (
        ("杭州云", "杭州云", False),
        ("深", "栖", True),
        ("科技", "科技", False),
        ("", "公司", True),
    )
