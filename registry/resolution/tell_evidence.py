"""Evidence in words, as a reviewer reads it beside the two records."""

from rapidfuzz.distance import Levenshtein

from registry.resolution.types import Candidate, Evidence, Mark

MARKS: dict[Mark, str] = {
    "same_name": "名称相同",
    "former_name": "与该企业的曾用名相近，不是现用名",
    "short_name": "与该企业的简称相近，不是全称",
    "same_sound": "有同音或近音字",
    "other_character": "有不同的字",
    "missing_character": "比登记名称少字",
    "extra_character": "比登记名称多字",
    "swapped": "有字前后颠倒",
    "contrast": "方位或大小新老等相对的字不同，往往是两家",
    "number_differs": "编号不同，往往是两家",
    "branch": "一个是总公司，一个是分支机构，或不是同一个分支机构",
    "institution_differs": "所属机构不同",
    "place_differs": "名称中的地名不同",
    "place_missing": "只有一方的名称带地名",
    "form_differs": "组织形式不同（如有限公司、有限责任公司）",
    "form_missing": "只有一方的名称带组织形式",
    "brand_differs": "字号不同",
    "little_said": "名称太短或太常见，认不准是哪一家",
    "close_rival": "还有一家同样相近",
}
"""What each mark says; a page shows them in this order."""

DATA = {
    "name": "名称",
    "code": "统一社会信用代码",
    "place": "所在地",
    "legal_representative": "法定代表人",
    "address": "住所",
    "phone": "电话",
}


def tell(evidence: Evidence) -> str:
    """Say one piece of evidence: 名称有同音或近音字；住所不一致：表中“…”，登记“…”."""
    datum = DATA[evidence.about]
    if evidence.about == "name":
        return "；".join(MARKS[mark] for mark in MARKS if mark in evidence.marks) or "名称相近"
    if evidence.sign == "unknown":
        return f"{datum}无法比较：{_lacking(evidence)}"
    if evidence.sign == "agrees":
        return f"{datum}一致" + (f"：“{evidence.known}”" if evidence.known else "")
    if evidence.given is None or evidence.known is None:
        return f"{datum}不一致"
    return f"{datum}不一致：表中“{evidence.given}”，登记“{evidence.known}”"


def tell_all(candidate: Candidate) -> tuple[str, ...]:
    """Say all that was weighed, the name first; what cannot be compared is said last, in one sentence."""
    weighed = [tell(piece) for piece in candidate.evidence if piece.sign != "unknown"]
    lacking = [DATA[piece.about] for piece in candidate.evidence if piece.sign == "unknown"]
    unknown = (f"{'、'.join(lacking)}无法比较",) if lacking else ()
    return (*weighed, *unknown)


def differing_characters(given: str, known: str) -> tuple[tuple[str, str, bool], ...]:
    """Cut two names into pieces (of the row's, of the register's, whether they differ), to be coloured side by side."""
    return tuple(
        (
            given[part.src_start : part.src_end],
            known[part.dest_start : part.dest_end],
            part.tag != "equal",
        )
        for part in Levenshtein.opcodes(given, known)
    )


def _lacking(evidence: Evidence) -> str:
    if evidence.given is None and evidence.known is None:
        return "表中和登记都没有"
    if evidence.given is None:
        return "表中没有"
    if evidence.known is None:
        return "登记中没有"
    return "写法不足以判断"
