"""A document is written down once; an item names it and says the article."""

from datetime import date

import pytest

from matching.language.items import Document
from matching.language.problems import LanguageError, Problem
from matching.language.read_document import read_documents
from matching.language.read_item import read_item
from matching.language.reading import Reader
from matching.language.yaml_tree import read_tree
from tests.matching.language.made_items import VOCABULARY, item, item_text, problems

NAMES = frozenset({"good_standing"})
PARTS = {
    "number": "试〔2026〕1号",
    "title": "试行办法",
    "issuer": "郑州市人民政府",
    "issued_on": "2026-01-02",
    "source": "example.org/1",
    "mark": "verified",
}


def documents(**replaced: str | None) -> tuple[dict[str, Document], list[Problem]]:
    said = {key: text for key, text in {**PARTS, **replaced}.items() if text is not None}
    body = "".join(f"  {key}: {text}\n" for key, text in said.items())
    tree = read_tree(f"trial:\n{body}", "documents.yml")
    assert not isinstance(tree, Problem)
    reader = Reader("documents.yml", VOCABULARY, frozenset())
    return read_documents(reader, tree), reader.problems


def found_in(text: str, known: dict[str, Document]) -> list[str]:
    with pytest.raises(LanguageError) as refused:
        read_item(text, "made.yml", VOCABULARY, NAMES, known)
    return [problem.where for problem in refused.value.problems]


def test_a_document_is_read_whole() -> None:
    read, wrong = documents(note="只读到摘录")

    assert not wrong
    assert read["trial"] == Document(
        id="trial",
        number="试〔2026〕1号",
        title="试行办法",
        issuer="郑州市人民政府",
        issued_on=date(2026, 1, 2),
        source="example.org/1",
        mark="verified",
        note="只读到摘录",
    )


def test_an_unknown_day_and_an_unread_text_stay_unknown() -> None:
    read, wrong = documents(issued_on="unknown", source="null", mark="recalled")

    assert not wrong
    assert (read["trial"].issued_on, read["trial"].source) == (None, None)


@pytest.mark.parametrize("key", sorted(PARTS))
def test_a_document_says_all_of_it(key: str) -> None:
    read, wrong = documents(**{key: None})

    assert read == {}
    assert [problem.where for problem in wrong] == [f"trial.{key}"]


@pytest.mark.parametrize(
    ("replaced", "where"),
    [
        pytest.param({"source": "null"}, "trial.source", id="verified without a source"),
        pytest.param({"mark": "recalled"}, "trial.source", id="recalled with a source"),
        pytest.param({"mark": "checked"}, "trial.mark", id="an unknown mark"),
        pytest.param({"issued_on": "2026年"}, "trial.issued_on", id="no day"),
        pytest.param({"colour": "red"}, "trial", id="a key nobody knows"),
    ],
)
def test_what_does_not_fit_is_named(replaced: dict[str, str], where: str) -> None:
    _, wrong = documents(**replaced)

    assert where in [problem.where for problem in wrong]
    assert all(problem.line > 0 and problem.way_out for problem in wrong)


def test_an_item_carries_the_document_it_names_with_its_article() -> None:
    known, _ = documents()

    read = read_item(
        item_text(document="trial", article="第三条"), "made.yml", VOCABULARY, NAMES, known
    )

    assert read.document.article == "第三条"
    assert (read.document.id, read.document.number) == ("trial", "试〔2026〕1号")


def test_an_item_names_a_known_document_and_an_article() -> None:
    known, _ = documents()

    assert found_in(item_text(document="other", article="第三条"), known) == ["document"]
    assert found_in(item_text(document="trial"), known) == ["article"]
    assert found_in(item_text(document="other"), known) == ["article", "document"]


def test_a_carried_document_holds_its_own_article() -> None:
    assert item().document.article == "一"
    assert [problem.where for problem in problems(article="二")] == ["article"]


def test_a_verified_item_needs_a_document_that_was_read() -> None:
    known, _ = documents(source="null", mark="recalled")

    assert found_in(item_text(document="trial", article="三"), known) == ["document.source"]
