"""Every file we write for spreadsheets keeps texts as texts: the makers of workbooks and of .csv alike."""

import ast
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from registry.profiles.table_files import write_table

ROOT = Path(__file__).parents[2]
EVIL = '=HYPERLINK("http://example.invalid","点")'
# Hashed and never opened; and the invented sheets, which hold what the demonstration's dice made.
NO_CSV_FOR_PEOPLE = {"matching/runs/receipt.py", "registry/demo/sheet_files.py"}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call in our source: file, call and the name that is called."""
    for folder in ("matching", "registry"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield str(path.relative_to(ROOT)), node, ast.unparse(node.func)


def test_no_workbook_makes_formulas_of_texts() -> None:
    found = {
        file: (ROOT / file).read_text(encoding="utf-8")
        for file, _, name in calls()
        if name == "xlsxwriter.Workbook"
    }

    assert found
    careless = [
        file
        for file, text in found.items()
        if "WORKBOOK_OPTIONS" not in text and '"strings_to_formulas": False' not in text
    ]
    assert careless == [], "open it with registry.imports.harmless.WORKBOOK_OPTIONS"


def test_no_csv_is_written_without_apostrophes() -> None:
    writers = {
        file
        for file, _, name in calls()
        if name == "csv.writer" or name.endswith((".write_csv", "csv.DictWriter"))
    }

    careless = [
        file
        for file in sorted(writers - NO_CSV_FOR_PEOPLE)
        if "harmless" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert careless == [], "write registry.imports.harmless.harmless_table(...)"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_table_of_results_keeps_a_name_that_looks_like_a_formula(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"out{ending}"

    write_table(pl.DataFrame({"名称": [EVIL]}), path)

    if ending == ".csv":
        assert pl.read_csv(path)["名称"].to_list() == ["'" + EVIL]
    else:
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", EVIL)
