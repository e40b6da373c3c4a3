"""The index as a folder: whole or not at all, the same as in memory, replaced under who reads it."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from registry.lookup.candidates import gather, query_of
from registry.lookup.find import find
from registry.lookup.grams import CUT
from registry.lookup.index import NAMES, build_index, hash_of, open_index, small_index
from tests.benchmarks.names.register import invent_register, names_of


@pytest.fixture(scope="module")
def names() -> pl.DataFrame:
    return names_of(invent_register(3_000, seed=4))


def test_a_folder_finds_what_memory_finds(names: pl.DataFrame, tmp_path: Path) -> None:
    build_index(names, tmp_path / "index")
    mapped, held = open_index(tmp_path / "index"), small_index(names)
    assert len(mapped) == len(held) == names.height
    for text in names["name"].sample(50, seed=1):
        assert find(text[1:], [mapped], 5) == find(text[1:], [held], 5)


def test_every_name_is_there_as_it_is_written(names: pl.DataFrame) -> None:
    index = small_index(names)
    assert [index.names[at] for at in range(len(index))] == names["name"].to_list()
    assert index.names.many(np.arange(100, dtype=np.int32)) == names["name"].head(100).to_list()


def test_characters_outside_the_basic_plane_are_kept() -> None:
    rows = [[1, "濮阳锦𠮷食品厂", 0], [2, "𠮷", 2], [3, "恒达", 0]]
    index = small_index(pl.DataFrame(rows, schema=NAMES, orient="row"))
    assert index.names.many(np.arange(3, dtype=np.int32)) == [str(row[1]) for row in rows]
    assert index.texts(np.arange(3, dtype=np.int32)) == [str(row[1]) for row in rows]


def test_same_gives_every_writing_of_one_name() -> None:
    rows = [[1, "恒达（郑州）商贸有限公司", 0], [2, "郑州恒达商贸有限公司", 0], [3, "郑州恒达", 0]]
    index = small_index(pl.DataFrame(rows, schema=NAMES, orient="row"))
    assert sorted(index.same("郑州恒达商贸有限公司").tolist()) == [0, 1]
    assert index.same("恒达").tolist() == []
    assert np.uint64(hash_of("郑州恒达")) in index.hashes


def test_a_folder_is_replaced_while_it_is_read(names: pl.DataFrame, tmp_path: Path) -> None:
    build_index(names, tmp_path / "index")
    before = open_index(tmp_path / "index")
    build_index(names.head(10), tmp_path / "index")
    assert len(open_index(tmp_path / "index")) == 10
    last = names["name"][-1]
    assert before.names[len(before) - 1] == last
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_an_index_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        build_index(pl.DataFrame({"name": ["恒达"]}), tmp_path / "index")
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_is_cut_still_counts_all_its_names() -> None:
    count = CUT + 500
    many = pl.DataFrame({"enterprise_id": range(count), "name": "恒达", "kind": 0})
    index = small_index(many.with_columns(pl.col("kind").cast(pl.Int8)))
    position = index.sounds.at(int(query_of("恒达", index).grams[0]))
    assert position is not None
    assert index.sounds.counts[position] == count
    assert len(index.sounds.list_at(position)) == CUT


def test_the_name_meant_is_among_the_candidates(names: pl.DataFrame) -> None:
    index = small_index(names)
    for at, text in enumerate(names["name"].head(200).to_list()):
        near = gather(query_of(text[:-1], index), [index])
        assert at in near.numbers.tolist()
