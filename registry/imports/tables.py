"""What departments gave us, as it came. Every column states null and default.

No foreign keys: rows are loaded in bulk, with ids of the same transaction.
"""

from piccolo.columns import BigInt, BigSerial, Date, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table


class Import(Table, tablename="import"):
    """One file taken in, once: the same bytes again are the same import."""

    id = BigSerial(primary_key=True)
    file_name = Varchar(length=255, null=False, default=None)
    sha256 = Varchar(length=64, null=False, default=None, help_text="Of the file's bytes, in hex.")
    layout = Varchar(length=60, null=False, default=None, help_text="Key of the sheet's layout.")
    department = Varchar(length=60, null=False, default=None, help_text="Key of who sent it.")
    observed_on = Date(null=False, default=None, help_text="The day the sheet speaks of (截至).")
    recorded_at = Timestamptz(
        null=False, default=None, help_text="When we took it in: what was known on a day."
    )
    rows_read = Integer(null=False, default=None, help_text="Without titles, blanks and totals.")
    rows_taken = Integer(null=False, default=None)
    rows_refused = Integer(null=False, default=None, help_text="Rows of which nothing went in.")
    turn = Integer(
        null=False,
        default=1,
        help_text="1; one more each time the same bytes are taken in again after an undo.",
    )
    heading = Text(
        null=True,
        default=None,
        help_text="JSON: the rows above the data, as they came; null: taken in before they were kept.",
    )
    written = Text(
        null=True,
        default=None,
        help_text="JSON: how much of each kind it added; null: taken in before that was counted.",
    )

    import_once_per_file_and_turn = Unique([sha256, turn])


class ImportUndone(Table, tablename="import_undone"):
    """An import taken back: from this moment on nothing it said counts; before, it did."""

    id = BigSerial(primary_key=True)
    import_id = BigInt(null=False, default=None)
    undone_at = Timestamptz(null=False, default=None)
    undone_by = Varchar(length=100, null=False, default=None)
    reason = Text(null=False, default=None, help_text="Shown to people as it stands.")

    import_undone_once = Unique([import_id])


class SourceRecord(Table, tablename="source_record"):
    """One row of one sheet, kept as it came."""

    id = BigSerial(primary_key=True)
    import_id = BigInt(null=False, default=None, index=True)
    sheet = Varchar(length=100, null=False, default=None)
    row = Integer(null=False, default=None, help_text="1-based, as the spreadsheet shows it.")
    enterprise_id = BigInt(null=True, default=None, help_text="Null while it is not resolved.")
    cells = Text(null=False, default=None, help_text="JSON object: header to the cell's text.")


class RefusedCell(Table, tablename="refused_cell"):
    """One cell that could not be taken in, and how to put it right."""

    id = BigSerial(primary_key=True)
    import_id = BigInt(
        null=True, default=None, index=True, help_text="Null where the whole file was refused."
    )
    file_name = Varchar(length=255, null=False, default=None)
    sheet = Varchar(length=100, null=False, default=None)
    row = Integer(null=False, default=None, help_text="1-based; 0 where the sheet is meant.")
    column = Varchar(
        length=3, null=True, default=None, help_text="Spreadsheet letter; null: the whole row."
    )
    header = Varchar(length=200, null=True, default=None)
    value = Text(null=True, default=None, help_text="As it stands there; null: an empty cell.")
    problem = Text(null=False, default=None, help_text="Shown to people as it stands.")
    way_out = Text(null=False, default=None, help_text="Shown to people as it stands.")


class LearnedHeader(Table, tablename="learned_header"):
    """What a person says a header means. Added, never changed: of one header the newest row counts."""

    id = BigSerial(primary_key=True)
    department = Varchar(length=60, null=False, default=None, help_text="Whose sheets bear it.")
    layout = Varchar(length=60, null=False, default=None, index=True)
    header = Varchar(
        length=200, null=False, default=None, help_text="Plain, without unit and period."
    )
    meaning = Varchar(
        length=80, null=True, default=None, help_text="A role, or fact/KEY; null: withdrawn."
    )
    decided_by = Varchar(length=100, null=False, default=None)
    recorded_at = Timestamptz(null=False, default=None)


class LearnedLayout(Table, tablename="learned_layout"):
    """A layout set up here. Added, never changed: of one name the newest row counts."""

    id = BigSerial(primary_key=True)
    department = Varchar(length=60, null=False, default=None)
    name = Varchar(length=60, null=False, default=None, index=True)
    text = Text(null=True, default=None, help_text="YAML with sample rows; null: withdrawn.")
    decided_by = Varchar(length=100, null=False, default=None)
    recorded_at = Timestamptz(null=False, default=None)
