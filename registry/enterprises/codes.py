"""统一社会信用代码 (GB 32100—2015): reading, checking, and saying what is wrong with one.

python-stdnum demands digits in the first two places and so refuses genuine codes of villages (N1…N3),
army institutions (A1) and other bodies (Y1). The check character is its own; the form is ours: any letter of the
alphabet in front but 0, which no registrar has, and no body of nine zeros, which stands for "no code".
"""

import re

import polars as pl
from stdnum.cn.uscc import calc_check_digit

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18

_FORM = rf"^[{ALPHABET[1:]}][{ALPHABET}]\d{{6}}[{ALPHABET}]{{10}}$"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_WORTH = {letter: worth for worth, letter in enumerate(ALPHABET)}
# A spreadsheet keeps fifteen digits of a number: eighteen become …000, or 9.14101E+17.
_LOST = re.compile(r"^(\d{15}000|\d(\.\d*)?E\+?\d+)$")
_NO_BODY = r"^.{8}0{9}.$"
_PLACEHOLDER = re.compile(rf"{_NO_BODY}|^(.)\1{{17}}$|^0{{6}}")
_STORED_AS_NUMBER = (
    "在表中以数字保存，已丢失末位",
    "把该列设为“文本”格式后，照营业执照重新填写18位代码",
)


def compact_codes(texts: pl.Expr) -> pl.Expr:
    """Bring codes into one form: half width, upper case, without blanks, hyphens and quotes."""
    return (
        texts.str.normalize("NFKC")
        .str.replace_all(r"[\s\p{Cc}\p{Cf}'’\-]+", "")
        .str.to_uppercase()
        .replace("", None)
    )


def valid_codes(codes: pl.Expr) -> pl.Expr:
    """Say for each compact code whether its form and its check character are right."""
    letters = [codes.str.slice(place, 1) for place in range(LENGTH - 1)]
    total = pl.sum_horizontal(
        letter.replace_strict(_WORTH, default=None, return_dtype=pl.Int32) * weight
        for letter, weight in zip(letters, _WEIGHTS, strict=True)
    )
    check = ((31 - total % 31) % 31).replace_strict(
        dict(enumerate(ALPHABET)), default=None, return_dtype=pl.String
    )
    kept = ~codes.str.contains(_LOST.pattern)
    # The other placeholders fail the form or the check by themselves.
    borne = ~codes.str.contains(_NO_BODY)
    return codes.str.contains(_FORM) & kept & borne & (codes.str.slice(LENGTH - 1) == check)


def code_problem(code: str) -> tuple[str, str]:
    """Say what is wrong with a compact code that is not valid, and the way out."""
    if _PLACEHOLDER.match(code) and len(code) == LENGTH:
        return "是占位用的数字，不是哪家单位的代码", "照营业执照填写；没有代码的单位留空，不要补0"
    if _LOST.match(code):
        return _STORED_AS_NUMBER
    if re.fullmatch(r"\d{15}", code):
        return "15位是旧的注册号，不是统一社会信用代码", "改填营业执照上的18位统一社会信用代码"
    if len(code) != LENGTH:
        return f"有{len(code)}位，统一社会信用代码应为18位", "照营业执照补全或更正"
    wrong = sorted(set(code) - set(ALPHABET))
    if wrong:
        letters = "、".join(wrong)
        return f"含有代码不用的字符“{letters}”", "照营业执照更正；代码中没有字母 I、O、S、V、Z"
    if code.startswith("0"):
        return "首位是0，没有登记机关用它", "照营业执照更正；如在前面补过0，请去掉"
    if not re.match(_FORM, code):
        return "第3至8位应为6位数字的登记机关行政区划码", "照营业执照更正"
    due = calc_check_digit(code)
    return f"校验码不对：按前17位末位应为“{due}”，表中为“{code[-1]}”", "照营业执照更正"
