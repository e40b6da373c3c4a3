"""A layout of relations says who the other is and how the two stand; no other layout may have such columns."""

import msgspec
import pytest

from registry.imports.check_relations import relation_problems
from registry.imports.layout import Column, Layout

NAME = Column(role="name", headers=("企业名称",))
RELATION = Column(role="relation", headers=("关系",), required=True)
OTHER = Column(role="other_name", headers=("对方名称",))
WHOLE = Layout(
    name="ties",
    department="market",
    label="关系",
    columns=(NAME, RELATION, OTHER),
    relations=True,
)


def test_a_whole_one_is_sound() -> None:
    assert relation_problems(WHOLE) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"columns": (NAME, OTHER)}, "什么关系"),
        ({"columns": (NAME, msgspec.structs.replace(RELATION, required=False), OTHER)}, "什么关系"),
        ({"columns": (NAME, RELATION)}, "另一方"),
        ({"one_row_each": True}, "可有多行"),
        ({"registers": True}, "可有多行"),
        (
            {"columns": (NAME, RELATION, OTHER, Column(role="until_on", headers=("止",)))},
            "until_on",
        ),
        ({"relations": False}, "other_name、relation"),
    ],
)
def test_what_is_missing_or_does_not_belong_is_told(changed: dict[str, object], why: str) -> None:
    ((problem, way_out),) = relation_problems(msgspec.structs.replace(WHOLE, **changed))

    assert why in problem
    assert way_out
