"""What happened in the pools, and what titles and targets ask for. Every column states null and default.

Rows are added, never changed: the present state is the last step that was not undone.
"""

from piccolo.columns import BigInt, BigSerial, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from registry.pool.states import lawful, reasoned


class PoolChange(Table, tablename="pool_change"):
    """One change of one enterprise in one pool."""

    id = BigSerial(primary_key=True)
    pool = Varchar(length=40, null=False, default=None, help_text="Key in pools.yml.")
    enterprise_id = BigInt(null=False, default=None, index=True)
    step = Integer(null=False, default=None, help_text="1 for its first change in this pool.")
    before = Varchar(length=12, null=True, default=None, help_text="Null: it was not in the pool.")
    event = Varchar(length=12, null=False, default=None, help_text="Of registry/pool/states.py.")
    after = Varchar(
        length=12, null=True, default=None, help_text="Null: its first entry is undone."
    )
    undoes = Integer(null=True, default=None, help_text="The step that is void by this one.")
    happened_on = Date(null=False, default=None, help_text="The day it takes effect.")
    recorded_at = Timestamptz(null=False, default=None, help_text="What was known on a day.")
    by_whom = Varchar(length=60, null=False, default=None, help_text='A name, or "system".')
    reason = Varchar(length=40, null=True, default=None, help_text="Key in pools.yml.")
    note = Text(null=True, default=None)
    batch = Varchar(length=60, null=True, default=None)
    document = Varchar(length=120, null=True, default=None, help_text="文号.")
    officer = Varchar(length=60, null=True, default=None, help_text="Null: as before.")
    evidence = Text(
        null=False, default=None, help_text="JSON: values and titles that counted, with sources."
    )

    pool_change_one_per_step = Unique([pool, enterprise_id, step])
    pool_change_is_lawful = Check(lawful())
    pool_change_has_reason = Check(reasoned())
    pool_change_begins_nowhere = Check('("step" > 1) OR ("before" IS NULL)')
    pool_change_undoes_a_step = Check(
        '("event" = \'undo\') = ("undoes" IS NOT NULL) AND coalesce("undoes" < "step", "event" <> \'undo\')'
    )


class PoolPlan(Table, tablename="pool_plan"):
    """What an enterprise has planned for one year (三年倍增); the plan filed last counts."""

    id = BigSerial(primary_key=True)
    pool = Varchar(length=40, null=False, default=None)
    enterprise_id = BigInt(null=False, default=None, index=True)
    year = Integer(null=False, default=None)
    fact = Varchar(length=60, null=False, default=None, help_text="Key in facts.yml.")
    amount = BigInt(null=False, default=None, help_text="In the fact's stored unit.")
    filed_on = Date(null=False, default=None)
    document = Varchar(length=120, null=True, default=None)
    by_whom = Varchar(length=60, null=False, default=None)
    recorded_at = Timestamptz(null=False, default=None)

    pool_plan_once_a_filing = Unique([pool, enterprise_id, year, fact, filed_on])


class TitleFiling(Table, tablename="title_filing"):
    """Something a holder of a title did or owes: a yearly update, a change, the report of it."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    kind = Varchar(
        length=14, null=False, default=None, help_text="annual_update, change or change_report."
    )
    title = Varchar(
        length=60, null=True, default=None, help_text="Key in lists.yml; null: all it holds."
    )
    year = Integer(null=True, default=None, help_text="Of a yearly update, the year it was due in.")
    happened_on = Date(null=False, default=None)
    note = Text(null=True, default=None)
    by_whom = Varchar(length=60, null=False, default=None)
    recorded_at = Timestamptz(null=False, default=None)

    title_filing_kind_is_known = Check("\"kind\" IN ('annual_update', 'change', 'change_report')")
    title_filing_update_has_year = Check('("kind" = \'annual_update\') = ("year" IS NOT NULL)')


class PoolTarget(Table, tablename="pool_target"):
    """One figure somebody set, foresaw, planned or reported for a place and some years."""

    id = BigSerial(primary_key=True)
    digest = Varchar(length=64, null=False, default=None, help_text="Of all that the row says.")
    place = Varchar(length=12, null=False, default=None, help_text="Code in places.yml.")
    department = Varchar(length=60, null=True, default=None, help_text="Whose it is; null: none.")
    title = Varchar(length=60, null=False, default=None, help_text="Key in lists.yml.")
    kind = Varchar(length=8, null=False, default=None, help_text="target, forecast, plan, actual.")
    counts = Varchar(length=5, null=False, default=None, help_text='"new" ones or "total".')
    first_year = Integer(null=False, default=None)
    last_year = Integer(null=False, default=None, help_text="Included.")
    every_year = Boolean(
        null=False, default=None, help_text="Each of these years, not all together."
    )
    bound = Varchar(length=8, null=False, default=None, help_text="at_least, about or exactly.")
    figure = Integer(null=False, default=None, help_text="Enterprises.")
    source = Varchar(length=200, null=False, default=None, help_text="Document it stands in.")
    source_line = Text(null=False, default=None, help_text="The sentence, as it stands there.")
    by_whom = Varchar(length=60, null=False, default=None)
    recorded_at = Timestamptz(null=False, default=None)

    pool_target_once = Unique([digest])
    pool_target_kind_is_known = Check("\"kind\" IN ('target', 'forecast', 'plan', 'actual')")
    pool_target_years_in_order = Check('"first_year" <= "last_year"')


class PoolMonth(Table, tablename="pool_month"):
    """A month for which candidates of a pool were looked for, once, whether or not any were found."""

    id = BigSerial(primary_key=True)
    pool = Varchar(length=60, null=False, default=None)
    month = Varchar(length=7, null=False, default=None, help_text='Such as "2026-10".')
    proposed = Integer(null=False, default=None, help_text="How many came near enough.")
    noted = Integer(
        null=False, default=None, help_text="How many of them were noted, nearest first."
    )
    recorded_at = Timestamptz(null=False, default=None)

    pool_month_once = Unique([pool, month])
