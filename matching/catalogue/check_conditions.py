"""What in an item's condition or amount can never hold, or says nothing."""

from collections.abc import Iterator

from matching.catalogue.check_scores import score_troubles
from matching.catalogue.impossible import Clash, Never, Reach
from matching.catalogue.lines import Lines
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.normal_form import HOLDING, Asked, Node
from matching.catalogue.walk import PlacedRow, all_at, rows_at
from matching.language.conditions import Branches, Condition, OneOf, Score
from matching.language.items import Item
from matching.language.problems import Problem
from matching.language.wording import Words


def condition_problems(item: Item, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give every part of an item that no enterprise can meet, that another part makes needless, or both."""
    return tuple(_Look(item, catalogue).problems())


class _Look:
    """One item being looked at."""

    def __init__(self, item: Item, catalogue: Catalogue) -> None:
        self.item = item
        self.reach = Reach(catalogue.vocabulary, catalogue.definitions, item.evidence_day)
        self.words = Words(
            catalogue.vocabulary, catalogue.definitions, item.evidence(item.valid.since)
        )
        self.lines = Lines(catalogue.files.get(item.file, ""))
        self.area: tuple[Node, ...] = ()
        if item.area != catalogue.vocabulary.places.root:
            self.area = (Asked(OneOf(fact="place", codes=(item.area,)), "true", "area"),)

    def problems(self) -> Iterator[Problem]:
        """Look at the condition, then at every row of the amount."""
        yield from self._nevers(self.item.condition, "condition", self.area)
        yield from self._needless(self.item.condition, "condition")
        form = self.reach.form.of(self.item.condition, "condition")
        if self.reach.apart(*self.area, form):
            return
        for placed in rows_at(self.item.amount, "amount"):
            if placed.row.when is not None:
                at = f"{placed.where}.when"
                yield from self._nevers(placed.row.when, at, ())
                yield from self._needless(placed.row.when, at)
            yield from self._row(placed, (*self.area, form))

    def _nevers(
        self, condition: Condition, where: str, given: tuple[Node, ...]
    ) -> Iterator[Problem]:
        for never in self.reach.never(condition, where, given):
            yield self._never(never)

    def _never(self, never: Never) -> Problem:
        clashes = "；".join(dict.fromkeys(map(self._clash, never.clashes)))
        if never.whole:
            what, way = "没有企业能满足", "核对这几处的数字和并列、或者关系"
        else:
            what, way = "这一条路走不到", "删去它，或改与它冲突的那一处"
        where = never.clashes[0].asked.where if never.whole and never.clashes else never.where
        where = where if where.startswith(never.where) else never.where
        return self._problem(where, f"{what}：{clashes}", way)

    def _clash(self, clash: Clash) -> str:
        one = self._said(clash.asked)
        if clash.other is None:
            return f"{one}本身不可能"
        return f"{one}与{self._said(clash.other)}（{clash.other.where}）不能同时成立"

    def _said(self, asked: Asked) -> str:
        said = self.words.condition(asked.leaf)
        return f"“{said}”" if asked.wanted in HOLDING else f"不满足“{said}”"

    def _needless(self, condition: Condition, where: str) -> Iterator[Problem]:
        for covered in self.reach.covered(condition, where):
            what = f"满足这一条的企业都已满足 {covered.by}，写它不起作用"
            yield self._problem(covered.where, what, "删去它，或核对哪一条写宽了")
        for placed in all_at(condition, where):
            if isinstance(placed.condition, Branches):
                yield from self._branches(placed.condition, placed.where)
            if isinstance(placed.condition, Score):
                for trouble in score_troubles(placed.condition, placed.where, self.reach):
                    yield self._problem(trouble.where, trouble.what, trouble.way_out)

    def _branches(self, branches: Branches, where: str) -> Iterator[Problem]:
        whens = [case.when for case in branches.cases]
        ways: list[tuple[str, Condition | None]] = [
            (f"{where}.branches[{place}]", when) for place, when in enumerate(whens)
        ]
        if branches.otherwise is not None:
            ways.append((f"{where}.otherwise", None))
        for place, (at, when) in enumerate(ways):
            if place and self._never_chosen(when, tuple(whens[:place]), ()):
                yield self._problem(
                    at, "前面的情形已把企业分完，这一种轮不到", "调换先后，或删去这一种"
                )

    def _row(self, placed: PlacedRow, given: tuple[Node, ...]) -> Iterator[Problem]:
        form = self.reach.form
        outer = (*given, *(form.of(condition, "condition") for condition in placed.outer))
        when, at = placed.row.when, f"{placed.where}.when"
        if when is not None and self.reach.apart(form.of(when, at)):
            return
        for never in self.reach.never(when, at, outer) if when is not None else ():
            if never.whole:
                clashes = "；".join(dict.fromkeys(map(self._clash, never.clashes)))
                what = f"满足条件的企业都到不了这一行：{clashes}"
                yield self._problem(placed.where, what, "核对这一行与条件哪处写错，或删去这一行")
                return
        if placed.earlier and self._never_chosen(when, placed.earlier, outer):
            yield self._problem(
                placed.where, "前面的行已把企业取完，这一行轮不到", "把要求高的一行放在前面"
            )

    def _never_chosen(
        self,
        when: Condition | None,
        earlier: tuple[Condition | None, ...],
        given: tuple[Node, ...],
    ) -> bool:
        """Say whether, all being known, one of the earlier ways is always taken instead."""
        if any(before is None for before in earlier):
            return True
        form = self.reach.form
        passed = [form.of(before, "", "not_true") for before in earlier if before is not None]
        wanted = [] if when is None else [form.of(when, "")]
        return self.reach.apart(*given, *passed, *wanted)

    def _problem(self, where: str, what: str, way_out: str) -> Problem:
        return Problem(
            file=self.item.file, line=self.lines.at(where), where=where, what=what, way_out=way_out
        )
