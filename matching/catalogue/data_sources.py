"""Where the data of an item come from: for each datum its department, and how it reaches us."""

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.match import whole_condition
from matching.language.data_names import AWARDS_OWNER, LEDGER_OWNERS, PAID
from matching.language.items import Item
from matching.language.needs import columns_of, columns_of_amount
from matching.language.vocabulary import (
    WHOLE_LEDGERS,
    Fact,
    Feed,
    ListKind,
    Vocabulary,
    fact_of_column,
)

FEEDS: dict[Feed, str] = {
    "sheet": "部门定期报送",
    "pull": "向部门调取",
    "ask": "企业提供",
}


class Source(msgspec.Struct, frozen=True):
    """One datum an item reads: its column, list or ledger, the department's key, and how it comes."""

    name: str
    department: str
    feed: Feed


def data_sources(item: Item, catalogue: Catalogue) -> tuple[Source, ...]:
    """Give the sources of all an item reads, in the order of its text, seen from its first evidence day."""
    on = item.evidence((item.decided or item.valid).since)
    whole = whole_condition(item, catalogue.vocabulary.places.root)
    names = (
        *columns_of(whole, on, catalogue.definitions),
        *columns_of_amount(item.amount, on, catalogue.definitions),
    )
    return tuple(source_of(name, item, catalogue.vocabulary) for name in dict.fromkeys(names))


def source_of(name: str, item: Item, vocabulary: Vocabulary) -> Source:
    """Give the source of one datum: the department its item names, else the one that owns it."""
    if name.startswith(PAID) or name in WHOLE_LEDGERS:
        return Source(name, LEDGER_OWNERS.get(name, AWARDS_OWNER), "sheet")
    key, _ = fact_of_column(name)
    declared = vocabulary.lists.get(key) or vocabulary.facts[key]
    department = item.data.get(key, declared.department)
    return Source(name, department, feed_of(declared, department))


def feed_of(declared: Fact | ListKind, department: str) -> Feed:
    """Say how a datum reaches us from a department: what the enterprise itself owns is asked for."""
    return declared.feed or ("ask" if department == "enterprise" else "sheet")
