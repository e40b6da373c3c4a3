"""What a run decided. Rows are written once, in the transaction that ends the run, and never changed.

Enterprises are named by the id the service gave them; there is no foreign key into the service's
tables, which this package does not know, and rows are loaded in bulk.
"""

from piccolo.columns import BigInt, BigSerial, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table


class Run(Table, tablename="run"):
    """One decision of the whole population for one period; the row is the claim and the receipt."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=20, null=False, default=None, help_text='"monthly".')
    period = Varchar(length=7, null=False, default=None, help_text="Month decided, 2026-10.")
    state = Varchar(length=10, null=False, default=None, help_text='"running" or "done".')
    attempt = Integer(null=False, default=None, help_text="1, and one more for each new start.")
    holder = Varchar(length=80, null=False, default=None, help_text="Process that last began it.")
    as_of = Date(null=False, default=None, help_text="Day the facts are true on; it is included.")
    known_at = Timestamptz(null=False, default=None, help_text="What arrived later does not count.")
    started_at = Timestamptz(null=False, default=None, help_text="First start.")
    finished_at = Timestamptz(null=True, default=None)
    previous = BigInt(null=True, default=None, help_text="Run compared with; null: the first run.")
    input_digest = Varchar(length=64, null=True, default=None, help_text="Of the frozen profiles.")
    rules_digest = Varchar(length=64, null=True, default=None, help_text="Of the frozen catalogue.")
    engine_version = Varchar(length=40, null=True, default=None)
    receipt = Varchar(
        length=64,
        null=True,
        default=None,
        help_text="Hash over input, rules, result and `previous`.",
    )
    enterprises = Integer(null=True, default=None)
    items = Integer(null=True, default=None)
    kept = Integer(null=True, default=None, help_text="Entitlements that stand as in `previous`.")

    run_once_per_period = Unique([kind, period])


class RunItem(Table, tablename="run_item"):
    """How one item came out over the population."""

    id = BigSerial(primary_key=True)
    run_id = BigInt(null=False, default=None)
    item_id = Varchar(length=60, null=False, default=None)
    payable = Boolean(null=False, default=None, help_text="Whether meeting it is an entitlement.")
    held_back = Varchar(length=60, null=True, default=None, help_text="Why it is none.")
    met = Integer(null=False, default=None)
    unmet = Integer(null=False, default=None)
    unknown = Integer(null=False, default=None)
    person = Integer(null=False, default=None)
    certain_cents = BigInt(null=False, default=None, help_text="Sum of what is surely owed.")
    possible_cents = BigInt(
        null=False, default=None, help_text="Sum of the upper ends of met, unknown and person."
    )
    endless = Integer(null=False, default=None, help_text="Of these, how many have no upper end.")
    yielded = Integer(
        null=True,
        default=None,
        help_text="Met, but given up for another item; null: the run did not settle that.",
    )
    waiting = Integer(
        null=True,
        default=None,
        help_text="Met, but which of two items is paid is open; null: as above.",
    )

    run_item_once = Unique([run_id, item_id])


class Entitlement(Table, tablename="entitlement"):
    """拟兑付: a met, payable item for an enterprise and period."""

    id = BigSerial(primary_key=True)
    run_id = BigInt(null=False, default=None)
    enterprise_id = BigInt(null=False, default=None, index=True)
    item_id = Varchar(length=60, null=False, default=None)
    award_period = Varchar(
        length=16, null=False, default=None, help_text="What a repeated award is counted by."
    )
    low_cents = BigInt(null=False, default=None)
    high_cents = BigInt(null=True, default=None, help_text="Null: no upper end known.")

    entitlement_once = Unique([run_id, enterprise_id, item_id])


class SetAside(Table, tablename="set_aside"):
    """A met, payable item that is not owed: it yields to another, waits for one, or is for someone to choose."""

    id = BigSerial(primary_key=True)
    run_id = BigInt(null=False, default=None)
    enterprise_id = BigInt(null=False, default=None, index=True)
    item_id = Varchar(length=60, null=False, default=None)
    award_period = Varchar(
        length=16, null=False, default=None, help_text="As of an entitlement to the item."
    )
    state = Varchar(
        length=8, null=False, default=None, help_text='"yields", "waits", "chooses" or "person".'
    )
    partner = Varchar(
        length=70, null=False, default=None, help_text='Id of the other item, or "family:F".'
    )
    rule = Varchar(length=16, null=False, default=None, help_text="Of the clause that says so.")
    basis = Text(null=False, default=None, help_text="The legal basis, as the clause names it.")
    low_cents = BigInt(null=False, default=None, help_text="What the item would give, at least.")
    high_cents = BigInt(null=True, default=None, help_text="At most; null: no upper end known.")

    set_aside_once = Unique([run_id, enterprise_id, item_id])


class Change(Table, tablename="change"):
    """What is different from the run before, and why."""

    id = BigSerial(primary_key=True)
    run_id = BigInt(null=False, default=None)
    enterprise_id = BigInt(null=False, default=None, index=True)
    item_id = Varchar(length=60, null=False, default=None)
    kind = Varchar(
        length=12,
        null=False,
        default=None,
        help_text="new, changed, lost, now_unknown, yielded, waiting.",
    )
    cause = Varchar(
        length=12,
        null=False,
        default=None,
        help_text="firm_data, rule_version, calendar, correction; first_run: nothing to compare.",
    )
    before_low = BigInt(null=True, default=None, help_text="分; null: was no entitlement.")
    before_high = BigInt(null=True, default=None)
    after_low = BigInt(null=True, default=None, help_text="分; null: is no entitlement.")
    after_high = BigInt(null=True, default=None)
    why = Text(null=True, default=None, help_text="Conditions missed or open now; null: none.")

    change_once = Unique([run_id, enterprise_id, item_id])
