"""The tree of reasons as it is drawn: the engine's answers beside the text of the rule."""

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.explain import Reason
from matching.engine.match import whole_condition
from matching.engine.truth import OPEN
from matching.language.conditions import (
    AllOf,
    Branches,
    Condition,
    Defined,
    Listed,
    Negate,
    Paid,
    Score,
    parts_of,
)
from matching.language.items import Item
from registry.portal.tell_conditions import denied, heading, surroundings
from registry.portal.tell_data import Data
from registry.portal.types import BADGES, INNER_BADGES, CommonView, ReasonView, Ref


class Reasons:
    """Tells the reasons of one enterprise's items.

    share  tell a group that items have in common once, and link it from each of them.
    """

    def __init__(self, data: Data, catalogue: Catalogue, *, share: bool) -> None:
        self.data = data
        self.catalogue = catalogue
        self.share = share
        self.missing: dict[str, Ref] = {}
        self._common: dict[str, tuple[Reason, CommonView]] = {}

    @property
    def common(self) -> tuple[CommonView, ...]:
        """Give the shared groups met so far."""
        return tuple(view for _, view in self._common.values())

    def of_item(self, item: Item, reason: Reason) -> tuple[ReasonView, ...]:
        """Tell one item: the conditions that must all hold, each with its own parts."""
        if self._whole(item) is item.condition:
            return self._top(item.condition, reason)
        return (self.of_area(item, reason), *self._top(item.condition, reason.parts[1]))

    def of_condition(self, condition: Condition, reason: Reason) -> tuple[ReasonView, ...]:
        """Tell a condition that is no item's: what must all hold, each with its own parts."""
        return self._top(condition, reason)

    def of_area(self, item: Item, reason: Reason) -> ReasonView:
        """Tell only whether the enterprise lies in the item's area."""
        place, _ = parts_of(self._whole(item))
        return self._view(place, reason.parts[0])

    def _whole(self, item: Item) -> Condition:
        return whole_condition(item, self.catalogue.vocabulary.places.root)

    def lacking(self, names: tuple[str, ...]) -> tuple[Ref, ...]:
        """Link data nobody has given; each gets its place in the list of what is missing."""
        return tuple(
            self.missing.setdefault(name, Ref(f"x{len(self.missing)}", self.data.label(name)))
            for name in names
        )

    def _top(self, condition: Condition, reason: Reason) -> tuple[ReasonView, ...]:
        if isinstance(condition, AllOf) and condition.label is None:
            return self._parts(condition, reason, inner=False)
        return (self._view(condition, reason),)

    def _parts(
        self, condition: Condition, reason: Reason, *, inner: bool
    ) -> tuple[ReasonView, ...]:
        views: list[ReasonView] = []
        stand = zip(parts_of(condition), reason.parts, surroundings(condition), strict=True)
        for part, told, (before, after) in stand:
            plain = isinstance(part, AllOf) and part.label is None
            if plain and isinstance(condition, AllOf):
                views += self._parts(part, told, inner=inner)
            else:
                view = self._view(part, told, inner=inner)
                views.append(
                    msgspec.structs.replace(view, sentence=f"{before}{view.sentence}{after}")
                )
        return tuple(views)

    def _view(self, condition: Condition, reason: Reason, *, inner: bool = False) -> ReasonView:
        opened = self._opened(condition)
        if self.share and isinstance(condition, Defined) and reason.parts and not inner:
            return self._shared(condition.name, opened, reason)
        if not reason.parts:
            return self._test(opened, reason, inner=inner)
        if isinstance(opened, Negate) and not reason.parts[0].parts:
            return self._denied(opened, reason, inner=inner)
        return self._group(opened, reason, inner=inner)

    def _shared(self, name: str, opened: Condition, reason: Reason) -> ReasonView:
        anchor = f"c-{name}"
        known = self._common.get(name)
        if known is None:
            view = self._group(opened, reason, inner=False)
            self._common[name] = (reason, CommonView(anchor, view))
        elif known[0] != reason:
            return self._group(opened, reason, inner=False)
        return ReasonView(
            badge=BADGES[reason.verdict],
            sentence=opened.label or heading(opened),
            missing=self.lacking(reason.missing),
            see=anchor,
        )

    def _group(self, opened: Condition, reason: Reason, *, inner: bool) -> ReasonView:
        within = inner or isinstance(opened, Negate | Branches | Score)
        return ReasonView(
            badge=(INNER_BADGES if inner else BADGES)[reason.verdict],
            sentence=opened.label or heading(opened),
            parts=self._parts(opened, reason, inner=within),
        )

    def _denied(self, opened: Negate, reason: Reason, *, inner: bool) -> ReasonView:
        test = self._opened(opened.part)
        told = self._test(test, reason.parts[0], inner=inner)
        badge = (INNER_BADGES if inner else BADGES)[reason.verdict]
        return msgspec.structs.replace(
            told, badge=badge, sentence=opened.label or denied(told.sentence)
        )

    def _test(self, test: Condition, reason: Reason, *, inner: bool) -> ReasonView:
        value = reason.value
        if isinstance(test, Listed):
            value = self.data.listed(test.list)
        elif isinstance(test, Paid):
            value = self.data.paid(test.family)
        return ReasonView(
            badge=(INNER_BADGES if inner else BADGES)[reason.verdict],
            sentence=reason.sentence,
            value=value,
            distance=reason.distance,
            sources=self.data.sources(reason.columns),
            missing=self.lacking(reason.missing) if reason.verdict == OPEN else (),
        )

    def _opened(self, condition: Condition) -> Condition:
        if isinstance(condition, Defined):
            return self.catalogue.definitions[condition.name]
        return condition
