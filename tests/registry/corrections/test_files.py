"""Evidence is kept whole and once; what is no paper is refused before anything is kept."""

from pathlib import Path

import pytest

from registry.corrections.files import (
    LARGEST_BYTES,
    MOST_FILES,
    GivenFile,
    evidence_path,
    keep_files,
)
from registry.corrections.types import CorrectionRefused

PAPER = GivenFile("证明.pdf", b"%PDF-1.7 paper")


def test_a_paper_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    kept = keep_files((PAPER, GivenFile("again.PDF", PAPER.data)), tmp_path)

    [one] = kept
    assert one.size_bytes == len(PAPER.data)
    assert evidence_path(tmp_path, one.sha256).read_bytes() == PAPER.data
    assert len(list((tmp_path / "evidence").iterdir())) == 1


def test_a_path_in_a_name_leads_nowhere(tmp_path: Path) -> None:
    [one] = keep_files((GivenFile("../../etc/证明.pdf", PAPER.data),), tmp_path)

    assert one.file_name == "证明.pdf"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (GivenFile("程序.exe", b"MZ"), "不是可接受的文件"),
        (GivenFile("程序.pdf", b"MZ program"), "与扩展名不符"),
        (GivenFile("空.pdf", b""), "空文件"),
        (GivenFile("大.pdf", b"%PDF-" + b" " * LARGEST_BYTES), "超过10 MB"),
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_is_kept(
    tmp_path: Path, file: GivenFile, said: str
) -> None:
    with pytest.raises(CorrectionRefused, match=said):
        keep_files((PAPER, file), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_more_than_a_handful_is_refused(tmp_path: Path) -> None:
    many = tuple(GivenFile(f"{n}.pdf", b"%PDF-" + bytes([n])) for n in range(MOST_FILES + 1))

    with pytest.raises(CorrectionRefused, match=f"最多附{MOST_FILES}个"):
        keep_files(many, tmp_path)
