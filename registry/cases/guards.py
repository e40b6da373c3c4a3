"""The guards of the table of transitions: each says why a step may not be made now; None where it may. Pure."""

from collections.abc import Callable

import msgspec

from registry.cases.types import Asked, Case, Declared
from registry.cases.working_days import WorkingDays


class Ground(msgspec.Struct, frozen=True):
    """What a step is judged by beside the case itself."""

    declared: Declared
    days: WorkingDays


Guard = Callable[[Case, Asked, Ground], str | None]


def not_who_took_it(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse where who took the case in would decide it: two persons."""
    del ground
    took = case.last("take")
    if took is not None and took.by_whom == asked.by:
        return f"{asked.by} 受理的，不能由本人审定；请另一人办理"
    return None


def nobody_of_the_review(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse where who reviewed would pay."""
    del ground
    review = {"take", "approve", "settle", "return", "publicise", "reject", "uphold"}
    if asked.by in {one.by_whom for one in case.steps if one.event in review}:
        return f"{asked.by} 参与过审核，不能再经手支付；请财政的另一人办理"
    return None


def amount_certain(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse a sum that is not certain: it is neither published nor paid."""
    del asked, ground
    if case.amount_cents is None:
        return "金额尚未核定（只知道范围，或待资金池分配）；先退回并核定金额"
    if case.amount_cents <= 0:
        return "金额为零，不能兑付；移出并写明原因"
    return None


def amount_given(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse to settle an amount that is not said."""
    del case, ground
    if asked.amount_cents is None or asked.amount_cents < 0:
        return "没有写核定的金额；写成不小于零的整数分"
    return None


def less_than_paid(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse to claim back what was rightly paid: the rightful sum lies below the paid one."""
    del ground
    paid = case.last("pay")
    if asked.amount_cents is None or asked.amount_cents < 0 or paid is None:
        return "没有写应得的金额；一分不应得写 0"
    if asked.amount_cents >= (paid.amount_cents or 0):
        return f"应得 {asked.amount_cents} 分不少于已付 {paid.amount_cents} 分，没有可追回的"
    return None


def amount_given_or_unknown(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse a figure below zero; None says that it is not certain."""
    del case, ground
    if asked.amount_cents is not None and asked.amount_cents < 0:
        return f"金额 {asked.amount_cents} 分小于零；核对重新核定的结果"
    return None


def names_a_document(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse a public list without a number."""
    del case, ground
    return None if asked.document else "没有写公示文号；拟兑付名单要有文号才能公示"


def window_over(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse before the closing hour of the last day of the clock that runs."""
    del ground
    if case.due_at is None or asked.now < case.due_at:
        return f"期限到 {_said(case, asked)} 才满；期满后再办"
    return None


def window_open(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse once the clock that runs has ended."""
    del ground
    if case.due_at is None or asked.now >= case.due_at:
        return f"期限已于 {_said(case, asked)} 截止"
    return None


def reminder_due(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse a reminder that is not the one due now."""
    wanted = due_reminder(case, asked, ground)
    if wanted is None:
        return "现在没有该发的提醒"
    if asked.evidence != str(wanted):
        return f"现在该发的是倒数第 {wanted} 个工作日的提醒"
    return None


def due_reminder(case: Case, asked: Asked, ground: Ground) -> int | None:
    """Give which reminder is to be sent now: the latest whose day has come, if it was not sent for this window."""
    if case.due_at is None or asked.now >= case.due_at:
        return None
    begun = case.last("notify", "request_late")
    since = 0 if begun is None else begun.step
    sent = {one.evidence for one in case.steps if one.event == "remind" and one.step > since}
    last = case.due_at.astimezone(asked.now.tzinfo).date()
    come = [n for n in ground.declared.remind if ground.days.add(last, -n) <= asked.now.date()]
    return min(come) if come and str(min(come)) not in sent else None


def account_is_its_own(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse an account that is not in the enterprise's name."""
    del ground
    if asked.account is None:
        return "没有写收款账户；请写户名、开户行和账号"
    if case.name is None:
        return "企业名称未知，无法核对户名；先补齐登记信息"
    if _plain(asked.account.holder) != _plain(case.name):
        return f"户名“{asked.account.holder}”与企业名称“{case.name}”不一致；请用本企业账户"
    return None


def objected_before(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse a second look where no answer was given."""
    del asked, ground
    if case.last("reject") is None:
        return "没有答复过的异议；请先提出异议"
    return None


def first_late_request(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse a second late request, and one after the year was swept."""
    del asked, ground
    if case.last("request_late") is not None:
        return "已经补办过一次；一个事项只能逾期补办一次"
    last = case.last("lapse", "year_end")
    return "年末已清理，不能再补办" if last is not None and last.event == "year_end" else None


def same_budget_year(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse to ask after its budget year for money of it."""
    del ground
    year = case.budget_year(asked.now.tzinfo)
    if year is None or asked.now.year != year:
        return f"资金属于 {year or '未定的'} 预算年度，现在已是 {asked.now.year} 年；只能在同一预算年度内办理"
    return None


def year_over(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse before the budget year has ended."""
    del ground
    year = case.budget_year(asked.now.tzinfo)
    if year is None or asked.now.year <= year:
        return f"{year or '预算'} 年度还没有结束；年度结束后再清理"
    return None


def names_an_heir(case: Case, asked: Asked, ground: Ground) -> str | None:
    """Refuse a succession that does not say who succeeds."""
    del ground
    if asked.heir is None:
        return "没有写由哪家企业承继；写承继企业"
    return "承继的正是现在的企业；写承继企业" if asked.heir == case.holder else None


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        not_who_took_it,
        nobody_of_the_review,
        amount_certain,
        amount_given,
        amount_given_or_unknown,
        less_than_paid,
        names_a_document,
        window_over,
        window_open,
        reminder_due,
        account_is_its_own,
        objected_before,
        first_late_request,
        same_budget_year,
        year_over,
        names_an_heir,
    )
}


def _said(case: Case, asked: Asked) -> str:
    if case.due_at is None:
        return "未定的时间"
    return f"{case.due_at.astimezone(asked.now.tzinfo):%Y-%m-%d %H:%M}"


def _plain(name: str) -> str:
    """Give a name as banks compare it: brackets of either width, no spaces."""
    return "".join(name.split()).replace("（", "(").replace("）", ")")
