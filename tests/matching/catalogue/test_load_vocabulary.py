"""Words are read from their files, short nodes of a tree with the parent their code names."""

from collections.abc import Mapping

import pytest

from matching.catalogue.load_vocabulary import build_vocabulary, shipped_vocabulary
from matching.language.problems import LanguageError
from matching.language.vocabulary import Node

TEXTS = shipped_vocabulary().files
PLACES = """\
places:
  - {code: "000000", name: 中国, within: null}
  - {code: "410185", name: 登封市, within: "000000"}
"""


def with_places(lines: str) -> Mapping[str, Node]:
    return build_vocabulary({**TEXTS, "places.yml": PLACES + lines}).places.nodes


def test_a_short_node_lies_in_the_longest_code_it_starts_with() -> None:
    nodes = with_places("  - 410185103 告成镇\n  - 410185103001 东街\n")

    assert nodes["410185103"] == Node(
        code="410185103", name="告成镇", within="410185", aliases=("登封市告成镇",)
    )
    assert nodes["410185103001"].within == "410185103"


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        pytest.param("  - 999999001 无名镇\n", "上级写在前面", id="a parent nobody declared"),
        pytest.param("  - '410185103'\n", "一个代码、一个空格和名称", id="no name"),
        pytest.param("  - [410185103]\n", "读不懂", id="no text"),
        pytest.param("  - 410185103 告成镇\n  - 410185103 卢店街道\n", "代码重复", id="twice"),
        pytest.param(
            '  - {code: "410186", name: 无, within: "410000"}\n', "不存在", id="no such parent"
        ),
    ],
)
def test_a_wrong_node_is_named(lines: str, what: str) -> None:
    with pytest.raises(LanguageError) as refused:
        with_places(lines)

    (found,) = refused.value.problems
    assert what in found.what
    assert found.file == "places.yml"
