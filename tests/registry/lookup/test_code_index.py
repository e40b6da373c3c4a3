"""Codes are found whole, by a part, and with one slip in them; by nothing else."""

from pathlib import Path

import polars as pl
import pytest

from registry.lookup.code_index import (
    CodeIndex,
    HowCode,
    code_index,
    find_codes,
    open_codes,
    save_codes,
)

CODES = {
    1: "91410100MA0LANQ1X3",
    2: "91410100MA0QNGH2X7",
    3: "92410102MA0BAYE3XA",
    4: "91411000MA9NEAR5T2",
}


def index_of(*numbers: int) -> CodeIndex:
    coded = [{"uscc": CODES[one], "enterprise_id": one} for one in numbers]
    return code_index(pl.DataFrame(coded, schema={"uscc": pl.String, "enterprise_id": pl.Int64}))


def found(text: str, *indexes: CodeIndex) -> dict[int, HowCode]:
    return {hit.enterprise_id: hit.how for hit in find_codes(text, indexes or (EVERYBODY,), 50)}


EVERYBODY = index_of(*CODES)


@pytest.mark.parametrize("number", CODES)
def test_a_whole_code_finds_its_enterprise_alone(number: int) -> None:
    assert found(CODES[number]) == {number: "code"}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("914101", {1: "code_start", 2: "code_start"}),
        ("91410100MA0Q", {2: "code_start"}),
        ("91410100MA0LANQ1X", {1: "code_start"}),
        ("MA0LANQ1X", {1: "code_body"}),
        ("MA0Q", {2: "code_body"}),
        ("3XA", {}),
        ("E3XA", {3: "code_end"}),
        ("NEAR5T2", {4: "code_end"}),
        ("4101", {}),
    ],
)
def test_a_part_is_found_where_it_begins_or_ends_something(
    text: str, whom: dict[int, HowCode]
) -> None:
    assert found(text) == whom


@pytest.mark.parametrize(
    "slip",
    [
        "91410100MA0LANQ1X4",  # the last sign wrong
        "81410100MA0LANQ1X3",  # the first sign wrong
        "9141010MA0LANQ1X3",  # one in the middle missing
        "914101000MA0LANQ1X3",  # one too many
        "91410100AM0LANQ1X3",  # two changed about
        "9I4IOIOOMA0LANQ1X3",  # letters for the digits they look like
    ],
)
def test_one_slip_still_finds_it_and_says_so(slip: str) -> None:
    assert found(slip) == {1: "code_slip"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "914",
        "91410100MA0LANQ9X9",
        "岚砌示例",
        "NEAR",
        "9" * 20,
        "91410100MA0L ANQ1X",
        "９１４１０１",
    ],
)
def test_what_is_no_part_of_a_code_finds_nobody(text: str) -> None:
    assert found(text) == {}


def test_several_indexes_are_asked_as_one() -> None:
    assert found("914101", index_of(1), index_of(2)) == {1: "code_start", 2: "code_start"}
    assert found(CODES[2], index_of(1), index_of(2)) == {2: "code"}
    assert found(CODES[2], index_of()) == {}


def test_no_more_are_given_than_asked_for() -> None:
    assert len(find_codes("9141", (EVERYBODY,), 2)) == 2


def test_a_saved_index_answers_as_before(tmp_path: Path) -> None:
    save_codes(EVERYBODY, tmp_path)

    opened = open_codes(tmp_path)

    for text in ("914101", "MA0Q", "E3XA", CODES[3]):
        assert found(text, opened) == found(text)
