"""Real item files, damaged at random: each is read and can then be decided, or is refused with its problems."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.engine.explain import Explanation, explain
from matching.engine.ground import Ground
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.try_example import example_day
from matching.language.items import Example, Item
from matching.language.problems import LanguageError, Problem
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


def read_or_problems(text: str) -> Item | tuple[Problem, ...]:
    """Read a file; nothing but a LanguageError may come instead of an item."""
    try:
        return read_item(text, "damaged.yml", CATALOGUE.vocabulary, NAMES)
    except LanguageError as refused:
        return refused.problems


def decided(item: Item, example: Example) -> Explanation | None:
    """Decide an example; None where its values are refused."""
    try:
        given_texts = [item.background | example.given]
        population = population_of_texts(given_texts, CATALOGUE.vocabulary)
    except ProfileTextError:
        return None
    ground = Ground(population, CATALOGUE.vocabulary, CATALOGUE.definitions)
    return explain((item,), ground, example_day(item, example))[0]


@given(damaged())
def test_a_damaged_item_is_refused_with_its_problems_or_can_be_decided(text: str) -> None:
    read = read_or_problems(text)
    if isinstance(read, Item):
        found = [decided(read, example) for example in read.examples[:2]]
        assert all(explanation.reason.sentence for explanation in found if explanation)
    else:
        assert read
        assert all(problem.what and problem.way_out for problem in read)


@given(st.text())
def test_any_text_is_refused_as_an_item(text: str) -> None:
    assert isinstance(read_or_problems(text), tuple)
