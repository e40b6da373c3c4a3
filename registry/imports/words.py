"""Words in cells: yes and no, words of a code, places, industries, lists."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from matching.language.vocabulary import Fact, Ledger, ListKind, Tree, Vocabulary
from registry.imports.headers import plain_header
from registry.imports.numbers import Explained

FLAGS = {
    word: flag
    for flag, words in (
        (1, ("是", "有", "1", "1.0", "√", "Y", "YES", "TRUE", "属于", "已")),
        (0, ("否", "无", "0", "0.0", "×", "X", "N", "NO", "FALSE", "不是", "没有", "不属于", "未")),
    )
    for word in words
}

LEDGERS: dict[str, Ledger] = {
    "人员": "person",
    "贷款": "loan",
    "合同": "contract",
    "项目": "project",
}

RELATION_WORDS: dict[str, str] = {
    "控股": "controls",
    "受控于": "controlled_by",
    "集团成员": "group_member",
    "并入": "merged_into",
    "吸收合并": "absorbs",
    "分立自": "split_from",
    "分立出": "split_into",
}
"""What is offered; each says which way the relation goes, from the row's enterprise to the other one."""
_MORE_RELATION_WORDS = {
    "控制": "controls",
    "被控股": "controlled_by",
    "被控制": "controlled_by",
    "属于集团": "group_member",
    "被吸收合并": "merged_into",
    "从中分立": "split_from",
}

_QUOTES = re.compile("[\"'“”„‘’「」『』《》]")
_FAMILY = re.compile(r"^P\d+[A-Z]?(-[A-Z]+)?$", re.IGNORECASE)
_INDUSTRY = re.compile(r"^([A-T]?)(\d{2,4})(?:\.0)?(?:\D.*)?$")


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the different words of a column mean; a word that means nothing has its problem."""

    meant: dict[str, str]
    problems: dict[str, Explained]


def read_code_words(words: Iterable[str], fact: Fact, also: Mapping[str, str]) -> Read:
    """Give the code word of each label; `also` holds what a department writes besides."""
    known = {plain_header(label): code for code, label in fact.values.items()}
    known |= {plain_header(label): code for label, code in also.items()}
    way_out = f"填写{'、'.join(fact.values.values())}之一"
    return _read(words, {word: known.get(_compared(word)) for word in words}, fact.label, way_out)


def read_places(words: Iterable[str], places: Tree) -> Read:
    """Give the GB/T 2260 code of each code or name."""
    found = {word: places.find(word.removesuffix(".0")) for word in words}
    return _read(words, found, "区划", "填写6位行政区划代码或区县全称")


def read_industries(words: Iterable[str], industries: Tree) -> Read:
    """Give the GB/T 4754 code of each code or name; a missing letter is put before it."""
    letters = {code[1:3]: code[0] for code in industries.nodes if len(code) == 3}
    found = {word: _industry(word, industries, letters) for word in words}
    way_out = "填写 GB/T 4754—2017 的字母加2至4位数字，如 C3489；不带字母时填4位"
    return _read(words, found, "行业代码", way_out)


def read_lists(words: Iterable[str], vocabulary: Vocabulary, also: Mapping[str, str]) -> Read:
    """Give the key of each list by its label, its other names or its key."""
    known: dict[str, str] = {}
    for listed in vocabulary.lists.values():
        for name in (listed.key, *listed.names, listed.label):
            known[_compared(name)] = listed.key
    known |= {_compared(name): key for name, key in also.items()}
    found = {word: known.get(_compared(word)) for word in words}
    return _read(words, found, "名录", "填写 lists.yml 中的名录名称")


def read_families(words: Iterable[str], vocabulary: Vocabulary, also: Mapping[str, str]) -> Read:
    """Give the family of each policy: its number, a family of the vocabulary, or a title the layout knows."""
    known = {_compared(label): family for family, label in vocabulary.families.items()}
    known |= {_compared(family): family for family in vocabulary.families}
    known |= {_compared(title): family for title, family in also.items()}
    found = {
        word: word.upper() if _FAMILY.match(word) else known.get(_compared(word)) for word in words
    }
    return _read(words, found, "政策", "填写政策编号（如 P12），或把该名称登记到版式")


def read_ledgers(words: Iterable[str]) -> Read:
    """Give the ledger of each kind of evidence item."""
    found = {word: LEDGERS.get(_compared(word)) for word in words}
    return _read(words, found, "凭证类别", f"填写{'、'.join(LEDGERS)}之一")


def read_relations(words: Iterable[str], also: Mapping[str, str]) -> Read:
    """Give what each word says of an enterprise and the other one; a word that leaves the way open is none."""
    every = RELATION_WORDS | _MORE_RELATION_WORDS | dict(also)
    known = {_compared(word): kind for word, kind in every.items()}
    found = {word: known.get(_compared(word)) for word in words}
    way_out = f"填写{'、'.join(RELATION_WORDS)}之一，说清是本企业对另一方如何"
    return _read(words, found, "关系", way_out)


def level_problem(level: str, listed: ListKind) -> Explained | None:
    """Say what is wrong with a level of a list that has levels; None where nothing is."""
    if not listed.levels or level in listed.levels:
        return None
    return f"“{listed.label}”没有这个级别", f"填写{'、'.join(listed.levels)}之一"


def _industry(word: str, industries: Tree, letters: Mapping[str, str]) -> str | None:
    named = industries.find(word)
    if named is not None:
        return named
    found = _INDUSTRY.match(word.upper())
    if not found:
        return None
    letter, digits = found.groups()
    if not letter and len(digits) == 3:
        return None  # 348 of C348, or 0348 whose zero a number lost
    section = letters.get(digits[:2])
    return f"{section}{digits}" if section and letter in {"", section} else None


def _compared(word: str) -> str:
    return _QUOTES.sub("", plain_header(word)).upper()


def _read(words: Iterable[str], found: Mapping[str, str | None], what: str, way_out: str) -> Read:
    meant = {word: code for word, code in found.items() if code is not None}
    unknown = (f"不是认得的{what}", way_out)
    return Read(meant=meant, problems={word: unknown for word in words if word not in meant})
