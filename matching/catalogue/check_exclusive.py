"""What items say of each other: partners that are there, and no two clauses that contradict."""

from collections.abc import Iterator

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ties import names_of, partners_of
from matching.language.exclusivity import FAMILY, RULES, Exclusive
from matching.language.items import Item
from matching.language.problems import Problem
from matching.language.reading import nearest_words


class _Stance(msgspec.Struct, frozen=True):
    """What one clause says of one pair, so that two of them can be held against each other."""

    rule: str
    scope: str
    first: str | None
    earlier: str | None
    later: str | None


def exclusive_problems(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give every clause that names nobody, does not say who goes first, or is denied by another."""
    found = [
        problem
        for item in catalogue.items
        for clause in item.exclusive
        for problem in (*_partner_problems(item, clause, catalogue), *_order_problems(item, clause))
    ]
    return (*found, *_contradictions(catalogue.items))


def _partner_problems(item: Item, clause: Exclusive, catalogue: Catalogue) -> Iterator[Problem]:
    ids = {name for other in catalogue.items for name in names_of(other)}
    families = {other.family for other in catalogue.items} | catalogue.vocabulary.families.keys()
    for partner in clause.partners:
        family = partner.removeprefix(FAMILY)
        if partner.startswith(FAMILY) and family not in families:
            way = f"相近的有：{nearest_words(family, families)}；台账里另有的，写进 lists.yml 的 families"
            yield _problem(item, clause, f"没有系列“{family}”：互斥没有对象", way)
        elif not partner.startswith(FAMILY) and partner not in ids:
            way = f"相近的有：{nearest_words(partner, ids)}；系列写 family:系列"
            yield _problem(item, clause, f"没有事项“{partner}”：互斥没有对象", way)
        elif partner in names_of(item):
            way = "与自己从前的奖补相比，写 family:系列"
            yield _problem(item, clause, "互斥的对象是事项自己", way)


def _order_problems(item: Item, clause: Exclusive) -> Iterator[Problem]:
    if clause.rule == "order":
        if clause.first not in names_of(item) and clause.partners != (clause.first,):
            what = f"看不出与每个对象相比谁在先（first: {clause.first}）"
            yield _problem(item, clause, what, "first 写本事项，或唯一的那个对象")
        if FAMILY + item.family in clause.partners:
            what = "先后两项属同一系列，台账上分不出给过的是哪一项"
            yield _problem(item, clause, what, "给其中一项另写 family")
    if clause.scope == "evidence" and clause.reading is None:
        what = "按凭证的互斥没有说由谁核对"
        yield _problem(item, clause, what, "写 reading: 凭证由哪个部门、怎样核对")


def _contradictions(items: tuple[Item, ...]) -> Iterator[Problem]:
    """Find pairs of which two clauses say different things, in one file or in two."""
    said: dict[tuple[str, str], tuple[Item, Exclusive, _Stance]] = {}
    for item in items:
        for clause in item.exclusive:
            for other in partners_of(clause, item, items):
                one, two = sorted((item.id, other.id))
                stance = _stance(item, other, clause)
                owner, earlier, known = said.setdefault((one, two), (item, clause, stance))
                if known != stance:
                    what = (
                        f"与“{other.id}”的关系写成“{RULES[clause.rule]}”（{clause.scope}），"
                        f"而 {owner.file}:{earlier.line} 写的是“{RULES[earlier.rule]}”（{earlier.scope}）"
                    )
                    yield _problem(item, clause, what, "核对两份文件，写成同一规则、同一先后")


def _stance(item: Item, other: Item, clause: Exclusive) -> _Stance:
    first = None
    if clause.rule == "order":
        first = item.id if clause.first in names_of(item) else other.id
    if clause.rule == "bars":
        first = other.id
    return _Stance(clause.rule, clause.scope, first, clause.earlier, clause.later)


def _problem(item: Item, clause: Exclusive, what: str, way_out: str) -> Problem:
    return Problem(file=item.file, line=clause.line, where="exclusive", what=what, way_out=way_out)
