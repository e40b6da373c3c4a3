"""What an enterprise is called once an import is taken back."""

from datetime import date

import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.enterprises.types import GIVEN
from registry.imports.load_layouts import load_layouts
from registry.resolution.give_back_names import GivenBack, given_back, names_said

LAYOUTS = {layout.name: layout for layout in load_layouts(shipped_vocabulary())}
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
BEFORE = pl.DataFrame({"enterprise_id": [1], "name": ["今名"], "name_key": ["今名"]})


def noted(*names: tuple[str, date, int]) -> pl.DataFrame:
    rows = [(1, name, name, day, number) for name, day, number in names]
    return pl.DataFrame(rows, schema=GIVEN, orient="row")


def said(cells: str, *, layout: str, day: date = OCTOBER, number: int = 9) -> pl.DataFrame:
    rows = {
        "enterprise_id": [1],
        "import_id": [number],
        "layout": [layout],
        "observed_on": [day],
        "cells": [cells],
    }
    return names_said(pl.DataFrame(rows), LAYOUTS)


def names(found: GivenBack) -> tuple[list[str], list[tuple[str, int]]]:
    added = found.added.select("name", "import_id").rows()
    return found.present["name"].to_list(), [(str(name), int(number)) for name, number in added]


NOTHING = names_said(
    pl.DataFrame(
        schema={"enterprise_id": pl.Int64, "import_id": pl.Int64, "layout": pl.String,
                "observed_on": pl.Date, "cells": pl.String}
    ),
    LAYOUTS,
)  # fmt: skip


def test_the_newest_name_that_still_counts_is_the_present_one() -> None:
    found = given_back(noted(("甲", SEPTEMBER, 1), ("乙", OCTOBER, 2)), NOTHING, BEFORE)

    assert names(found) == (["乙"], [])


def test_what_a_later_register_repeated_without_noting_it_is_noted_now() -> None:
    later = said('{"企业名称":"新名","登记状态":null}', layout="market-registration")
    found = given_back(noted(("旧名", SEPTEMBER, 1)), later, BEFORE)

    assert names(found) == (["新名"], [("新名", 9)])


def test_other_departments_do_not_rename() -> None:
    tax = said('{"纳税人名称":"税名"}', layout="tax-returns")

    assert names(given_back(noted(("登记名", SEPTEMBER, 1)), tax, BEFORE)) == (["登记名"], [])


def test_who_is_only_spoken_of_elsewhere_is_called_as_there() -> None:
    tax = said('{"纳税人识别号":"x","信息 / 纳税人名称":" 税名 "}', layout="tax-returns")
    nameless = said('{"单位名称":""}', layout="labour-insurance")

    assert names(given_back(noted(), tax, BEFORE)) == (["税名"], [("税名", 9)])
    assert names(given_back(noted(), nameless, BEFORE)) == (["今名"], [("今名", 9)])


def test_a_layout_nobody_knows_any_more_still_speaks_of_the_enterprise() -> None:
    old = said('{"名":"x"}', layout="gone")

    assert names(given_back(noted(), old, BEFORE)) == (["今名"], [("今名", 9)])


def test_whom_nobody_speaks_of_is_nobody() -> None:
    assert names(given_back(noted(), NOTHING, BEFORE)) == ([], [])
