"""The candidates worth weighing: their names fetched, and cut to the few that resemble the query most."""

from collections.abc import Sequence

import msgspec
import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from registry.lookup.candidates import Candidates, Query, sounds_as_text
from registry.lookup.index import Index
from registry.lookup.letters import letters_of, sound_classes

WEIGHED = 48


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """A name near a query.

    text, start, end, province  the folded name, as `Folded` has them; `sounds` a sign for each letter of it.
    shared                      share of the query's information in it, by pairs of sounds.
    """

    enterprise_id: int
    name: str
    kind: int
    text: str
    start: int
    end: int
    province: int
    sounds: str
    shared: float

    @property
    def core(self) -> str:
        """What tells it from others."""
        return self.text[self.start : self.end]


def shortlist(
    query: Query, candidates: Candidates, indexes: Sequence[Index], most: int = WEIGHED
) -> list[Near]:
    """Fetch the candidates that are written most like the query and share most of its pairs."""
    texts = _texts(candidates, indexes)
    if len(texts) > most:
        alike = cdist([query.folded.text], texts, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
        chosen = np.argpartition(-(alike + candidates.shared), most)[:most].tolist()
    else:
        chosen = list(range(len(texts)))
    heard = _sounds([texts[at] for at in chosen])
    return [
        near(
            indexes[int(candidates.which[at])],
            int(candidates.numbers[at]),
            texts[at],
            sounds,
            float(candidates.shared[at]),
        )
        for at, sounds in zip(chosen, heard, strict=True)
    ]


def near(index: Index, number: int, text: str, sounds: str, shared: float) -> Near:
    """Fetch one name."""
    return Near(
        enterprise_id=int(index.enterprise_ids[number]),
        name=index.names[number],
        kind=int(index.kinds[number]),
        text=text,
        start=int(index.starts[number]),
        end=int(index.ends[number]),
        province=int(index.provinces[number]),
        sounds=sounds,
        shared=shared,
    )


def _texts(candidates: Candidates, indexes: Sequence[Index]) -> list[str]:
    texts = np.empty(len(candidates), dtype=object)
    for at, index in enumerate(indexes):
        here = candidates.which == at
        texts[here] = index.texts(candidates.numbers[here])
    found: list[str] = texts.tolist()
    return found


def _sounds(texts: Sequence[str]) -> list[str]:
    """Give the sounds of many texts, looked up at once."""
    together = sounds_as_text(sound_classes()[letters_of("".join(texts))])
    ends = np.cumsum([len(text) for text in texts]).tolist()
    return [together[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]
