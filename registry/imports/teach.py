"""Layouts with headers they were taught: what people confirmed or decided before, beside what the files say."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.imports.headers import Header
from registry.imports.layout import Layout
from registry.imports.meanings import column_meaning, meaning_of, meaning_problem
from registry.imports.recognise import header_index

Confirmed = Mapping[str, str]
"""Headers as `taught_header` writes them (`key` of a guess), and what each means: a word of registry.imports.meanings."""


class LearnedHeader(msgspec.Struct, frozen=True, kw_only=True):
    """One header of a department's layout and what it means, decided by a person.

    header   as `taught_header` writes it.
    meaning  a word of registry.imports.meanings; None: withdrawn, nothing is known of it again.
    """

    department: str
    layout: str
    header: str
    meaning: str | None
    decided_by: str
    recorded_at: datetime


class HeadersDecided(msgspec.Struct, frozen=True, kw_only=True):
    """What headers of one file mean, as somebody decided before it is taken in; learned when it is.

    layout    its name.
    meanings  as Confirmed.
    by        who decided.
    """

    layout: str
    meanings: dict[str, str]
    by: str


def taught_header(header: Header) -> str:
    """Give what is kept of a header: without unit and period, so that next year's is known as well."""
    return header.name


def taught(layout: Layout, confirmed: Confirmed, vocabulary: Vocabulary) -> Layout:
    """Give a layout that also knows these headers.

    A header one of its columns bears already keeps its meaning: a layout file is never overruled. What
    cannot be a column of it (any more) is left out, and so stays unknown.
    """
    known = {name for name, _ in header_index(layout, vocabulary)}
    columns = list(layout.columns)
    places = {meaning_of(column): place for place, column in reversed([*enumerate(columns)])}
    for header, meaning in confirmed.items():
        if header in known or meaning_problem(meaning, layout, vocabulary) is not None:
            continue
        if meaning in places:
            at = places[meaning]
            headers = (*columns[at].headers, header)
            columns[at] = msgspec.structs.replace(columns[at], headers=headers)
        else:
            places[meaning] = len(columns)
            columns.append(column_meaning(meaning, header))
    return msgspec.structs.replace(layout, columns=tuple(columns))


def one_taught(
    layouts: tuple[Layout, ...], name: str, confirmed: Confirmed, vocabulary: Vocabulary
) -> tuple[Layout, ...]:
    """Give the layouts, the one of this name with headers that were confirmed for a file."""
    return tuple(
        taught(layout, confirmed, vocabulary) if layout.name == name else layout
        for layout in layouts
    )


def all_taught(
    layouts: tuple[Layout, ...], learned: Iterable[LearnedHeader], vocabulary: Vocabulary
) -> tuple[Layout, ...]:
    """Give layouts that also know the headers each was taught."""
    of_layout: dict[str, dict[str, str]] = {}
    for one in learned:
        if one.meaning is not None:
            of_layout.setdefault(one.layout, {})[one.header] = one.meaning
    return tuple(taught(layout, of_layout.get(layout.name, {}), vocabulary) for layout in layouts)
