"""The same name with the same evidence is one stand-in, from sheet to sheet; judgements are known from their moment on."""

from datetime import UTC, datetime

import polars as pl
import pytest

from matching.storage.database import Database, engine
from registry.identity.store import (
    add_judgements,
    identities_known,
    judgements_known,
    stand_ins,
    standing_in,
)
from registry.identity.types import EVIDENCE, Judgement

pytestmark = pytest.mark.anyio

MONDAY, TUESDAY = datetime(2026, 10, 5, tzinfo=UTC), datetime(2026, 10, 6, tzinfo=UTC)


def named(*names: str, place: str | None = None) -> pl.DataFrame:
    """Make rows 1, 2, … that give these names and perhaps a place, and nothing else."""
    evidence = dict.fromkeys(EVIDENCE, pl.String)
    return pl.DataFrame(
        [
            {
                "row": row,
                "name": name,
                **dict.fromkeys(EVIDENCE),
                "name_key": name.upper(),
                "place": place,
            }
            for row, name in enumerate(names, start=1)
        ],
        schema={"row": pl.Int64, "name": pl.String, **evidence},
    )


async def kept(rows: pl.DataFrame, department: str = "tax", import_id: int = 1) -> list[int]:
    async with engine().transaction():
        found = await standing_in(rows, department, import_id)
    return found.sort("row")["subject_id"].to_list()


async def test_a_name_is_one_stand_in_within_a_sheet_and_from_sheet_to_sheet(db: Database) -> None:  # noqa: ARG001
    first, second, again = await kept(named("云深", "云栖", "云深"))

    assert first == again != second
    assert max(first, second) < 0
    assert await kept(named("云栖"), import_id=2) == [second]


async def test_other_evidence_or_another_department_is_another_stand_in(db: Database) -> None:  # noqa: ARG001
    [plain] = await kept(named("云深"))
    [placed] = await kept(named("云深", place="410102"))
    [of_others] = await kept(named("云深"), "statistics")

    assert len({plain, placed, of_others}) == 3


async def test_a_stand_in_is_read_as_it_came_and_untold_stays_unknown(db: Database) -> None:  # noqa: ARG001
    [one] = await kept(named("云深a", place="410102"), import_id=5)

    found = (await stand_ins(pl.Series([one]))).row(0, named=True)

    assert found == {
        "subject_id": one,
        "name": "云深a",
        **dict.fromkeys(EVIDENCE),
        "name_key": "云深A",
        "place": "410102",
        "department": "tax",
        "import_id": 5,
    }


async def test_a_judgement_counts_from_its_moment_on(db: Database) -> None:  # noqa: ARG001
    await add_judgements(
        [
            Judgement(
                subject_id=-1,
                verdict="same",
                enterprise_id=3,
                reason="名称、地址一致",
                decided_by="张三",
                recorded_at=TUESDAY,
                probability_bp=9_990,
                evidence="{}",
            )
        ]
    )

    assert (await identities_known(MONDAY)).is_empty()
    assert (await identities_known(TUESDAY)).rows() == [(-1, 3)]
    assert (await judgements_known(TUESDAY))["probability_bp"].to_list() == [9_990]
