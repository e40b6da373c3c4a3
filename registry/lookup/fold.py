"""Names folded into one writing, for one name and for whole columns alike.

Folded is: half width (NFKC), lower case, simplified characters, a place in brackets moved to the front, everything else
that is no letter or digit left out. 斯曼诺（中國）有限公司 becomes 中国斯曼诺有限公司.
"""

import re
import unicodedata
from functools import cache

import msgspec
import numpy as np
import polars as pl

from registry.lookup.gazetteer import NO_PROVINCE, place_pattern, provinces_by_place
from registry.lookup.letters import NONE, SIZE, folded_letters, letters_of, text_of

LONGEST = 250
"""Letters of a name that are looked at."""

_COMPANY = "(?:集团|控股)*(?:股份有限责任|股份有限|有限责任|有限|股份|总)?公司"
_OTHERS = (
    "个人独资企业|有限合伙|普通合伙|合伙企业|专业合作联社|专业合作社|合作社|合作联社|个体工商户|经营部|经销部|营业部|门市部|服务部|"
    "加工厂|总厂|分厂|工厂|厂|商行|商店|分店|超市|商场|店|铺|坊|馆|行|部|中心|支行|分行|分理处|储蓄所|办事处|事务所|研究院|研究所|"
    "集团"
)
FORMS = re.compile(f"(?:{_COMPANY}|{_OTHERS})")
_TO_COMPANY = f"^(.*?){_COMPANY}"
_TO_OTHER = f"^(.*?)(?:{_OTHERS})$"

FOLDED = {
    "text": pl.String,
    "start": pl.UInt8,
    "end": pl.UInt8,
    "province": pl.UInt8,
    "spoken": pl.String,
}
"""Columns of `fold_column`, as the fields of `Folded`."""


class Folded(msgspec.Struct, frozen=True):
    """A name in its one writing.

    start, end  where its core lies: behind the place in front, before the legal form (of a parent, in a branch).
    province    number of the province of that place (two digits, GB/T 2260); 0 is not known.
    spoken      the letters in the order in which they were written, for initials: brackets are not moved.
    """

    text: str
    start: int
    end: int
    province: int
    spoken: str

    @property
    def core(self) -> str:
        """What tells it from others: 字号 and trade."""
        return self.text[self.start : self.end]


def fold(name: str) -> Folded:
    """Fold one name; a text without any letter folds into nothing."""
    lower = unicodedata.normalize("NFKC", "".join(name.split())).lower()
    letters = folded_letters()[letters_of(lower)]
    marked = text_of(letters[letters != NONE]).replace("\n", "")
    spoken = _without_brackets(marked)[:LONGEST]
    moved = _patterns().bracketed.sub(r"\2\1\3", marked, count=1)
    text = _without_brackets(moved)[:LONGEST]
    start, end = _core(text)
    first = _patterns().place.match(text)
    province = provinces_by_place()[first[0]] if first else NO_PROVINCE
    return Folded(text, start, end, province, spoken)


def fold_column(names: pl.Series) -> pl.DataFrame:
    """Fold a column of names, exactly as `fold` does each; gives FOLDED. A null is a name without letters."""
    lower = names.fill_null("").str.replace_all(r"\s+", "").str.normalize("NFKC").str.to_lowercase()
    marked = _letters_kept(lower)
    patterns = _patterns()
    brackets = r"[()]"
    moved = pl.col("marked").str.replace(patterns.bracketed.pattern, "${2}${1}${3}")
    texts = pl.DataFrame({"marked": marked}).select(
        spoken=pl.col("marked").str.replace_all(brackets, "").str.slice(0, LONGEST),
        text=moved.str.replace_all(brackets, "").str.slice(0, LONGEST),
    )
    long = pl.col("text").str.len_chars()
    places = pl.col("text").str.extract(patterns.places.pattern, 1).str.len_chars().fill_null(0)
    start = pl.when(places + 2 <= long).then(places).otherwise(0)
    end = pl.coalesce(
        pl.col("text").str.extract(_TO_COMPANY, 1).str.len_chars(),
        pl.col("text").str.extract(_TO_OTHER, 1).str.len_chars(),
        long,
    )
    return texts.with_columns(start=start, end=end).select(
        "text",
        pl.col("start").cast(pl.UInt8),
        pl.when(pl.col("end") < pl.col("start") + 2)
        .then(long)
        .otherwise("end")
        .cast(pl.UInt8)
        .alias("end"),
        pl.col("text")
        .str.extract(patterns.place.pattern, 1)
        .replace_strict(provinces_by_place(), default=NO_PROVINCE, return_dtype=pl.UInt8)
        .alias("province"),
        "spoken",
    )


def only_place_or_form(folded: Folded) -> bool:
    """Say whether a text is nothing but a place or a legal form, which any number of names have."""
    text = folded.text
    return bool(_patterns().nothing_else.fullmatch(text) or FORMS.fullmatch(text))


class _Patterns(msgspec.Struct, frozen=True):
    bracketed: re.Pattern[str]
    place: re.Pattern[str]
    places: re.Pattern[str]
    nothing_else: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    place = place_pattern()
    return _Patterns(
        re.compile(rf"^(.*?)\(({place}{{1,3}})\)(.*)$"),
        re.compile(f"^({place})"),
        re.compile(f"^({place}{{1,3}})"),
        re.compile(f"{place}{{1,3}}"),
    )


def _core(text: str) -> tuple[int, int]:
    places = _patterns().places.match(text)
    start = len(places[0]) if places and len(places[0]) + 2 <= len(text) else 0
    form = re.match(_TO_COMPANY, text) or re.match(_TO_OTHER, text)
    end = len(form[1]) if form else len(text)
    return start, len(text) if end < start + 2 else end


def _letters_kept(names: pl.Series) -> pl.Series:
    """Fold the letters of all names at once, as one text with a line a name."""
    text: str = names.str.join("\n").item() or ""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    letters = folded_letters()[np.where(codes < SIZE, codes, NONE)]
    lines = pl.Series([text_of(letters[letters != NONE])]).str.split("\n").explode()
    return lines if len(names) else lines.clear()


def _without_brackets(text: str) -> str:
    return text.replace("(", "").replace(")", "")
