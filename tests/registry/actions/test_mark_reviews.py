"""Reviews fall due by the clock, in the year a title ends, and once."""

from datetime import date

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.actions.change_pool import EVER, make_changes
from registry.actions.mark_reviews import mark_reviews
from registry.pool.declared import shipped_pools
from registry.pool.history import standings
from registry.pool.store import changes_known
from registry.pool.types import Asked, Wanted
from tests.makers import at, rows

RULES = (shipped_pools(), shipped_vocabulary())
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("firms")]


async def test_a_title_that_ends_this_year_is_reviewed_and_one_that_does_not_waits() -> None:
    asked = Asked(
        event="enter", by="张三", on=date(2026, 4, 5), now=at(4, 5), reason="existing_register"
    )
    await make_changes(
        [
            Wanted(pool="giant", enterprise_id=5, asked=asked, after="recognised"),
            Wanted(pool="giant", enterprise_id=1, asked=asked, after="recognised"),
            Wanted(pool="small_to_scale", enterprise_id=5, asked=asked, after="recognised"),
        ],
        RULES,
    )

    assert await mark_reviews(date(2026, 5, 1), at(5, 1), *RULES) == 1
    assert await mark_reviews(date(2026, 5, 1), at(5, 1), *RULES) == 0
    changes = await changes_known(EVER)
    assert rows(standings(changes, date(2026, 5, 1)), "pool", "enterprise_id", "state") == {
        ("giant", 5, "review_due"),
        ("giant", 1, "recognised"),
        ("small_to_scale", 5, "recognised"),
    }
    assert rows(changes.filter(event="fall_due"), "by_whom", "reason") == {
        ("system", "validity_ends")
    }
