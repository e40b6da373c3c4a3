"""A sample of every page of layouts, made without a database."""

from pathlib import Path

from matching.language.problems import Problem
from matching.language.vocabulary import Vocabulary
from registry.actions.learn_layouts import CheckedLayout, check_layout
from registry.actions.set_up_layout import SetUp, SheetHead
from registry.imports.learned import KnownLayouts, LearnedLayout
from registry.imports.load_layouts import SHIPPED, load_layouts
from registry.imports.propose_layout import propose_layout
from registry.imports.read_file import read_file
from registry.imports.see_headers import see_headers
from registry.imports.teach import LearnedHeader
from registry.imports.write_layout import LayoutHead
from registry.portal.layout_page import tell_layout, tell_layout_text, tell_layouts
from registry.portal.layout_set_up_page import tell_new, tell_set_up
from registry.portal.page import Page
from tests.registry.imports.making import code, csv_file
from tests.registry.portal.small_city import NOW


def layout_pages(words: Vocabulary) -> list[Page]:
    """The pages of layouts: lists, a shipped one, one set up here, a sheet on its way, files good and bad."""
    shipped = load_layouts(words)
    wrong = Problem(file="x.yml", line=3, where="columns[0]", what="没有这个指标", way_out="改正")
    text = (SHIPPED / "tax-returns.yml").read_text(encoding="utf-8")
    own = LearnedLayout(
        department="tax", name="tax-returns", text=text, decided_by="某科", recorded_at=NOW
    )
    header = LearnedHeader(
        department="tax",
        layout="tax-returns",
        header="专管员",
        meaning="ignore",
        decided_by="某科",
        recorded_at=NOW,
    )
    none = KnownLayouts(layouts=shipped, broken={}, own=(), headers=())
    some = KnownLayouts(layouts=shipped, broken={"old": (wrong,)}, own=(own,), headers=(header,))
    tax = next(layout for layout in shipped if layout.name == "tax-returns")
    return [
        tell_layouts(none, words),
        tell_layouts(some, words),
        *(tell_layout(layout, none, words) for layout in shipped),
        tell_layout(tax, some, words, ("没有写是谁决定的。",)),
        tell_new(words, "256 MB"),
        tell_new(words, "256 MB", "tax", ("没有收下。",)),
        tell_set_up(set_up(words), LayoutHead(name="tax-", department="tax", label="表"), words),
        tell_layout_text(text, "", check_layout(text, Path("tax-returns.yml"), words), words),
        tell_layout_text(
            "name: x",
            "某科",
            CheckedLayout(layout=None, problems=(wrong,), lacks="没有样例"),
            words,
            ("表头要写明年份",),
        ),
    ]


def set_up(words: Vocabulary) -> SetUp:
    """A sheet on its way to a layout, one column of it unknown."""
    rows = [["税号", "纳税人名称", "2025年营收（元）", ""], [code(3), "示例甲有限公司", "5", "x"]]
    proposed = propose_layout(read_file("表", csv_file(rows)), "tax", load_layouts(words), words)
    head = SheetHead(file_name="表.csv", sheet="", first=1, last=1, rows=())
    near = see_headers((proposed.at.grid,), load_layouts(words), words)
    return SetUp(head=head, proposed=proposed, fitting=load_layouts(words)[:1], near=near)
