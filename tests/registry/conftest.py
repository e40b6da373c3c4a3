"""Enterprises to put into pools."""

from datetime import date

import pytest

from matching.storage.database import Database
from tests.makers import Entry, Sheet, at, money, take_in

PLACES = {1: "410102", 2: "410102", 3: "410105", 4: "410105", 5: "410102"}


@pytest.fixture
async def firms(db: Database) -> Database:
    """Five enterprises of two districts; one is a little giant since mid-2023."""
    await take_in(
        Sheet(
            number=1,
            department="market",
            observed_on=date(2025, 12, 31),
            recorded_at=at(1, 2),
            newcomers=tuple(PLACES),
            facts={one: {"place": place} for one, place in PLACES.items()},
        ),
        Sheet(
            number=2,
            department="tax",
            observed_on=date(2026, 3, 31),
            recorded_at=at(4, 2),
            facts={1: {"main_revenue@2025": money(1800)}},
            entries=[Entry(enterprise=5, list="little_giant", since=date(2023, 7, 14))],
        ),
    )
    return db
