"""The page that says which registrations an enterprise is made of: no database, no clock, no web."""

from datetime import date
from typing import ClassVar

import msgspec

from matching.language.units import money_in_words
from matching.language.vocabulary import Vocabulary
from registry.actions.show_registrations import MergedIn, NameBorne, Registrations
from registry.identity.relation_store import KINDS
from registry.portal.page import Page


class RelationView(msgspec.Struct, frozen=True, kw_only=True):
    """A relation in words; other_id None: a move."""

    enterprise_id: int
    enterprise: str
    what: str
    other_id: int | None
    other: str
    effective_on: date
    document: str
    withdrawn: bool


class InheritedView(msgspec.Struct, frozen=True, kw_only=True):
    """What it has from another enterprise."""

    origin_id: int
    origin: str
    what: str
    on: date | None


class RegistrationsPage(Page, frozen=True, kw_only=True):
    """All that registrations.html may use."""

    template: ClassVar[str] = "registrations.html"

    enterprise_id: int
    name: str
    uscc: str | None
    names: tuple[NameBorne, ...]
    firms: tuple[MergedIn, ...]
    stand_ins: tuple[MergedIn, ...]
    stand_in_total: int
    relations: tuple[RelationView, ...]
    inherited: tuple[InheritedView, ...]
    problem: str


def tell_registrations(
    found: Registrations, vocabulary: Vocabulary, problem: str = ""
) -> RegistrationsPage:
    """Tell who an enterprise is."""
    return RegistrationsPage(
        enterprise_id=found.registered.enterprise_id,
        name=found.registered.name,
        uscc=found.registered.uscc,
        names=found.names,
        firms=tuple(one for one in found.merged if one.subject_id > 0),
        stand_ins=tuple(one for one in found.merged if one.subject_id < 0),
        stand_in_total=found.stand_in_total,
        relations=tuple(
            RelationView(
                enterprise_id=one.relation.enterprise_id,
                enterprise=one.enterprise,
                what=KINDS[one.relation.kind] + _share(one.relation.share_bp),
                other_id=one.relation.other_id,
                other=one.other
                or _move(one.relation.place_from, one.relation.place_to, vocabulary),
                effective_on=one.relation.effective_on,
                document=one.relation.document,
                withdrawn=one.withdrawn,
            )
            for one in found.relations
        ),
        inherited=tuple(
            InheritedView(
                origin_id=one.origin_id,
                origin=one.origin,
                what=_label(one.list, vocabulary)
                if one.list
                else f"{one.family} 奖补 {_sum(one.amount_cents)}",
                on=one.on,
            )
            for one in found.inherited
        ),
        problem=problem,
    )


def _share(share_bp: int | None) -> str:
    return "" if share_bp is None else f"（{share_bp / 100:g}%）"


def _sum(cents: int | None) -> str:
    return "金额不详" if cents is None else money_in_words(cents)


def _label(key: str, vocabulary: Vocabulary) -> str:
    kind = vocabulary.lists.get(key)
    return kind.label if kind else key


def _move(place_from: str | None, place_to: str | None, vocabulary: Vocabulary) -> str:
    tree = vocabulary.tree_of(vocabulary.facts["place"])

    def name(code: str | None) -> str:
        node = tree.nodes.get(code) if tree and code else None
        return node.name if node else code or "不详"

    return f"由{name(place_from)}迁往{name(place_to)}"
