"""Real item files, damaged at random: each is read and can then be decided, or is refused with its problems."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.engine.explain import explain
from matching.engine.ground import Ground
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.try_example import example_day
from matching.language.problems import LanguageError
from matching.language.read_item import read_item

CATALOGUE = shipped_catalogue()
FILES: tuple[Path, ...] = tuple(sorted((SHIPPED / "items").rglob("*.yml")))
TEXTS = tuple(path.read_text(encoding="utf-8") for path in FILES)
WORDS = tuple(sorted({word for text in TEXTS[::5] for word in text.split()}))
NAMES = frozenset(CATALOGUE.definitions)
MARKS = (
    "{",
    "}",
    "[",
    "]",
    ":",
    " - ",
    "&a ",
    "*a",
    "!",
    "|",
    "'",
    '"',
    "#",
    "\t",
    "-",
    "0",
    "9" * 25,
    "²",
    "\x00",
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a shipped item with one to three places changed."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 3))):
        lines = text.splitlines(keepends=True)
        at = draw(st.integers(0, max(len(lines) - 1, 0)))
        place = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(("drop", "double", "swap", "insert", "word", "cut", "indent"))):
            case "drop":
                del lines[at : at + 1]
                text = "".join(lines)
            case "double":
                text = "".join([*lines[: at + 1], *lines[at:]])
            case "swap":
                other = draw(st.integers(0, max(len(lines) - 1, 0)))
                if lines:
                    lines[at], lines[other] = lines[other], lines[at]
                text = "".join(lines)
            case "insert":
                text = (
                    text[:place] + draw(st.sampled_from(MARKS) | st.text(max_size=3)) + text[place:]
                )
            case "word":
                words = text.split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
                text = " ".join(words)
            case "cut":
                text = text[:place]
            case _:
                text = "".join(
                    [*lines[:at], *(f"  {line}" for line in lines[at : at + 1]), *lines[at + 1 :]]
                )
    return text


@given(damaged())
def test_a_damaged_item_is_refused_with_its_problems_or_can_be_decided(text: str) -> None:
    try:
        item = read_item(text, "damaged.yml", CATALOGUE.vocabulary, NAMES)
    except LanguageError as refused:
        assert refused.problems
        for problem in refused.problems:
            assert problem.what
            assert problem.way_out
        return
    for example in item.examples[:2]:
        try:
            population = population_of_texts(
                [item.background | example.given], CATALOGUE.vocabulary
            )
        except ProfileTextError as refused_value:
            assert refused_value.what
            continue
        ground = Ground(population, CATALOGUE.vocabulary, CATALOGUE.definitions)
        found = explain((item,), ground, example_day(item, example))[0]
        assert found.reason.sentence


@given(st.text())
def test_any_text_is_refused_as_an_item(text: str) -> None:
    try:
        read_item(text, "any.yml", CATALOGUE.vocabulary, NAMES)
    except LanguageError as refused:
        assert refused.problems
    else:
        raise AssertionError(text)
