"""How two names differ: which characters, where in the name, and whether that makes two units of one writing.

A name is read in zones: place, brand (字号), trade, legal form, and the tail of a branch behind it. A character too many in
the place says little, one in the brand much; 东 for 西, 第二 for 第三, 工商银行 for 银行 and a 分公司 more say that these are
two units, however alike the rest is.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from registry.resolution.types import Mark

ZONES = "pbcft"
"""place, brand, trade, form, tail."""
WAYS = ("sound", "other", "missing", "extra", "moved")
FLAGS = ("contrast", "number", "branch", "institution", "province_differs", "city_differs", "place_missing", "form_missing", "equal")  # fmt: skip
NAME_FEATURES = (*(f"{zone}_{way}" for zone in ZONES for way in WAYS), *FLAGS)
"""What `Difference.features` holds: how many characters of each zone differ in each way (up to 3), then the flags."""

_MOST = 3
_CONTRASTS = ("东西南北中", "上下", "左右", "前后", "内外", "新老旧", "大小", "男女", "甲乙丙丁")
_OPPOSED = {letter: group for group in _CONTRASTS for letter in group}
_NUMERALS = frozenset("一二三四五六七八九十0123456789")
_HEAD = re.compile(
    r"^.{2,}(公司|厂|合作社|银行|信用社)(?=.{2,}(公司|厂|行|部|处|所|店|站|社|队|点)$)"
)
_INSTITUTION = re.compile(r"银行|信用(联)?社|保险|证券|基金")
_PLAIN_IN_PLACES = frozenset("省市区县")


class Side(Protocol):
    """A folded name, where its core (brand and trade) begins and ends in it, and the province of its place (0: none)."""

    @property
    def text(self) -> str:
        """The letters."""

    @property
    def start(self) -> int:
        """Where the core begins: behind the place."""

    @property
    def end(self) -> int:
        """Where the core ends: before the legal form."""

    @property
    def province(self) -> int:
        """Two digits of GB/T 2260."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """How two names differ.

    features  NAME_FEATURES, float32.
    marks     the same for people, without what other evidence adds.
    """

    features: NDArray[np.float32]
    marks: tuple[Mark, ...]


def zones_of(side: Side) -> str:
    """Give a letter of ZONES for each character of a name."""
    head = _HEAD.match(side.text)
    end_of_head = head.end(1) if head and head.end(1) > side.start else len(side.text)
    end = min(side.end, end_of_head)
    core = side.text[side.start : end]
    form = re.search(r"(集团)?(股份)?(有限)?(责任)?公司$", side.text[:end_of_head])
    if form:
        end = min(end, max(form.start(), side.start))
        core = side.text[side.start : end]
    brand = min(len(core), 2 if len(core) <= 4 else 3)
    return (
        "p" * side.start
        + "b" * brand
        + "c" * (len(core) - brand)
        + "f" * (end_of_head - end)
        + "t" * (len(side.text) - end_of_head)
    )


def difference(given: Side, known: Side, sound: Callable[[str], int]) -> Difference:
    """Say how a row's name differs from an enterprise's; `sound` gives the sound class of a character, 0: none."""
    if given.text == known.text:
        return Difference(features=_features({}, {"equal"}), marks=("same_name",))
    edits = _edits(given.text, known.text, zones_of(known))
    counts = _tallied(edits, sound)
    flags = _flags(edits, given, known)
    return Difference(features=_features(counts, flags), marks=_marks(counts, flags))


class _Edit(msgspec.Struct, frozen=True):
    """given for known in a zone, at a place of the known name; one of the two may be empty."""

    zone: str
    given: str
    known: str
    place: int


def _edits(given: str, known: str, zones: str) -> list[_Edit]:
    found = []
    for part in Levenshtein.editops(given, known):
        place = part.dest_pos
        # What stands too much between two zones belongs to the one before it, at the very front to the first.
        zone = zones[max(min(place, len(zones) - 1) - (part.tag == "delete" and place > 0), 0)]
        found.append(
            _Edit(
                zone,
                given[part.src_pos] if part.tag != "insert" else "",
                known[place] if part.tag != "delete" else "",
                place,
            )
        )
    return found


def _tallied(edits: list[_Edit], sound: Callable[[str], int]) -> Counter[str]:
    """Count the edits by zone and way; what is missing here and too much there was only moved."""
    extra = Counter(edit.given for edit in edits if not edit.known)
    missing = Counter(edit.known for edit in edits if not edit.given)
    moved = extra & missing
    back = moved.copy()
    counts: Counter[str] = Counter()
    for edit in edits:
        if edit.zone == "p" and _PLAIN_IN_PLACES.issuperset(edit.given + edit.known):
            continue
        if edit.given and edit.known:
            alike = sound(edit.given) == sound(edit.known) != 0
            counts[f"{edit.zone}_{'sound' if alike else 'other'}"] += 1
        elif edit.known:
            if moved[edit.known] > 0:
                moved[edit.known] -= 1
                counts[f"{edit.zone}_moved"] += 1
            else:
                counts[f"{edit.zone}_missing"] += 1
        elif back[edit.given] > 0:
            back[edit.given] -= 1
        else:
            counts[f"{edit.zone}_extra"] += 1
    return counts


def _flags(edits: list[_Edit], given: Side, known: Side) -> set[str]:
    found = set()
    for edit in edits:
        both = edit.given and edit.known
        if both and _OPPOSED.get(edit.given, "") and edit.known in _OPPOSED[edit.given]:
            found.add("contrast")
        touched = _NUMERALS.intersection(edit.given + edit.known)
        if touched and (edit.zone in "ct" or (len(touched) > 1)):
            found.add("number")
    if _is_other_branch(given.text, known.text):
        found.add("branch")
    institution = _INSTITUTION.search(known.text)
    if institution and any(known.start <= edit.place <= institution.start() and edit.zone in "bc" for edit in edits):  # fmt: skip
        found.add("institution")
    place, other = _plain_place(given), _plain_place(known)
    if bool(place) != bool(other):
        found.add("place_missing")
    elif given.province != known.province:
        found.add("province_differs")
    elif place not in other and other not in place:
        found.add("city_differs")
    if (given.end == len(given.text)) != (known.end == len(known.text)):
        found.add("form_missing")
    return found


def _is_other_branch(given: str, known: str) -> bool:
    """Whether one is a branch and the other is not; two branches differ by their characters."""
    return (_HEAD.match(given) is None) != (_HEAD.match(known) is None)


def _plain_place(side: Side) -> str:
    return re.sub("[省市区县]", "", side.text[: side.start])


def _features(counts: dict[str, int], flags: set[str]) -> NDArray[np.float32]:
    values = [min(counts.get(name, 0), _MOST) for name in NAME_FEATURES[: -len(FLAGS)]]
    return np.array([*values, *(flag in flags for flag in FLAGS)], dtype=np.float32)


def _marks(counts: dict[str, int], flags: set[str]) -> tuple[Mark, ...]:
    found = counts.keys() | flags
    return tuple(
        mark
        for mark, signs in _MARKED_BY.items()
        if not found.isdisjoint(signs) and not (mark == "form_differs" and "form_missing" in flags)
    )


def _counted(zones: str, *ways: str) -> frozenset[str]:
    return frozenset(f"{zone}_{way}" for zone in zones for way in ways)


_MARKED_BY: dict[Mark, frozenset[str]] = {
    "same_sound": _counted("pbcft", "sound"),
    "other_character": _counted("bct", "other"),
    "missing_character": _counted("bct", "missing"),
    "extra_character": _counted("bct", "extra"),
    "swapped": _counted("pbcft", "moved"),
    "contrast": frozenset({"contrast"}),
    "number_differs": frozenset({"number"}),
    "branch": frozenset({"branch"}),
    "institution_differs": frozenset({"institution"}),
    "place_differs": frozenset({"province_differs", "city_differs"}),
    "place_missing": frozenset({"place_missing"}),
    "form_missing": frozenset({"form_missing"}),
    "form_differs": _counted("f", "other", "missing", "extra"),
    "brand_differs": _counted("b", "other", "missing"),
}
"""What of a difference makes a mark; NAME_FEATURES without the order."""
