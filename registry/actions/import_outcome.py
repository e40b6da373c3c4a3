"""What is told of taking in a sheet, before and after."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.teach import HeadersDecided
from registry.imports.types import Refusal
from registry.settings import LARGEST_UPLOAD

SHANGHAI = ZoneInfo("Asia/Shanghai")

Progress = Callable[[str, int, int], None]
"""Is told the step, and how much of it is done, of how much."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """How many enterprises, fact values, entries of lists, awards, evidence items, records and relations a file added.

    by_code  rows linked by their code, newcomers among them.
    by_name  rows linked without a code.
    held     rows kept for review: their values count as soon as somebody says whom they mean.
    """

    created: int = 0
    renamed: int = 0
    values: int = 0
    memberships: int = 0
    awards: int = 0
    claims: int = 0
    uses: int = 0
    records: int = 0
    relations: int = 0
    by_code: int = 0
    by_name: int = 0
    held: int = 0


class ImportOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file.

    import_id      None where the whole file was refused; then layout to observed_on are None, too.
    already_since  when the same bytes were taken in before; None where this is the first time. Then
                   nothing is written.
    rows_read      without titles, blanks, totals and footnotes.
    rows_refused   rows of which nothing went in.
    refused        cells, rows and columns that were left out, each with its reason.
    """

    file_name: str
    refused: tuple[Refusal, ...]
    import_id: int | None = None
    layout: str | None = None
    department: str | None = None
    observed_on: date | None = None
    already_since: datetime | None = None
    rows_read: int = 0
    rows_taken: int = 0
    rows_refused: int = 0
    written: Written = Written()

    def sentence(self) -> str:
        """Say to people what became of the file."""
        if self.import_id is None:
            return f"{self.file_name}：整个文件没有取用，原因见下"
        if self.already_since is not None:
            when = self.already_since.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
            return f"{self.file_name}：与{when}导入的文件完全相同，没有重复导入"
        taken = f"{self.rows_read:,}行中取用{self.rows_taken:,}行"
        return f"{self.file_name}（截至{self.observed_on}）：{taken}；{self.counts()}"

    def counts(self) -> str:
        """Say how much of each kind there is."""
        added = self.written
        counts = (
            (added.created, "新建企业", "家"),
            (added.renamed, "更名", "家"),
            (added.values, "指标值", "个"),
            (added.memberships, "名录记录", "条"),
            (added.awards, "奖补记录", "笔"),
            (added.claims, "凭证", "件"),
            (added.uses, "凭证使用记录", "条"),
            (added.records, "台账记录", "条"),
            (added.relations, "企业间关系", "条"),
            (added.by_name, "按名称认定", "行"),
            (added.held, "待人工认定", "行"),
            (len(self.refused), "需核对", "处"),
        )
        said = "，".join(f"{what}{count:,}{unit}" for count, what, unit in counts if count)
        return said or "没有新内容"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the files of one import: when, of which day, in which words, told to whom.

    observed_on  for sheets whose title does not name the day they speak of.
    lookup       the folder that keeps the index of names; None: only the very name of a row is looked up.
    confirmed    somebody has looked at what moves far from the last sheet of its kind.
    largest_bytes  of a file; a larger one is refused unread.
    pseudonyms   None: sheets that name persons, loans or contracts are refused.
    headers      what was decided of headers no layout knows; None: nothing.
    """

    recorded_at: datetime
    observed_on: date | None
    vocabulary: Vocabulary
    progress: Progress
    pseudonyms: Pseudonyms | None = None
    lookup: Path | None = None
    confirmed: bool = False
    largest_bytes: int = LARGEST_UPLOAD
    headers: HeadersDecided | None = None
