"""Slightly wrong versions of figures over ledgers of records: a limit one step off, a word more or less, a test gone."""

from collections.abc import Iterator

import msgspec

from matching.language.records import Derived, RecordLedger, RowTest

changed = msgspec.structs.replace
Wrong = tuple[str, Derived]
"""What was done to it, and the figure so counted."""
TURNED = {
    "at_least": "at_most",
    "at_most": "at_least",
    "at_least_years_ago": "more_than_years_ago",
    "more_than_years_ago": "at_least_years_ago",
    "within_years": "at_least_years_ago",
}


def wrong_figures(derived: Derived, ledger: RecordLedger) -> Iterator[Wrong]:
    """Give every version that differs from a figure in a single place, each with words that say where."""
    for place, test in enumerate(derived.where):
        before, after = derived.where[:place], derived.where[place + 1 :]
        yield f"去掉“{_said(test, ledger)}”", changed(derived, where=(*before, *after))
        for what, wrong in _wrong_tests(test, ledger, (*before, *after)):
            yield what, changed(derived, where=(*before, wrong, *after))


def _wrong_tests(
    test: RowTest, ledger: RecordLedger, beside: tuple[RowTest, ...]
) -> Iterator[tuple[str, RowTest]]:
    for wrong in (*_other_words(test, ledger, beside), *_other_limits(test)):
        yield f"把“{_said(test, ledger)}”改成“{_said(wrong, ledger)}”", wrong
    if test.or_ is not None:
        yield f"去掉“或者{_said(test.or_, ledger)}”", changed(test, or_=None)
        yield f"去掉“{_said(changed(test, or_=None), ledger)}”", test.or_
        for what, wrong in _wrong_tests(test.or_, ledger, beside):
            yield what, changed(test, or_=wrong)


def _other_words(
    test: RowTest, ledger: RecordLedger, beside: tuple[RowTest, ...]
) -> Iterator[RowTest]:
    """Give the test with a word more or less, and the flag turned.

    A word another test of that field excludes anyway makes no difference, and is not added.
    """
    if test.is_ is not None:
        yield changed(test, is_=not test.is_)
    if test.one_of is None:
        return
    narrowed = [
        one.one_of
        for one in beside
        if one.field == test.field and one.one_of is not None and one.or_ is None
    ]
    for word in ledger.fields[test.field].values:
        if word in test.one_of:
            if len(test.one_of) > 1:
                yield changed(test, one_of=tuple(one for one in test.one_of if one != word))
        elif all(word in words for words in narrowed):
            yield changed(test, one_of=(*test.one_of, word))


def _other_limits(test: RowTest) -> Iterator[RowTest]:
    """Give the test with its limit a step off, and looking the other way."""
    for name, other in TURNED.items():
        limit = getattr(test, name)
        if limit is None:
            continue
        yield changed(test, **{name: None, other: limit})
        for step in (1, -1):
            yield changed(test, **{name: limit + step})


def _said(test: RowTest, ledger: RecordLedger) -> str:
    field = ledger.fields[test.field]
    words = "、".join(field.values.get(word, word) for word in test.one_of or ())
    said = {
        "one_of": f"是{words}",
        "is_": "为是" if test.is_ else "为否",
        "at_least": f"不低于{test.at_least}",
        "at_most": f"不高于{test.at_most}",
        "within_years": f"在近{test.within_years}年内",
        "at_least_years_ago": f"满{test.at_least_years_ago}年",
        "more_than_years_ago": f"超过{test.more_than_years_ago}年",
    }
    own = next((words for name, words in said.items() if getattr(test, name) is not None), "")
    instead = "" if test.or_ is None else f"，或者{_said(test.or_, ledger)}"
    return f"{field.label}{own}{instead}"
