"""What a run judged by can be read back as it was, or is known to be gone."""

import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.profile_text import population_of_texts
from matching.runs.freeze import (
    FRAMES,
    LEDGERS,
    FrozenFiles,
    FrozenMissing,
    freeze_population,
    freeze_rules,
    thaw_population,
    thaw_rules,
)
from tests.makers import Clause, catalogue_of

CONTENT = "一张表".encode()


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_given_back(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)

    assert files.get(files.keep(CONTENT)) == CONTENT


def test_keeping_twice_is_keeping_once(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)

    assert files.keep(CONTENT) == files.keep(CONTENT)
    assert len(files_in(tmp_path)) == 1


def test_a_file_half_written_by_a_killed_process_does_not_count(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)
    digest = files.keep(CONTENT)
    (kept,) = files_in(tmp_path)
    kept.rename(kept.with_suffix(".4711.part")).write_bytes(CONTENT[:3])

    with pytest.raises(FrozenMissing):
        files.get(digest)
    assert files.keep(CONTENT) == digest
    assert files.get(digest) == CONTENT


def test_a_missing_file_says_which_and_the_way_out(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)
    digest = files.keep(CONTENT)
    (kept,) = files_in(tmp_path)
    kept.unlink()

    with pytest.raises(FrozenMissing, match="从备份恢复") as caught:
        files.get(digest)

    assert str(kept) in str(caught.value)


@pytest.mark.parametrize("altered", [b"", CONTENT + b" ", CONTENT[::-1]])
def test_an_altered_file_is_never_believed_and_keeping_again_mends_it(
    altered: bytes, tmp_path: Path
) -> None:
    files = FrozenFiles(tmp_path)
    digest = files.keep(CONTENT)
    (kept,) = files_in(tmp_path)
    kept.write_bytes(altered)

    with pytest.raises(FrozenMissing, match="改动"):
        files.get(digest)
    files.keep(CONTENT)
    assert files.get(digest) == CONTENT


def test_a_population_is_read_back_as_it_was(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)
    population = population_of_texts(
        [
            {
                "place": "郑州市",
                "annual_revenue@2025": "2000 万元",
                "little_giant": "2024-07-01..2027-06-30",
                "paid:P12": "10 万元",
                "power_direct": "yes",
                "registered_on": "2019-02-28",
                "relations": "known",
                "parent:serious_dishonesty": "2026-01-01..",
                "graduate_hires": "k1;k2",
                "used:P33": "k1",
                "claimed:graduate_hires": "k2",
                "prizes": "kind=科技奖励,level=省级,certificate_on=2025-01-01",
            },
            {"place": None, "little_giant": "none"},
        ],
        shipped_vocabulary(),
    )
    population.coverage["awards"] = date(2026, 9, 30)

    digest = freeze_population(population, files)

    again = thaw_population(digest, files)
    for name in (*FRAMES, *LEDGERS):
        assert not getattr(population, name).is_empty()
        assert_frame_equal(getattr(again, name), getattr(population, name))
    assert again.records.keys() == {"prizes"}
    assert_frame_equal(again.records["prizes"], population.records["prizes"])
    assert again.coverage == population.coverage
    assert freeze_population(again, files) == digest


def test_a_population_frozen_before_there_were_ledgers_is_read_and_keeps_its_digest(
    tmp_path: Path,
) -> None:
    files = FrozenFiles(tmp_path)
    population = population_of_texts([{"place": "郑州市"}], shipped_vocabulary())
    frames: dict[str, str] = {}
    for name in FRAMES:
        written = io.BytesIO()
        getattr(population, name).write_parquet(
            written, compression="zstd", compression_level=1, statistics=False
        )
        frames[name] = files.keep(written.getvalue())
    old = files.keep(json.dumps({"coverage": {}, "frames": frames}, sort_keys=True).encode())

    assert freeze_population(population, files) == old
    again = thaw_population(old, files)
    assert_frame_equal(again.frame, population.frame)
    for name in LEDGERS:
        assert getattr(again, name).is_empty()


def test_a_population_that_differs_in_one_cell_has_another_digest(tmp_path: Path) -> None:
    files, words = FrozenFiles(tmp_path), shipped_vocabulary()
    rows: list[list[dict[str, str | None]]] = [
        [{"annual_revenue@2025": "2000 万元"}],
        [{"annual_revenue@2025": "2000.01 万元"}],
        [{"annual_revenue@2024": "2000 万元"}],
        [{"annual_revenue@2025": "2000 万元"}, {"place": None}],
        [{"graduate_hires": "k1"}],
        [{"graduate_hires": "k2"}],
        [{"graduate_hires": "k2", "used:P33": "k2"}],
        [{"graduate_hires": "k2", "used:P34": "k2"}],
        [{"member:tech_sme": "none"}],
        [{"parent:tech_sme": "none"}],
    ]

    digests = {freeze_population(population_of_texts(row, words), files) for row in rows}

    assert len(digests) == len(rows)


def test_rules_are_read_back_as_they_were(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)
    rules = catalogue_of({"title": Clause(condition="{listed: little_giant}")})

    digest = freeze_rules(rules, files)

    again = thaw_rules(digest, files)
    assert (again.items, again.definitions, again.digest) == (
        rules.items,
        rules.definitions,
        rules.digest,
    )
    assert again.vocabulary.digest == rules.vocabulary.digest
    assert freeze_rules(again, files) == digest


def test_frozen_rules_hold_the_documents_their_items_name(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)
    rules = shipped_catalogue()

    again = thaw_rules(freeze_rules(rules, files), files)

    assert again.documents == rules.documents
    assert [item.document for item in again.items] == [item.document for item in rules.items]


def test_a_lost_part_of_a_population_is_told(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)
    population = population_of_texts([{"place": "郑州市"}], shipped_vocabulary())
    digest = freeze_population(population, files)
    for path in files_in(tmp_path):
        if path.name != digest:
            path.unlink()

    with pytest.raises(FrozenMissing, match="无法重算"):
        thaw_population(digest, files)


def test_an_empty_population_is_read_back(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)
    empty = population_of_texts([], shipped_vocabulary())

    again = thaw_population(freeze_population(empty, files), files)

    assert again.frame.height == 0
    assert again.frame.schema == {"enterprise_id": pl.Int64()}
