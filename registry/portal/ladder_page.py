"""The page of one enterprise's ladder: every title with every criterion, the road and what it brings."""

from datetime import date
from typing import ClassVar

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.trace import columns_in
from registry.actions.look_up_enterprise import LookedUp
from registry.portal.enterprise_head import Dates, Head, head_of
from registry.portal.page import Day, Page
from registry.portal.tell_data import Data
from registry.portal.tell_ladder import LadderView, ladder_view
from registry.portal.tell_reasons import Reasons
from registry.portal.types import CommonView, DatumView, MissingView


class EnterpriseLadderPage(Page, frozen=True, kw_only=True):
    """All that enterprise_ladder.html may use; `data` are those of the enterprise that the standards read."""

    template: ClassVar[str] = "enterprise_ladder.html"

    head: Head
    day: Day
    known_on: date | None
    ladder: LadderView
    common: tuple[CommonView, ...]
    missing: tuple[MissingView, ...]
    data: tuple[DatumView, ...]


def tell_ladder_page(
    found: LookedUp, catalogue: Catalogue, dates: Dates
) -> EnterpriseLadderPage | None:
    """Tell the whole ladder of an enterprise; None where the catalogue has no titles."""
    if found.ladder is None:
        return None
    data = Data(found.profile, catalogue.vocabulary, dates.day.on)
    reasons = Reasons(data, catalogue, share=True)
    view = ladder_view(found.ladder, catalogue, dates.day.on, reasons)
    if view is None:
        return None
    rungs = (*found.ladder.rungs, *found.ladder.beside)
    read = dict.fromkeys(
        name for rung in rungs for one in rung.criteria for name in columns_in(one.trace)
    )
    return EnterpriseLadderPage(
        head=head_of(found, data, catalogue),
        day=dates.day,
        known_on=dates.known_on,
        ladder=view,
        common=reasons.common,
        missing=tuple(
            MissingView(
                anchor=ref.anchor,
                label=ref.text,
                owner=data.owner(name),
                ask=data.ask(name),
                open_items=0,
                stale=data.stale(name),
            )
            for name, ref in reasons.missing.items()
        ),
        data=data.used(tuple(read)),
    )
