"""A YAML file becomes plain text with lines; whatever could be guessed or hidden in it is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.language.problems import Problem
from matching.language.yaml_tree import DEEPEST, LONGEST_FILE, Block, Scalar, Series, read_tree


def entries(text: str) -> dict[str, object]:
    tree = read_tree(text, "a.yml")
    assert isinstance(tree, Block)
    return dict(tree.entries)


@pytest.mark.parametrize(
    "word", ["no", "on", "yes", "0123", "1_000", "2026-10-31", "1e3", "0x1F", ".5", "12:30:00"]
)
def test_a_word_stays_the_text_it_is(word: str) -> None:
    assert entries(f"key: {word}") == {"key": Scalar(word, 1)}


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_an_empty_value_is_none_and_a_quoted_one_is_text(empty: str) -> None:
    assert entries(f"key: {empty}") == {"key": Scalar(None, 1)}
    assert entries(f'key: "{empty}"') == {"key": Scalar(empty, 1)}


def test_everything_knows_its_line() -> None:
    found = entries("a: 1\nb:\n  - x\n  - {c: y}\n")

    assert found["b"] == Series((Scalar("x", 3), Block({"c": Scalar("y", 4)}, 4)), 3)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "写了两次", id="a key twice"),
        pytest.param("a:\n  b: 1\n  b: 2\n", 3, "写了两次", id="a key twice, deeper"),
        pytest.param("a: &x {b: 1}\nc: *x\n", 1, "锚点", id="an anchor"),
        pytest.param("a: 1\nb: *x\n", 2, "锚点", id="a reference to nothing"),
        pytest.param("a: 1\n[b, c]: 2\n", 2, "一个词", id="a list as a key"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "YAML", id="two documents"),
        pytest.param("a: 1\n b: 2\n", 2, "YAML", id="wrong indentation"),
        pytest.param('a: "open\n', 2, "YAML", id="an open quote"),
        pytest.param("a: [1, 2\n", 2, "YAML", id="an open bracket"),
        pytest.param("", 0, "空", id="nothing"),
        pytest.param("# only a remark\n", 0, "空", id="only a remark"),
        pytest.param("a: \x00\n", 0, "YAML", id="a control character"),
        pytest.param("a: " + "x" * LONGEST_FILE, 0, "超过", id="too long a file"),
    ],
)
def test_what_is_refused_says_where_and_the_way_out(text: str, line: int, said: str) -> None:
    problem = read_tree(text, "a.yml")

    assert isinstance(problem, Problem)
    assert (problem.file, problem.line) == ("a.yml", line)
    assert said in problem.what
    assert problem.way_out


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_before_anything_is_built(opening: str) -> None:
    problem = read_tree(opening * 45_000, "a.yml")

    assert isinstance(problem, Problem)
    assert "嵌套" in problem.what


def test_nesting_is_allowed_to_its_limit_and_no_deeper() -> None:
    assert isinstance(read_tree("[" * DEEPEST + "]" * DEEPEST, "a.yml"), Series)
    assert isinstance(read_tree("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "a.yml"), Problem)


@given(st.text() | st.text(alphabet="ab:-[]{}&*#\"'\n \t|>!?%@`,"))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    found = read_tree(text, "a.yml")

    assert isinstance(found, Block | Series | Scalar | Problem)
