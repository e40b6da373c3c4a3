"""Publish the policy list and the guide list as a workbook or as JSON."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.public_lists import GuideEntry, PolicyEntry, PublicLists, public_lists

LONGEST_CELL = 32_767
"""Characters Excel keeps in a cell."""
POLICY_HEADERS = {
    "item_id": "事项编号",
    "policy": "政策条目",
    "title": "事项名称",
    "version": "版本",
    "standing": "状态",
    "held_back": "不据此兑付的原因",
    "document_number": "文号",
    "document_title": "文件名称",
    "issuer": "发文机关",
    "article": "条款",
    "issued_on": "发文日期",
    "source": "原文出处",
    "mark": "核对情况",
    "area": "适用地区",
    "department": "主管部门",
    "phone": "咨询电话",
    "valid_from": "有效期起",
    "valid_until": "有效期止",
    "repeat": "享受次数",
    "condition": "条件",
    "amount": "支持标准",
}
GUIDE_HEADERS = {
    "item_id": "事项编号",
    "title": "事项名称",
    "standing": "状态",
    "who": "谁可以享受",
    "what": "给什么",
    "when": "何时办理",
    "where": "在哪里办理",
    "materials": "提交材料",
    "department": "主管部门",
    "phone": "咨询电话",
    "data": "比对的数据及来源",
}


class ListsRefused(Exception):
    """A file the lists cannot be written to; says which and what to give instead."""


def publish_lists(catalogue: Catalogue, on: date, out: Path) -> PublicLists:
    """Write both lists as of a day to an .xlsx or .json file; raises ListsRefused."""
    writers = {".xlsx": lists_workbook, ".json": lists_json}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise ListsRefused(f"{out}：不能写成“{out.suffix}”；请用 {'、'.join(writers)}")
    lists = public_lists(catalogue, on)
    content = write(lists)
    try:
        out.write_bytes(content)
    except OSError as refused:
        way_out = "目录要存在、可写，文件不要在Excel里开着"
        raise ListsRefused(f"{out}：写不进去（{refused.strerror}）；{way_out}") from None
    return lists


def lists_json(lists: PublicLists) -> bytes:
    """Give both lists as JSON."""
    return msgspec.json.format(msgspec.json.encode(lists), indent=1)


def lists_workbook(lists: PublicLists) -> bytes:
    """Give both lists as a workbook of two sheets; every cell is text, so that none is run as a formula."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        sheets: tuple[tuple[str, dict[str, str], Sequence[PolicyEntry | GuideEntry]], ...] = (
            ("政策清单", POLICY_HEADERS, lists.policies),
            ("办事指南清单", GUIDE_HEADERS, lists.guides),
        )
        for name, headers, entries in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 3)
            sheet.set_column(0, len(headers) - 1, 24)
            for at, header in enumerate(headers.values()):
                sheet.write_string(0, at, header, head)
            for row, entry in enumerate(entries, start=1):
                for at, field in enumerate(headers):
                    sheet.write_string(row, at, _cell(getattr(entry, field)), body)
    return written.getvalue()


def _cell(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else "\n".join(value)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
