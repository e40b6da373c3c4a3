"""What the items of one enterprise come to: surely, and at most."""

from collections.abc import Sequence

from matching.engine.truth import MET, UNMET
from registry.actions.look_up_enterprise import Finding
from registry.portal.types import Money


def money_of(findings: Sequence[Finding]) -> Money:
    """Add up the items that may be paid, as a run does: what gives way to another is in neither sum."""
    sums = [found for finding in findings if (found := _sum(finding)) is not None]
    return Money(
        certain_cents=sum(low for low, _ in sums),
        possible_cents=sum(high or 0 for _, high in sums),
        endless=sum(high is None for _, high in sums),
    )


def _sum(finding: Finding) -> tuple[int, int | None] | None:
    """Give what is surely paid on an item and what may be at most; None where nothing can be."""
    told, option = finding.explanation, finding.option
    if not finding.payable.allowed or told.verdict == UNMET:
        return None
    if option is None:
        return (told.low_cents if told.verdict == MET else 0), told.high_cents
    if option.state in ("yields", "out"):
        return None
    return (option.low_cents if option.state == "kept" else 0), option.high_cents
