"""Pseudonyms: the same item is the same, and nobody finds the item from them without the secret."""

import stat
import threading
from pathlib import Path

import pytest

from registry.imports.pseudonyms import SECRET_FILE, Pseudonyms, pseudonyms_in
from registry.secret_file import SecretUnusable

ITEM = "360426199101010071"


def test_the_same_item_is_the_same_under_one_secret_and_another_under_another() -> None:
    one, other = Pseudonyms(b"a" * 32), Pseudonyms(b"b" * 32)

    assert one.of("person", ITEM) == one.of("person", ITEM)
    assert one.of("person", ITEM) != other.of("person", ITEM)


def test_a_loan_is_no_person_though_their_numbers_are_equal() -> None:
    names = Pseudonyms(b"a" * 32)

    assert names.of("person", ITEM) != names.of("loan", ITEM)


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = pseudonyms_in(folder).of("loan", ITEM)

    assert pseudonyms_in(folder).of("loan", ITEM) == first
    assert stat.S_IMODE((folder / SECRET_FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [SECRET_FILE]


def test_many_who_come_first_agree_on_one_secret(tmp_path: Path) -> None:
    given: set[str] = set()
    threads = [
        threading.Thread(target=lambda: given.add(pseudonyms_in(tmp_path).of("loan", ITEM)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(given) == 1


def test_half_a_secret_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_bytes(b"short")

    with pytest.raises(SecretUnusable, match="不完整"):
        pseudonyms_in(tmp_path)
