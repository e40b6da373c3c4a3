"""Headers that are only near to what is known: asked about before a sheet is taken in, and decided by a person."""

import msgspec

from matching.language.problems import Problem
from matching.language.vocabulary import Vocabulary
from registry.actions.import_outcome import Told
from registry.actions.learn_layouts import checked_headers
from registry.imports.errors import LayoutError, SheetRefused
from registry.imports.guess import HeaderGuess
from registry.imports.meanings import meaning_in_words
from registry.imports.see_headers import HeadersSeen
from registry.imports.teach import HeadersDecided
from registry.imports.types import Refusal

WAY_OUT = (
    "表头相近，可以确认：网页在预览中逐个确认；"
    "命令行用 registry import 文件 --preview 查看，再加 --confirm all --by 姓名"
)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A word of registry.imports.meanings, and what people read for it."""

    meaning: str
    words: str


class HeaderAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A header to be decided on: what it seems to mean, and what else it may mean, the likeliest first."""

    guess: HeaderGuess
    others: tuple[Choice, ...]


class HeadersAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be decided, or was, of the headers of a file.

    layout   the name of the layout that is meant, `label` what people call it.
    missing  required columns nobody bears yet, in words: without them the file is not taken in.
    decided  header (without period and unit) and its meaning in words, as decided `by` somebody; not yet learned.
    """

    layout: str
    label: str
    missing: tuple[str, ...]
    asked: tuple[HeaderAsked, ...]
    decided: tuple[tuple[str, str], ...] = ()
    by: str = ""


class Choosing(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody chose: the letter of a column and a word of registry.imports.meanings; "": not decided."""

    meanings: dict[str, str]
    by: str


class HeadersNear(SheetRefused):
    """The file cannot be taken in as it is, but could be once headers are decided on."""

    def __init__(self, refusals: tuple[Refusal, ...], headers: HeadersAsked) -> None:
        self.headers = headers
        super().__init__(refusals)


def asked_of(
    seen: HeadersSeen | None, decided: HeadersDecided | None, vocabulary: Vocabulary
) -> HeadersAsked | None:
    """Say what is to be decided of the headers of a file; None: nothing, and nothing was."""
    if seen is None:
        return None
    ours = decided if decided is not None and decided.layout == seen.layout.name else None
    if not seen.guesses and ours is None:
        return None

    def words(meaning: str) -> str:
        return meaning_in_words(meaning, vocabulary, seen.layout)

    return HeadersAsked(
        layout=seen.layout.name,
        label=seen.layout.label,
        missing=seen.missing,
        asked=tuple(
            HeaderAsked(
                guess=guess,
                others=tuple(Choice(meaning=one, words=words(one)) for one in guess.others),
            )
            for guess in seen.guesses
        ),
        decided=tuple((key, words(meaning)) for key, meaning in ours.meanings.items())
        if ours
        else (),
        by=ours.by if ours else "",
    )


def refused_near(
    refused: SheetRefused,
    seen: HeadersSeen | None,
    decided: HeadersDecided | None,
    vocabulary: Vocabulary,
) -> SheetRefused:
    """Lead a refusal to the headers to be decided on, where that is the way out, or was tried."""
    headers = asked_of(seen, decided, vocabulary)
    if seen is None or headers is None:
        return refused
    helps = bool(seen.missing and seen.guesses and not seen.would_miss)
    if not (helps or headers.decided):
        return refused
    return HeadersNear(
        tuple(
            msgspec.structs.replace(one, way_out=WAY_OUT) if helps and not one.column else one
            for one in refused.refusals
        ),
        headers,
    )


async def decided_headers(
    asked: HeadersAsked, choosing: Choosing, before: HeadersDecided | None, told: Told
) -> HeadersDecided:
    """Add what somebody chose to what was decided before; raises LayoutError with all that cannot be."""
    guesses = {one.guess.letter: one.guess for one in asked.asked}
    chosen: dict[str, str] = {}
    problems: list[Problem] = []
    for letter, meaning in choosing.meanings.items():
        if letter not in guesses or not meaning:
            continue
        key = guesses[letter].key
        if chosen.setdefault(key, meaning) != meaning:
            what = f"“{key}”有几列，选了不同的含义；除去单位和年份，同一个表头只有一个含义"
            problems.append(_problem(asked, key, what, "几列选同一项"))
    if not chosen:
        problems.append(_problem(asked, "", "没有确认任何一个表头", "至少选定一个"))
    if problems:
        raise LayoutError(problems)
    earlier = before if before is not None and before.layout == asked.layout else None
    people = (earlier.by, choosing.by.strip()) if earlier else (choosing.by.strip(),)
    decided = HeadersDecided(
        layout=asked.layout,
        meanings={**(earlier.meanings if earlier else {}), **chosen},
        by="、".join(dict.fromkeys(people)) if choosing.by.strip() else "",
    )
    await checked_headers(decided, told.recorded_at, told.vocabulary)
    return decided


def _problem(asked: HeadersAsked, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=f"{asked.layout}.yml", line=0, where=where, what=what, way_out=way_out)
