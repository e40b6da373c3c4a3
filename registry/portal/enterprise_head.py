"""What every page of an enterprise begins with: who it is, and the days it was asked for."""

from datetime import date

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.look_up_enterprise import LookedUp
from registry.portal.page import Day
from registry.portal.tell_data import Data

CHIPS = ("status", "place", "industry", "firm_kind", "ownership", "registered_on")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is; `chips` are label and value, None where nobody has told."""

    enterprise_id: int
    name: str
    uscc: str | None
    former_names: tuple[str, ...]
    chips: tuple[tuple[str, str | None], ...]


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """The days a page was asked for."""

    day: Day
    known_on: date | None
    today: date


def head_of(found: LookedUp, data: Data, catalogue: Catalogue) -> Head:
    """Tell who it is."""
    registered = found.registered
    return Head(
        enterprise_id=registered.enterprise_id,
        name=registered.name,
        uscc=registered.uscc,
        former_names=registered.former_names,
        chips=tuple((catalogue.vocabulary.facts[key].label, data.value(key)) for key in CHIPS),
    )
