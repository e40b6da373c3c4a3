"""What may not be had together, in words: the clauses of an item, and what became of them for an enterprise."""

from collections.abc import Sequence
from datetime import date

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.partners import ASIDE_WORDS, family_in_words, partner_in_words
from matching.engine.option import Option
from matching.engine.rows import RowOption
from matching.engine.ties import PARTING, names_of, partners_of
from matching.language.exclusivity import (
    EARLIERS,
    FAMILY,
    LATERS,
    RULES,
    SCOPES,
    Exclusive,
)
from matching.language.items import Item
from matching.language.wording import Words
from registry.portal.tell_amount import money_range

ROW_WORDS = {True: "取此项", False: "从高，不另给", None: "待定"}
OPTION_TAGS = {"yields": "让位", "waits": "待定", "chooses": "请选择", "person": "由人工定"}


class PartnerView(msgspec.Struct, frozen=True):
    """A partner; `item_id` None: a ledger family."""

    item_id: str | None
    text: str


class ExclusiveView(msgspec.Struct, frozen=True, kw_only=True):
    """One clause as a sentence: `lead`, the partners, `tail`; then what it settles further, and on what basis.

    said_by  title of the item whose text says so; empty: this one.
    """

    lead: str
    partners: tuple[PartnerView, ...]
    tail: str
    details: tuple[str, ...]
    basis: str
    reading: str | None
    said_by: str


class ChoiceView(msgspec.Struct, frozen=True):
    """What one of several is worth."""

    item_id: str
    title: str
    amount: str


class RowView(msgspec.Struct, frozen=True):
    """One line of a "highest only", and whether it is what is given."""

    said: str
    amount: str
    word: str


class OptionView(msgspec.Struct, frozen=True, kw_only=True):
    """Why a met item is not paid, or is paid less than its own text says.

    tag      a word for the row; empty where it is paid.
    partner  None where nothing but an earlier payment bears on it and it is paid.
    amount   what it would give, or what is paid now.
    choices  what each is worth, where someone has to choose.
    """

    tag: str
    said: str
    partner: PartnerView | None
    basis: str
    amount: str
    choices: tuple[ChoiceView, ...] = ()


def exclusive_views(item: Item, catalogue: Catalogue) -> tuple[ExclusiveView, ...]:
    """Tell how an item stands to others: its own clauses, and those in which others speak of it."""
    views = [_view(item, item, clause, catalogue) for clause in item.exclusive]
    for other in catalogue.items:
        for clause in other.exclusive:
            if any(partner.id == item.id for partner in partners_of(clause, other, (item,))):
                view = _view(item, other, clause, catalogue)
                if not any(_says_the_same(view, known) for known in views):
                    views.append(view)
    return (*views, *_successions(item, catalogue))


def _successions(item: Item, catalogue: Catalogue) -> tuple[ExclusiveView, ...]:
    """Tell what an item has replaced, and what has replaced it."""
    replaced = [(item, old, "本项取代", "") for old in item.supersedes]
    replaced += [
        (new, new.item or new.id, "本项由", "取代")
        for new in catalogue.items
        if names_of(item) & {*new.supersedes}
    ]
    return tuple(
        ExclusiveView(
            lead=lead,
            partners=(_partner(name, catalogue),),
            tail=tail,
            details=(f"自{new.valid.since}起",),
            basis=f"{new.document.number}，{new.document.article}",
            reading=None,
            said_by="" if new is item else new.title,
        )
        for new, name, lead, tail in replaced
    )


def _says_the_same(view: ExclusiveView, known: ExclusiveView) -> bool:
    """Say whether a partner's clause only repeats one of the item's own."""
    named = {partner.item_id for partner in known.partners}
    return view.tail == known.tail and {partner.item_id for partner in view.partners} <= named


def option_view(
    option: Option | None,
    options: dict[str, Option],
    full: tuple[int, int | None],
    catalogue: Catalogue,
) -> OptionView | None:
    """Tell how an item came out beside the others; None where it is paid in full, or not met.

    options  of all items of the enterprise, to say what the others are worth.
    full     what the item gives by its own text.
    """
    if option is None or option.state in ("open", "out"):
        return None
    amount = money_range(option.low_cents, option.high_cents)
    if option.clause is None or option.partner is None:
        return _reduced(option, amount, full)
    choices = [option, *(options[key] for key in (option.partner,) if key in options)]
    return OptionView(
        tag=OPTION_TAGS[option.state],
        said=ASIDE_WORDS[option.state],
        partner=_partner(option.partner, catalogue),
        basis=option.clause.basis,
        amount=amount,
        choices=tuple(_choice(one, catalogue) for one in choices)
        if option.state == "chooses"
        else (),
    )


def row_views(
    item: Item, rows: Sequence[RowOption], catalogue: Catalogue, on: date
) -> tuple[RowView, ...]:
    """Tell the lines of a "highest only"; none where there is nothing to give up."""
    if len(rows) < 2:
        return ()
    words = Words(catalogue.vocabulary, catalogue.definitions, item.evidence(on))
    return tuple(
        RowView(
            said=words.condition(one.row.when) if one.row.when is not None else "不另设条件",
            amount=money_range(one.low_cents, one.high_cents),
            word=ROW_WORDS[one.taken],
        )
        for one in rows
    )


def _reduced(option: Option, amount: str, full: tuple[int, int | None]) -> OptionView | None:
    if (option.low_cents, option.high_cents) == full:
        return None
    said = f"按条款为{money_range(*full)}，扣除此前已兑付的和在先事项已给的"
    return OptionView(tag="", said=said, partner=None, basis="", amount=amount)


def _choice(option: Option, catalogue: Catalogue) -> ChoiceView:
    item = catalogue.item(option.item_id)
    title = item.title if item is not None else option.item_id
    return ChoiceView(option.item_id, title, money_range(option.low_cents, option.high_cents))


def _partner(partner: str, catalogue: Catalogue) -> PartnerView:
    return PartnerView(_page_of(partner, catalogue), partner_in_words(partner, catalogue))


def _page_of(partner: str, catalogue: Catalogue) -> str | None:
    """Give the version whose page tells a partner: the latest of the item; None for a family."""
    versions = [one for one in catalogue.items if partner in names_of(one)]
    return max(versions, key=lambda one: (one.valid.since, one.id)).id if versions else None


def _view(item: Item, owner: Item, clause: Exclusive, catalogue: Catalogue) -> ExclusiveView:
    own = owner.id == item.id
    partners = (
        tuple(_named(partner, item, catalogue) for partner in clause.partners)
        if own
        else (PartnerView(owner.id, f"《{owner.title}》"),)
    )
    lead, tail = _sentence(clause, own=own)
    if clause.rule in PARTING:
        tail += f"（按{SCOPES[clause.scope]}）"
    return ExclusiveView(
        lead=lead,
        partners=partners,
        tail=tail,
        details=_details(clause, catalogue),
        basis=clause.basis,
        reading=clause.reading,
        said_by="" if own else owner.title,
    )


def _named(partner: str, item: Item, catalogue: Catalogue) -> PartnerView:
    family = partner.removeprefix(FAMILY)
    if not partner.startswith(FAMILY):
        return _partner(partner, catalogue)
    if family == item.family:
        return PartnerView(None, "本系列此前已得的奖补")
    return PartnerView(None, family_in_words(family, catalogue))


def _sentence(clause: Exclusive, *, own: bool) -> tuple[str, str]:
    match clause.rule:
        case "bars":
            return ("享受", "的，本项不再享受") if own else ("享受本项的，不再享受", "")
        case _:
            return "与", RULES[clause.rule]


def _details(clause: Exclusive, catalogue: Catalogue) -> tuple[str, ...]:
    said: list[str] = []
    if clause.first is not None:
        said.append(f"先给{partner_in_words(clause.first, catalogue)}")
    if clause.later is not None:
        said.append(LATERS[clause.later])
    if clause.earlier is not None:
        said.append(EARLIERS[clause.earlier])
    return tuple(said)
