"""How figures and days are said, and how strict the drawing is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError

from registry.portal.draw import (
    asset,
    day_in_words,
    drawing,
    moment_in_words,
    money_about,
    month_in_words,
)


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (0, "0元"),
        (99_900, "999元"),
        (1_000_000, "1万元"),
        (250_000_000, "250万元"),
        (123_456_789, "约123.45万元"),
        (12_345_678_901, "约1.23亿元"),
        (123_456_789_012_345, "约12,345亿元"),
        (20_000_000_000, "2亿元"),
    ],
)
def test_a_large_sum_is_said_short_and_says_that_it_is_rounded(cents: int, said: str) -> None:
    assert money_about(cents) == said


def test_a_moment_is_said_in_the_time_of_the_city() -> None:
    moment = datetime(2026, 9, 30, 17, 5, tzinfo=UTC)

    assert moment_in_words(moment, ZoneInfo("Asia/Shanghai")) == "2026年10月1日 01:05"


def test_days_and_months_are_said_without_zeros_in_front() -> None:
    assert day_in_words(date(2026, 9, 3)) == "2026年9月3日"
    assert month_in_words("2026-09") == "2026年9月"


def test_an_asset_is_named_by_its_content() -> None:
    assert asset("site.css").startswith("/static/site.css?v=")


def test_a_misspelt_name_is_an_error_and_not_an_empty_place() -> None:
    environment = drawing(demo=True, timezone=ZoneInfo("UTC"))

    with pytest.raises(UndefinedError):
        environment.from_string("{{ page.nmae }}").render(page=date(2026, 1, 1))


def test_what_people_wrote_is_escaped() -> None:
    environment = drawing(demo=True, timezone=ZoneInfo("UTC"))

    assert environment.from_string("{{ q }}").render(q="<b>") == "&lt;b&gt;"
