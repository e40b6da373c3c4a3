"""What the commands on cases share: the ground they judge by, the city's clock, and how sums and moments are said."""

import re
from datetime import datetime

import click

from registry.cases.declared import shipped_days, shipped_declared
from registry.cases.guards import Ground
from registry.cli.opening import now, said_plainly, the_settings


def the_ground() -> Ground:
    """Give the shipped clocks, reasons and working days; their problems are told all at once."""
    return Ground(said_plainly(shipped_declared), said_plainly(shipped_days))


def local_now() -> datetime:
    """Read the clock in the city's time zone."""
    return now().astimezone(the_settings().timezone)


def yuan(amount: int | None) -> str:
    """Say cents in yuan; None is not certain."""
    if amount is None:
        return "待核定"
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def cents(said: str) -> int:
    """Read yuan as whole cents; raises a usage error where it is none."""
    found = re.fullmatch(r"(\d{1,12})(?:\.(\d{1,2}))?", said.replace(",", "").strip(), re.ASCII)
    if found is None:
        raise click.UsageError(f"“{said}”不是金额；写成元，如 5000 或 5000.50")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def local(moment: datetime | None) -> str:
    """Say a moment in the city's time."""
    return "" if moment is None else f"{moment.astimezone(the_settings().timezone):%Y-%m-%d %H:%M}"
