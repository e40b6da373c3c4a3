"""Layout files: the shipped ones are sound, and every mistake in one is told at once."""

from pathlib import Path

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.errors import LayoutError
from registry.imports.load_layouts import load_layouts
from registry.imports.recognise import header_index, header_names

WORDS = shipped_vocabulary()


def test_there_is_a_layout_for_each_sheet_departments_send() -> None:
    assert len(load_layouts(WORDS)) == 15


@pytest.mark.parametrize("layout", load_layouts(WORDS), ids=lambda layout: layout.name)
def test_no_header_of_a_layout_means_two_columns(layout) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    index = header_index(layout, WORDS)

    for place, column in enumerate(layout.columns):
        assert {index[name] for name in header_names(column, WORDS)} == {place}


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text(
        """
name: other
department: nowhere
label: 表
covers: [no_list]
columns:
  - {is: level, headers: [级别]}
  - {fact: no_fact}
  - {fact: status, words: {活着: alive}}
  - {fact: equipment_investment}
  - {is: email}
  - {is: uscc, fact: status, headers: [代码]}
""",
        encoding="utf-8",
    )
    (tmp_path / "two.yml").write_text("name: two\nshape: round\n", encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        load_layouts(WORDS, tmp_path)

    said = [problem.where for problem in refused.value.problems]
    assert said == [
        "name",
        "department",
        "covers",
        "columns",
        "columns[0]",
        "columns[1]",
        "columns[2]",
        "columns[3]",
        "columns[4]",
        "columns[5]",
        "",
    ]
