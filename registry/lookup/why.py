"""What agrees and what differs between a query and a name, as codes that a page says in words."""

from typing import Literal

from registry.lookup.candidates import Query
from registry.lookup.features import other_unit
from registry.lookup.shortlist import Near

Why = Literal[
    "same_name",
    "part_of_name",
    "abbreviated",
    "same_sound",
    "look_alike",
    "typo",
    "letter_missing",
    "letter_too_many",
    "swapped",
    "missing_place",
    "extra_place",
    "other_place",
    "missing_form",
    "other_form",
    "branch",
    "pinyin",
    "initials",
]
"""Seen from the query.

same_name        the same but for brackets, width, case, blanks and traditional characters.
part_of_name     it stands in the name as it is.
abbreviated      its letters stand in the name in order, with others between.
same_sound       another character of the same or a confusable sound.
look_alike       another character that looks like the right one.
typo             another character.
letter_missing, letter_too_many, swapped  a slip of the hand in the core.
missing_place    the name begins with a place, the query has none; extra_place, other_place likewise.
missing_form     the query leaves the legal form away; other_form: it has another.
branch           one of the two is a branch, or each another one's.
pinyin, initials it was written in Latin letters.
"""


def why(query: Query, near: Near) -> tuple[Why, ...]:
    """Say what agrees and what differs."""
    one = query.folded
    if one.text == near.text:
        return ("same_name",)
    found: list[Why] = []
    if one.text in near.text:
        found.append("part_of_name")
    elif one.core != near.core:
        found += _cores(query, near)
    found += _around(query, near)
    return tuple(found)


def why_it_looks_like(query: Query, near: Near) -> tuple[Why, ...]:
    """Say what differs besides a character that looks like the right one."""
    return ("look_alike", *_around(query, near))


def _cores(query: Query, near: Near) -> list[Why]:
    one = query.folded
    core, other = one.core, near.core
    heard, other_heard = query.sounds[one.start : one.end], near.sounds[near.start : near.end]
    if _in_order(one.text, near.text):
        return ["abbreviated" if len(other) - len(core) != 1 else "letter_missing"]
    if heard == other_heard:
        return ["same_sound"]
    if sorted(core) == sorted(other):
        return ["swapped"]
    if len(core) == len(other):
        differ = [at for at, letter in enumerate(core) if letter != other[at]]
        return ["same_sound" if all(heard[at] == other_heard[at] for at in differ) else "typo"]
    if _in_order(core, other):
        return ["letter_missing" if len(other) - len(core) == 1 else "abbreviated"]
    if _in_order(other, core):
        return ["letter_too_many"]
    return ["abbreviated"] if len(core) < len(other) else ["typo"]


def _in_order(one: str, other: str) -> bool:
    """Say whether the letters of one stand in the other in their order."""
    rest = iter(other)
    return all(letter in rest for letter in one)


def _around(query: Query, near: Near) -> list[Why]:
    one = query.folded
    found: list[Why] = []
    place, other_place = one.text[: one.start], near.text[: near.start]
    if place != other_place:
        if not place:
            found.append("missing_place")
        elif not other_place:
            found.append("extra_place")
        elif one.province != near.province:
            found.append("other_place")
    form, other_form = one.text[one.end :], near.text[near.end :]
    if other_unit(one.text, near.text):
        found.append("branch")
    elif form != other_form:
        found.append("missing_form" if form in {"", "公司"} else "other_form")
    return found
