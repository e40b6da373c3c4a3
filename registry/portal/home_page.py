"""The home page."""

from datetime import date
from typing import ClassVar

import msgspec

from registry.actions.show_run import Shown
from registry.portal.page import Page


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of the latest run that stand on the home page."""

    period: str
    as_of: date
    enterprises: int
    items: int
    entitled: int
    certain_cents: int
    possible_cents: int


class Sample(msgspec.Struct, frozen=True):
    """An enterprise to begin with, in the demonstration."""

    enterprise_id: int
    name: str
    cents: int


class HomePage(Page, frozen=True, kw_only=True):
    """All that home.html may use."""

    template: ClassVar[str] = "home.html"

    items: int
    latest: Headline | None
    samples: tuple[Sample, ...]


def headline(shown: Shown) -> Headline:
    """Take the few figures of a run that the home page shows."""
    return Headline(
        period=shown.run.period,
        as_of=shown.run.as_of,
        enterprises=shown.run.enterprises or 0,
        items=shown.run.items or 0,
        entitled=shown.entitled,
        certain_cents=shown.certain_cents,
        possible_cents=shown.possible_cents,
    )
