"""What is compared of a query and a name near it, as numbers from 0 to 1.

A letter weighs as much as it tells: the information of the rarer-than-it pairs around it (`letter_weights`). So 有限公司
and 科技 weigh little and a 字号 much, without a list of such words. Coverage is asked both ways: how much of the query's
information is in the name, and how much of the name's in the query; once by characters and once by sounds.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import Indel, JaroWinkler

from registry.lookup.candidates import Floats, Query, letter_weights
from registry.lookup.fold import Folded
from registry.lookup.grams import pair_grams
from registry.lookup.index import FORMER, SHORT, Index
from registry.lookup.letters import letters_of, sound_classes
from registry.lookup.shortlist import Near

FEATURES = (
    "query_known",
    "name_known",
    "query_heard",
    "name_heard",
    "shared",
    "alike",
    "winkler",
    "core_alike",
    "core_heard",
    "core_winkler",
    "same_start",
    "same_start_heard",
    "inside",
    "place_agrees",
    "place_differs",
    "place_missing",
    "tail_differs",
    "same",
    "former",
    "short",
    "longer",
)
"""What each column of `features` says.

query_known, name_known    share of the information of the query (the name) in letters that both have, in order.
query_heard, name_heard    the same for sounds.
shared                     share of the query's information in pairs of sounds, in any order.
alike, winkler             resemblance of the folded texts; core_…: of their cores, by letters and by sounds.
same_start(_heard)         the first two letters (sounds) of the cores are the same.
inside                     the query's core stands in the name as it is.
place_…                    the provinces agree, differ; the name has a place and the query none.
tail_differs               one of them is a branch (something stands behind 公司), the other is none or another one.
same                       the folded texts are the same.
former, short              the name is a former (short) one.
longer                     how much longer the name is, of the longer one.
"""


def features(query: Query, names: Sequence[Near], main: Index) -> Floats:
    """Compare a query with each name; gives a row a name and a column a feature."""
    if not names:
        return np.empty((0, len(FEATURES)))
    told = _sums(query.weights)
    weights = name_weights([near.text for near in names], main)
    return np.array(
        [
            _row(query, told, near, told_there)
            for near, told_there in zip(names, weights, strict=True)
        ]
    )


def _row(query: Query, told: list[float], near: Near, told_there: list[float]) -> list[float]:
    one, core = query.folded, query.folded.core
    heard, core_heard = query.sounds, query.sounds[one.start : one.end]
    near_core, near_heard = near.core, near.sounds[near.start : near.end]
    long, long_there = len(one.text), len(near.text)
    return [
        *_covered(one.text, near.text, told, told_there),
        *_covered(heard, near.sounds, told, told_there),
        near.shared,
        Indel.normalized_similarity(one.text, near.text),
        JaroWinkler.normalized_similarity(one.text, near.text),
        Indel.normalized_similarity(core, near_core),
        Indel.normalized_similarity(core_heard, near_heard),
        JaroWinkler.normalized_similarity(core, near_core),
        float(core[:2] == near_core[:2]),
        float(core_heard[:2] == near_heard[:2]),
        float(core in near.text),
        *_places(one, near),
        float(other_unit(one.text, near.text)),
        float(one.text == near.text),
        float(near.kind == FORMER),
        float(near.kind == SHORT),
        max(0.0, (long_there - long) / max(long_there, long, 1)),
    ]


def other_unit(one: str, other: str) -> bool:
    """Say whether one is a branch of the other, or each another branch, as far as it is written."""
    here, there = _unit(one), _unit(other)
    if not here or not there:
        return here != there
    return not (here.endswith(there) or there.endswith(here))


def _unit(text: str) -> str:
    """Give what makes a name a branch's: all behind the first 公司; nothing for a company itself."""
    behind = text.partition("公司")[2]
    return behind or ("分公司" if text.endswith("分公司") else "")


def _covered(
    one: str, other: str, told: list[float], told_there: list[float]
) -> tuple[float, float]:
    """Give the share of the information of each that stands in both, in order."""
    here = there = 0.0
    for block in Indel.opcodes(one, other).as_matching_blocks():
        here += told[block.a + block.size] - told[block.a]
        there += told_there[block.b + block.size] - told_there[block.b]
    return here / (told[-1] or 1.0), there / (told_there[-1] or 1.0)


def _places(one: Folded, near: Near) -> tuple[float, float, float]:
    both = one.province != 0 and near.province != 0
    agrees = both and one.province == near.province
    return float(agrees), float(both and not agrees), float(one.start == 0 and near.start > 0)


def name_weights(texts: Sequence[str], main: Index) -> list[list[float]]:
    """Give the sums of the letters' information of many texts, looked up at once."""
    # Two blanks between: no pair of two texts has a list, so that it tells most and never is the smaller one.
    letters = letters_of("  ".join(texts))
    weights = letter_weights(pair_grams(sound_classes()[letters]), len(letters), main)
    found, at = [], 0
    for text in texts:
        found.append(_sums(weights[at : at + len(text)]))
        at += len(text) + 2
    return found


def _sums(weights: Floats) -> list[float]:
    """Give the sums of the first none, one, two … weights."""
    sums: list[float] = np.concatenate([[0.0], np.cumsum(weights)]).tolist()
    return sums
