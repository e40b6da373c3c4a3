"""Stand-ins, judgements and relations. Rows are added, never changed. Every column states null and default."""

from piccolo.columns import BigInt, BigSerial, Date, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class StandIn(Table, tablename="stand_in"):
    """Somebody a sheet names without a code that we know; values are kept under minus its id.

    The same name with the same evidence is the same stand-in, in whichever sheet it comes again.
    """

    id = BigSerial(primary_key=True)
    name = Varchar(length=200, null=False, default=None, help_text="As it came.")
    name_key = Varchar(length=200, null=False, default=None, index=True)
    uscc = Varchar(
        length=60, null=True, default=None, help_text="As it came, where it is no valid code."
    )
    place = Varchar(length=12, null=True, default=None, help_text="Place code.")
    legal_representative = Varchar(length=100, null=True, default=None)
    address = Varchar(length=300, null=True, default=None)
    phone = Varchar(length=60, null=True, default=None)
    department = Varchar(
        length=60, null=False, default=None, help_text="Whose sheet first had it so."
    )
    import_id = BigInt(null=False, default=None, help_text="The import that first had it so.")
    evidence_key = Varchar(
        length=64, null=False, default=None, help_text="SHA-256 of department and evidence, in hex."
    )

    stand_in_once_per_evidence = Unique([evidence_key])


class Judgement(Table, tablename="judgement"):
    """One decision about who a subject is."""

    id = BigSerial(primary_key=True)
    subject_id = BigInt(
        null=False, default=None, index=True, help_text="An enterprise, or minus a stand-in's id."
    )
    verdict = Varchar(length=10, null=False, default=None, help_text="same, different or apart.")
    enterprise_id = BigInt(
        null=True, default=None, index=True, help_text="Whom it is or is not; null: apart."
    )
    probability_bp = Integer(
        null=True, default=None, help_text="Of the linking; null: a person decided."
    )
    evidence = Text(null=True, default=None, help_text="JSON, as it was when it was decided.")
    reason = Text(null=False, default=None, help_text="Shown to people as it stands.")
    decided_by = Varchar(length=100, null=False, default=None, help_text='A person, or "system".')
    recorded_at = Timestamptz(null=False, default=None)

    judgement_verdict_is_known = Check("\"verdict\" IN ('same', 'different', 'apart')")
    judgement_names_whom = Check('("enterprise_id" IS NULL) = ("verdict" = \'apart\')')
    judgement_is_not_of_itself = Check('"enterprise_id" IS NULL OR "enterprise_id" <> "subject_id"')


class StandInSeen(Table, tablename="stand_in_seen"):
    """A stand-in in one import, and what the linking of rows made of it then. No foreign keys: loaded in bulk."""

    id = BigSerial(primary_key=True)
    subject_id = BigInt(null=False, default=None, index=True, help_text="Minus a stand-in's id.")
    import_id = BigInt(null=False, default=None)
    situation = Varchar(
        length=20,
        null=False,
        default=None,
        help_text="judged, one_bearer, evidence, several_bearers, near, nobody_near.",
    )
    candidates = Text(
        null=True, default=None, help_text="JSON: whom it may be, nearest first; null: nobody."
    )

    stand_in_seen_once_per_import = Unique([import_id, subject_id])


class Relation(Table, tablename="enterprise_relation"):
    """How one enterprise stands to another, from a day on. Withdrawn by a later row, never changed."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    kind = Varchar(
        length=12,
        null=False,
        default=None,
        help_text="merged_into, split_from, moved, controls, group_member or withdrawn.",
    )
    other_id = BigInt(
        null=True,
        default=None,
        index=True,
        help_text="The other enterprise; null: moved, withdrawn.",
    )
    withdraws = BigInt(null=True, default=None, help_text="The row this one takes back.")
    share_bp = Integer(null=True, default=None, help_text="controls: of the capital or votes.")
    place_from = Varchar(length=12, null=True, default=None, help_text="moved: place code.")
    place_to = Varchar(length=12, null=True, default=None, help_text="moved: place code.")
    titles = Varchar(
        length=10,
        null=True,
        default=None,
        help_text="split_from: whether titles pass: pass or stay.",
    )
    effective_on = Date(null=False, default=None)
    document = Varchar(length=200, null=False, default=None, help_text="What it rests on.")
    recorded_by = Varchar(length=100, null=True, default=None, help_text="Null: an import.")
    import_id = BigInt(null=True, default=None, help_text="Null: a person.")
    recorded_at = Timestamptz(null=False, default=None)

    enterprise_relation_kind_is_known = Check(
        "\"kind\" IN ('merged_into', 'split_from', 'moved', 'controls', 'group_member', 'withdrawn')"
    )
    enterprise_relation_is_not_to_itself = Check(
        '"other_id" IS NULL OR "other_id" <> "enterprise_id"'
    )
    enterprise_relation_is_withdrawn_once = Unique([withdraws])
    enterprise_relation_has_one_source = Check('("recorded_by" IS NULL) <> ("import_id" IS NULL)')
