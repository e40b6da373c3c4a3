"""What agrees and what differs between what was written and a name, in words."""

from collections.abc import Iterable

from registry.lookup.why import Why

WHY_WORDS: dict[Why, str] = {
    "same_name": "完全相同",
    "part_of_name": "其中有这几个字",
    "abbreviated": "像是简称",
    "same_sound": "有同音字",
    "typo": "有个别字不同",
    "letter_missing": "少了一个字",
    "letter_too_many": "多了一个字",
    "swapped": "字的次序不同",
    "missing_place": "没有写地名",
    "extra_place": "多写了地名",
    "other_place": "地名不同",
    "missing_form": "没有写“有限公司”一类的后缀",
    "other_form": "后缀不同",
    "branch": "一个是分支机构",
    "pinyin": "拼音相同",
    "initials": "拼音首字母相同",
}


def why_words(codes: Iterable[Why]) -> tuple[str, ...]:
    """Say each in a few words, in the same order."""
    return tuple(WHY_WORDS[code] for code in codes)
