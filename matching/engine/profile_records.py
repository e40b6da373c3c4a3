"""Rows of a ledger of records written in one profile cell: `kind=发明专利,origin=自主研发;kind=软件著作权`."""

from datetime import date

from matching.language.periods import day_of
from matching.language.records import RecordField, RecordLedger
from matching.language.units import UnitError, whole_quantity

Value = int | str | bool | date
FLAGS = {"yes": True, "是": True, "no": False, "否": False}


def records_of_text(text: str, ledger: RecordLedger) -> list[dict[str, Value | None]]:
    """Read the rows; a field that is left out is not known. Raises UnitError at the first bad one."""
    return [_row(part, ledger) for part in text.split(";")]


def _row(part: str, ledger: RecordLedger) -> dict[str, Value | None]:
    row: dict[str, Value | None] = dict.fromkeys(ledger.fields)
    for said in part.split(","):
        name, equals, written = (word.strip() for word in said.partition("="))
        field = ledger.fields.get(name)
        if field is None or not equals:
            known = "、".join(ledger.fields)
            raise UnitError(f"“{said.strip()}”看不懂；写成 字段=值，字段可用：{known}")
        row[name] = _value(written, field)
    return row


def _value(written: str, field: RecordField) -> Value:
    found: Value | None
    match field.kind:
        case "money" | "number" | "share":
            return whole_quantity(written, field.kind, field.unit)
        case "date":
            found, known = day_of(written), "2026-03-31 这样的日期"
        case "flag":
            found, known = FLAGS.get(written.lower()), "yes 或 no"
        case "code":
            labels = {label: word for word, label in field.values.items()}
            found = written if written in field.values else labels.get(written)
            known = "、".join(labels)
    if found is None:
        raise UnitError(f"{field.label}“{written}”看不懂；可用：{known}")
    return found
