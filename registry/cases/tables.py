"""Cases and what happened to them. Every column states null and default.

Rows are added, never changed: triggers refuse an update, a deletion, and a step that does not follow the last one.
"""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from registry.cases.states import lawful, proven, reasoned


class AwardCase(Table, tablename="award_case"):
    """One enterprise, item, period and stage: what may be paid once. No foreign keys: opened in bulk."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, help_text="As it was opened; see heir.")
    item_id = Varchar(length=60, null=False, default=None, index=True)
    award_period = Varchar(length=16, null=False, default=None, help_text="As of the entitlement.")
    stage = Integer(
        null=False, default=None, help_text="1; more for each top-up or further instalment."
    )
    run_id = BigInt(null=False, default=None, help_text="The run that found it owed.")
    opened_at = Timestamptz(null=False, default=None)

    award_case_once = Unique([enterprise_id, item_id, award_period, stage])
    award_case_stage_counts_from_one = Check('"stage" >= 1')


class CaseEvent(Table, tablename="case_event"):
    """One step of one case; the last one says where the case stands."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(null=False, default=None)
    step = Integer(null=False, default=None, help_text="1 for its first.")
    before = Varchar(length=16, null=True, default=None, help_text="Null: there was no case.")
    event = Varchar(length=16, null=False, default=None, help_text="Of registry/cases/states.py.")
    after = Varchar(length=16, null=False, default=None)
    happened_at = Timestamptz(null=False, default=None)
    by_whom = Varchar(length=60, null=False, default=None, help_text='A name, or "system".')
    role = Varchar(length=12, null=False, default=None)
    reason = Varchar(length=40, null=True, default=None, help_text="Key in cases.yml.")
    note = Text(null=True, default=None)
    evidence = Text(null=True, default=None, help_text="Material, receipt or run; words or JSON.")
    document = Varchar(length=120, null=True, default=None, help_text="文号.")
    amount_cents = BigInt(
        null=True, default=None, help_text="From this step on; null: not certain."
    )
    due_at = Timestamptz(null=True, default=None, help_text="End of the clock; null: none runs.")
    account = Text(null=True, default=None, help_text="JSON: holder, bank, number.")
    heir = BigInt(null=True, default=None, help_text="Enterprise that holds the case from now on.")

    case_event_one_per_step = Unique([case_id, step])
    case_event_is_lawful = Check(lawful())
    case_event_has_reason = Check(reasoned())
    case_event_has_evidence = Check(proven())
    case_event_begins_nowhere = Check('("step" = 1) = ("before" IS NULL)')
    case_event_amount_is_not_negative = Check('"amount_cents" IS NULL OR "amount_cents" >= 0')
