"""Files that wait to be taken in: by their hash, for a day, for the service alone."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from registry.imports.uploads import KEPT_FOR, Uploads

NOW = datetime.now(UTC)
DAY = date(2026, 9, 30)


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


def test_a_file_is_kept_with_what_is_told_beside_it(uploads: Uploads, tmp_path: Path) -> None:
    kept = uploads.keep("表.xlsx", b"bytes", DAY, NOW)

    assert uploads.find(kept.sha256) == kept
    assert uploads.data(kept) == b"bytes"
    assert (kept.file_name, kept.observed_on) == ("表.xlsx", DAY)
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "uploads").iterdir()} == {0}
    assert (tmp_path / "uploads").stat().st_mode & 0o077 == 0


def test_what_is_a_day_old_goes_when_the_next_one_comes(uploads: Uploads, tmp_path: Path) -> None:
    old, young = (
        uploads.keep("旧.csv", b"old", None, NOW),
        uploads.keep("新.csv", b"new", None, NOW),
    )
    uploads.note(old.sha256, b"seen")
    past = (NOW - KEPT_FOR - timedelta(seconds=1)).timestamp()
    for path in (tmp_path / "uploads").glob(f"{old.sha256}.*"):
        os.utime(path, (past, past))
    uploads.keep("另.csv", b"other", None, NOW)

    assert uploads.find(old.sha256) is None
    assert uploads.noted(old.sha256) is None
    assert uploads.data(young) == b"new"


def test_what_is_forgotten_is_gone_with_all_that_was_noted(
    uploads: Uploads, tmp_path: Path
) -> None:
    kept = uploads.keep("表.csv", b"x", None, NOW)
    uploads.note(kept.sha256, b"seen")
    uploads.forget(kept.sha256)

    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "A" * 64, "0" * 64])
def test_only_hashes_are_looked_for(uploads: Uploads, name: str) -> None:
    assert uploads.find(name) is None
    assert uploads.noted(name) is None
