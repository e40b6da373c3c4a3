"""The headers of a file before it is taken in: what each is known to mean, may mean, or is unknown."""

from collections.abc import Iterable

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.imports.guess import HeaderGuess, guess_headers, possible
from registry.imports.layout import Column, Layout
from registry.imports.meanings import meaning_in_words, meaning_of
from registry.imports.recognise import Fit, best_fits
from registry.imports.teach import taught_header
from registry.imports.types import OUR_SHEETS, Grid

FITS_TRIED = 4


class HeaderKnown(msgspec.Struct, frozen=True, kw_only=True):
    """A header a column of the layout bears, in the file or as taught: it is taken as this."""

    letter: str
    header: str
    meaning: str
    words: str
    period: str | None
    unit: str


class HeaderUnknown(msgspec.Struct, frozen=True, kw_only=True):
    """A header that is like nothing we know: its column is not taken. `key` as in HeaderGuess."""

    letter: str
    header: str
    key: str


class HeadersSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What stands above the columns of the worksheet that fits best.

    header_row   its last row, as the spreadsheet numbers it.
    missing      required columns nobody bears, by the words of people.
    would_miss   the same, were all guesses confirmed: none means the file could then be taken in.
    """

    sheet: str
    layout: Layout
    header_row: int
    known: tuple[HeaderKnown, ...]
    guesses: tuple[HeaderGuess, ...]
    unknown: tuple[HeaderUnknown, ...]
    missing: tuple[str, ...]
    would_miss: tuple[str, ...]


def see_headers(
    grids: tuple[Grid, ...], layouts: tuple[Layout, ...], vocabulary: Vocabulary
) -> HeadersSeen | None:
    """Lay the layouts over a file and suggest what is left; None where nothing in it looks like a header.

    A layout that fits is taken; else the one that would miss least, were its guesses confirmed.
    """
    beside = OUR_SHEETS | {layout.covers_listed for layout in layouts if layout.covers_listed}
    fits = [
        fit
        for grid in grids
        if grid.sheet not in beside
        for fit in best_fits(grid, layouts, vocabulary)
    ]
    whole = [fit for fit in fits if not fit.missing]
    near = sorted(fits, key=lambda fit: (-len(fit.matched), len(fit.missing)))[:FITS_TRIED]
    seen = [_seen(fit, vocabulary) for fit in (whole[:1] or near)]
    return min(
        seen,
        key=lambda one: (len(one.would_miss), -len(one.known), -len(one.guesses)),
        default=None,
    )


def _seen(fit: Fit, vocabulary: Vocabulary) -> HeadersSeen:
    columns = fit.layout.columns
    taken = {letter: meaning_of(columns[match.place]) for letter, match in fit.matched.items()}
    guesses = guess_headers(fit.at, taken, possible(fit.layout, vocabulary), vocabulary)
    guessed = {guess.letter for guess in guesses}
    meanings = {guess.meaning for guess in guesses}
    still = [column for column in fit.missing if meaning_of(column) not in meanings]
    return HeadersSeen(
        sheet=fit.at.grid.sheet,
        layout=fit.layout,
        header_row=fit.at.last,
        known=tuple(
            HeaderKnown(
                letter=letter,
                header=fit.at.headers[letter].text,
                meaning=meaning,
                words=meaning_in_words(meaning, vocabulary, fit.layout),
                period=fit.matched[letter].header.period,
                unit=fit.matched[letter].header.unit,
            )
            for letter, meaning in taken.items()
        ),
        guesses=guesses,
        unknown=tuple(
            HeaderUnknown(letter=letter, header=header.text, key=taught_header(header))
            for letter, header in fit.at.headers.items()
            if letter not in taken and letter not in guessed
        ),
        missing=_words(fit.missing, vocabulary, fit.layout),
        would_miss=_words(still, vocabulary, fit.layout),
    )


def _words(columns: Iterable[Column], vocabulary: Vocabulary, layout: Layout) -> tuple[str, ...]:
    return tuple(meaning_in_words(meaning_of(column), vocabulary, layout) for column in columns)
