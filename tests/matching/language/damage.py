"""Files spoilt at random, as hands, editors and ill will spoil them; the same dice spoil them the same way."""

import re
from collections.abc import Callable
from random import Random

NUMBERS = (
    *("0", "-1", "00", "1e9", "0x10", "1_000", "1.5", "99999999999", "9" * 25, "9" * 400, "-" + "9" * 30),
    *("NaN", ".inf", "²", "１２", "٣", "1 000", "½", "+5", "-0", "1.", ".5", "9223372036854775808"),
)  # fmt: skip
SCALARS = (
    *("", "~", "null", "yes", "no", "on", "true", "unknown", "none", "''", '""', "[]", "{}", "[[]]"),
    *("met", "2026-02-30", "0001-01-01", "9999-12-31", "2026-13", "2026-Q5", "-99", "2100", "9 元"),
    *("100000000000000000000 亿元", "0.001 元", "-5 %", "1000000 %", "5 公里", "@", "2023-07-01..2023-06-30"),
    *("..", "2026-01..2025-01", "1900-01..2099-12", "2024-01-01..;..", "国家级#@..", "#", "@..", "%"),
)  # fmt: skip
SIGNS = (
    *("{", "}", "[", "]", ":", ": ", " - ", ",", "&a ", "*a", "!", "!!int ", "|", ">", "'", '"', "#"),
    *("\t", "-", "?", "%", "@", "`", "\x00", "\ufeff", "\u2028", "\x85", "\x1b", "\ud800", "\udfff"),
    *("\uffff", "\U0010ffff", "：", "　", "\r", "\r\n", "---\n", "...\n", "<<: ", "\u202e", "&", "*"),
)  # fmt: skip
TAGS = (
    *("!!python/object/apply:os.system ", "!!python/name:os.system ", "!!binary ", "!!set ", "!!omap "),
    *("!!null ", "!!float ", "!!timestamp ", "!local ", "!<tag:yaml.org,2002:int> ", "!!str ", "!! "),
)  # fmt: skip
Spoiling = Callable[[str, Random, tuple[str, ...]], str]


def damaged(text: str, dice: Random, words: tuple[str, ...]) -> str:
    """Give the text with one to three places spoilt, or with a slight change that may well go unnoticed."""
    if dice.random() < 0.3:
        # The rule stands in front of its examples, and is shorter.
        end = text.find("\nbackground:") if dice.random() < 0.7 else -1
        return _slight(text[:end], dice, words) + text[end:]
    for _ in range(dice.choice((1, 1, 2, 3))):
        text = dice.choice(SPOILINGS)(text, dice, words)
    return text


def _lines(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001  one form for all
    """Drop, double, swap, move or cut lines."""
    lines = text.splitlines(keepends=True) or [""]
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(5):
        case 0:
            del lines[one]
        case 1:
            lines.insert(one, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines.insert(other, lines.pop(one))
        case _:
            del lines[one : one + dice.randrange(1, 6)]
    return "".join(lines)


def _indent(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001
    """Shift a few lines to the right or to the left."""
    lines = text.splitlines(keepends=True)
    first, shift = dice.randrange(len(lines) + 1), dice.choice((" ", "  ", "    ", "\t", "", ""))
    for place in range(first, min(first + dice.randrange(1, 5), len(lines))):
        lines[place] = shift + lines[place] if shift else lines[place].removeprefix("  ")
    return "".join(lines)


def _word(text: str, dice: Random, words: tuple[str, ...]) -> str:
    """Put another word of the files, or a strange one, in the place of a word."""
    found = list(re.finditer(r"[^\s{}\[\],:]+", text))
    if not found:
        return text
    hit = dice.choice(found)
    said = dice.choice(words) if dice.random() < 0.6 else dice.choice(SCALARS)
    return text[: hit.start()] + said + text[hit.end() :]


def _number(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001
    """Put a strange number in the place of one, or make it longer."""
    found = list(re.finditer(r"[0-9]+", text))
    if not found:
        return text
    hit = dice.choice(found)
    said = dice.choice((*NUMBERS, hit.group() + "0" * dice.randrange(1, 20), f"-{hit.group()}"))
    return text[: hit.start()] + said + text[hit.end() :]


def _key(text: str, dice: Random, words: tuple[str, ...]) -> str:
    """Rename a key, double it, or let it merge."""
    found = list(re.finditer(r"([a-z_]+): ", text))
    if not found:
        return text
    hit = dice.choice(found)
    said = dice.choice(
        (*(other.group() for other in found[:40]), "<<: ", "? ", f"{dice.choice(words)}: ")
    )
    if dice.random() < 0.2:
        said = hit.group() + said
    return text[: hit.start()] + said + text[hit.end() :]


def _value(text: str, dice: Random, words: tuple[str, ...]) -> str:
    """Put another value, a list or a block behind a key."""
    found = list(re.finditer(r"(?<=: )[^\n]+", text))
    if not found:
        return text
    hit = dice.choice(found)
    said = dice.choice(SCALARS) if dice.random() < 0.5 else dice.choice(words)
    said = dice.choice(
        (said, said, f"[{said}]", f"{{{said}: {said}}}", f"[{said}, {said}]", "{a: [b]}")
    )
    return text[: hit.start()] + said + text[hit.end() :]


def _slight(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001
    """Change a digit, or put what stands behind a key behind another of the same name: it may well still read."""
    digits = list(re.finditer(r"[0-9]", text))
    if not digits or dice.random() < 0.3:
        pairs = list(re.finditer(r"([a-z_]+): ([^\s{}\[\],][^\n{}\[\],]*)", text))
        if not pairs:
            return text
        hit = dice.choice(pairs)
        same = [pair.group(2) for pair in pairs if pair.group(1) == hit.group(1)]
        return text[: hit.start(2)] + dice.choice(same) + text[hit.end(2) :]
    hit = dice.choice(digits)
    return text[: hit.start()] + dice.choice("0123456789") + text[hit.end() :]


def _sign(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001
    """Put a sign, a tag or any letter in."""
    place = dice.randrange(len(text) + 1)
    said = dice.choice((dice.choice(SIGNS), dice.choice(TAGS), chr(dice.randrange(0x110000))))
    return text[:place] + said + text[place + dice.choice((0, 0, 1)) :]


def _tag(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001
    """Put a tag, an anchor or an alias in front of a value."""
    found = list(re.finditer(r"(?<=: )", text)) or [re.compile("").match(text)]
    hit = dice.choice(found)
    said = dice.choice((*TAGS, "&a ", "*a ", "&a &b ", "| ", "> "))
    return text[: hit.start()] + said + text[hit.start() :]


def _part(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001
    """Cut the file short, or repeat a piece of it elsewhere."""
    one, other = sorted((dice.randrange(len(text) + 1), dice.randrange(len(text) + 1)))
    match dice.randrange(3):
        case 0:
            return text[:one]
        case 1:
            return text[:other] + text[one : min(other, one + 200)] + text[other:]
        case _:
            return text[:one] + text[min(other, one + 40) :]


def _nest(text: str, dice: Random, words: tuple[str, ...]) -> str:  # noqa: ARG001
    """Put a value deep inside lists or blocks."""
    found = list(re.finditer(r"(?<=: )[^\n{}\[\]]+(?=\n)", text))
    if not found:
        return text
    hit, deep = dice.choice(found), dice.choice((1, 5, 30, 60, 3_000))
    opened, closed = dice.choice(
        (("[", "]"), ("{a: ", "}"), ("{negate: ", "}"), ("{all_of: [", "]}"))
    )
    return text[: hit.start()] + opened * deep + hit.group() + closed * deep + text[hit.end() :]


SPOILINGS: tuple[Spoiling, ...] = (
    *(_lines, _indent, _word, _number, _slight, _key, _value, _sign, _tag, _part, _nest),
)  # fmt: skip
