"""Reading cases.yml, checked to the end."""

from collections.abc import Iterator
from datetime import time
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec
import yaml

from registry.cases.errors import CasesBroken
from registry.cases.states import TRANSITIONS
from registry.cases.types import Clock, Declared
from registry.cases.working_days import WorkingDays

SHIPPED = Path(__file__).parent / "cases.yml"


@cache
def shipped_declared() -> Declared:
    """Give the clocks and reasons that come with the project."""
    return load_declared(SHIPPED)


@cache
def shipped_days() -> WorkingDays:
    """Give the working days of the years that are known."""
    return WorkingDays(shipped_declared().years)


def load_declared(path: Path) -> Declared:
    """Read a declaration; raises CasesBroken with every problem in it."""
    try:
        found = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Declared)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as broken:
        raise CasesBroken([f"{path}：读不懂（{broken}）；按随系统发布的样子书写"]) from None
    problems = [f"{path} {said}" for said in _problems(found)]
    if problems:
        raise CasesBroken(problems)
    return found


def _problems(found: Declared) -> Iterator[str]:
    yield from _wrong_clocks(found)
    given = {event for reason in found.reasons.values() for event in reason.events}
    for event in sorted({one.event for one in TRANSITIONS if one.reasoned} - given):
        yield f"reasons：{event} 要写原因，却没有一个原因可用；补一个 for: [{event}]"
    for year, one in found.years.items():
        if strange := sorted(str(day) for day in one.off | one.working if day.year != year):
            yield f"years.{year}：{'、'.join(strange)} 不在这一年；移到所在的年份"
        if both := sorted(str(day) for day in one.off & one.working):
            yield f"years.{year}：{'、'.join(both)} 既放假又上班；按通知核对"


def _wrong_clocks(found: Declared) -> Iterator[str]:
    try:
        time.fromisoformat(found.closes_at)
    except ValueError:
        yield f"closes_at：“{found.closes_at}”不是时刻；写成 18:00"
    for clock in get_args(Clock):
        if clock not in found.clocks:
            yield f"clocks：缺少 {clock}，用到它的环节算不出期限；补上天数和依据"
    for key, rule in found.clocks.items():
        if rule.working_days < 1:
            yield f"clocks.{key}：{rule.working_days} 个工作日不成期限；至少写 1"
    if list(found.remind) != sorted(set(found.remind), reverse=True) or 0 in found.remind:
        yield "remind：应是从大到小、不重复的正整数；例如 [7, 3, 1]"
