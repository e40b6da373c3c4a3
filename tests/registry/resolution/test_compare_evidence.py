"""Whether the data beside a name agree, differ or are unknown."""

import polars as pl
import pytest

from registry.resolution.compare_evidence import with_signs
from registry.resolution.types import ABOUT

DATA = ("uscc", *ABOUT[2:])


def sign(about: str, given: str | None, known: str | None) -> str:
    column = "uscc" if about == "code" else about
    values = {name + end: None for name in DATA for end in ("", "_known")}
    values |= {column: given, column + "_known": known}
    pairs = pl.DataFrame([{"row": 1, **values}], schema_overrides=dict.fromkeys(values, pl.String))
    found: str = with_signs(pairs)[about].item()
    return found


@pytest.mark.parametrize(
    ("about", "given", "known", "said"),
    [
        ("code", "91110000600037341L", "91110000600037341L", "agrees"),
        ("code", "91110000600037341L", "91110108551385082Q", "differs"),
        ("code", "91110000600037341L", None, "unknown"),
        ("place", "410100", "410102", "agrees"),
        ("place", "410102001", "410100", "agrees"),
        ("place", "410102", "410104", "differs"),
        ("place", "411000", "411002", "agrees"),
        ("place", "410000", "411002", "agrees"),
        ("place", "410000", "620300", "differs"),
        ("place", "410100000", "410104", "agrees"),
        ("place", "419001", "410000", "agrees"),
        ("place", "000000", "410104", "unknown"),
        ("place", None, "410104", "unknown"),
        ("legal_representative", "李 四", "李四", "agrees"),
        ("legal_representative", "李四", "王五", "differs"),
        ("legal_representative", " ", "王五", "unknown"),
        ("address", "郑州市人民路12号", "人民路12号3号楼101室", "agrees"),
        ("address", "人民路１２号", "河南省郑州市金水区人民路12号", "agrees"),
        ("address", "人民路12号", "人民路21号", "differs"),
        ("address", "科学大道8号", "农业路8号", "differs"),
        ("address", "郑州市", "人民路21号", "unknown"),
        ("address", None, "人民路21号", "unknown"),
        ("phone", "0371-66668888", "66668888", "agrees"),
        ("phone", "+86 10012345678", "10012345678、10099999999", "agrees"),
        ("phone", "10012345678", "10012345679", "differs"),
        ("phone", "123", "10012345679", "unknown"),
    ],
)
def test_a_datum_agrees_differs_or_is_unknown(
    about: str, given: str | None, known: str | None, said: str
) -> None:
    assert sign(about, given, known) == said


def test_no_pairs_are_no_signs() -> None:
    nothing = pl.DataFrame(
        schema={"row": pl.Int64} | {n + end: pl.String for n in DATA for end in ("", "_known")}
    )

    assert with_signs(nothing).is_empty()
