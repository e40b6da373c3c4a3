"""Score tables in plain Chinese."""

from collections.abc import Callable

from matching.language.conditions import Condition, Indicator, Score, ScorePart

Say = Callable[[Condition], str]


def score_in_words(score: Score, say: Say) -> str:
    """Say a whole table in one sentence: its limit, then each part with its indicators."""
    parts = "；".join(_part(part, say) for part in score.parts)
    return f"{limit_in_words(score)}：{parts}"


def limit_in_words(score: Score) -> str:
    """Say what a whole table must reach: 评分不低于60分（最多计100分）."""
    way = "不低于" if score.operator == "at_least" else "超过"
    most = "" if score.most is None else f"（最多计{score.most}分）"
    return f"评分{way}{score.limit}分{most}"


def part_heading(part: ScorePart) -> str:
    """Name a part with its minimum and its cap: 创新能力（不低于20分，最多计40分）."""
    bounds = [
        f"不低于{part.at_least}分" if part.at_least is not None else "",
        f"最多计{part.most}分" if part.most is not None else "",
    ]
    said = "，".join(bound for bound in bounds if bound)
    return f"{part.name}（{said}）" if said else part.name


def indicator_heading(indicator: Indicator) -> str:
    """Name an indicator and how its rows count: 质量管理（各项相加，最多计5分）."""
    if indicator.take == "highest":
        return indicator.name
    most = "" if indicator.most is None else f"，最多计{indicator.most}分"
    return f"{indicator.name}（各项相加{most}）"


def row_in_words(indicator: Indicator, place: int, say: Say) -> str:
    """Say one row: what must hold, and the points it gives."""
    row = indicator.rows[place]
    if row.when is not None:
        return f"{say(row.when)}得{row.points}分"
    other = indicator.take == "highest" and len(indicator.rows) > 1
    return f"{'其余' if other else '均'}得{row.points}分"


def _part(part: ScorePart, say: Say) -> str:
    return f"{part_heading(part)}：" + "；".join(_indicator(one, say) for one in part.indicators)


def _indicator(indicator: Indicator, say: Say) -> str:
    rows = (row_in_words(indicator, place, say) for place in range(len(indicator.rows)))
    return f"{indicator_heading(indicator)}［{'，'.join(rows)}］"
