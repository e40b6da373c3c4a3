"""What is known of an enterprise, in words, and where on the page it stands."""

from datetime import date, timedelta

import polars as pl

from matching.language.data_names import PAID, DataNames
from matching.language.periods import period_in_words, years_before
from matching.language.units import money_in_words
from matching.language.vocabulary import ListKind, Vocabulary, fact_of_column
from matching.language.wording import Words
from registry.portal.tell_records import RecordsTold
from registry.portal.types import (
    AbsenceView,
    AwardView,
    DatumView,
    FactGroup,
    FactView,
    OtherValue,
    Ref,
    SourceView,
    Tag,
    TitleView,
)
from registry.profiles.types import Entry, Profile, Said

AWARDS = "awards"
LIST_KINDS = {"title": "称号", "register": "名录", "negative": "负面名单", "project": "项目库"}


class Data(DataNames):
    """Says values and names their places: every datum on the page has an anchor others link to."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary, on: date) -> None:
        super().__init__(vocabulary)
        self.profile = profile
        self.on = on
        self.words = Words(vocabulary, {}, on)
        self.coverage = profile.population.coverage
        self._facts = {column: f"f{n}" for n, column in enumerate(profile.values)}
        listed = sorted(
            {entry.list for entry in profile.entries} | (self.coverage.keys() & vocabulary.lists)
        )
        self._lists = {key: f"l{n}" for n, key in enumerate(listed)}
        files = dict.fromkeys(
            (said.file_name, said.department, said.observed_on)
            for several in profile.values.values()
            for said in several
        )
        self.counted = RecordsTold(profile, vocabulary, on)
        self._files = {file: f"s{n}" for n, file in enumerate(files, start=1)}

    def stale(self, name: str) -> str | None:
        """Say what we have of a list that is too old to tell who is not on it."""
        day = self.coverage.get(name)
        if day is None or name not in self.vocabulary.lists or self._fresh(name, day):
            return None
        days = self.vocabulary.lists[name].fresh_days
        return f"手上的名单截至{day}，超过{days}天，不能再据此判断“不在名单”"

    def sources(self, columns: tuple[str, ...]) -> tuple[Ref, ...]:
        """Link the data that were read: each department and day once."""
        refs: dict[str, Ref] = {}
        for name in columns:
            ref = self._source(name)
            if ref is not None:
                refs.setdefault(ref.text, ref)
        return tuple(refs.values())

    def _source(self, name: str) -> Ref | None:
        if name in self._facts:
            said = self.profile.values[name][0]
            department = self.vocabulary.departments[said.department]
            return Ref(self._facts[name], f"{department} {said.observed_on}")
        if name in self._lists:
            day = self.coverage.get(name)
            return Ref(self._lists[name], f"{self.owner(name)} {day or '名单不全'}")
        if name.startswith(PAID) and AWARDS in self.coverage:
            return Ref("awards", f"{self.owner(name)} {self.coverage[AWARDS]}")
        if self.counted.value(name) is not None:
            return Ref(self.counted.anchor(name), self.counted.source(name))
        return None

    def used(self, columns: tuple[str, ...]) -> tuple[DatumView, ...]:
        """Give the data among these columns that are known, under the anchors `sources` links to."""
        refs = {name: ref for name in columns if (ref := self._source(name)) is not None}
        return tuple(
            DatumView(
                anchor=ref.anchor,
                label=self.label(name),
                value=self._used(name),
                source=self._origin(name, ref),
            )
            for name, ref in refs.items()
        )

    def _used(self, name: str) -> str:
        if name.startswith(PAID):
            return self.paid(name.removeprefix(PAID)) or "不详"
        if name in self.vocabulary.lists:
            return self.listed(name) or self.stale(name) or "不详"
        return self.value(name) or self.counted.value(name) or "不详"

    def _origin(self, name: str, ref: Ref) -> str:
        several = self.profile.values.get(name)
        return f"{ref.text} · {several[0].file_name}" if several else ref.text

    def listed(self, key: str) -> str | None:
        """Say how the enterprise stands to a list; None where the list says nothing."""
        entries = [entry for entry in self.profile.entries if entry.list == key]
        if entries:
            return "；".join(" ".join(filter(None, (_detail(e), _days(e)))) for e in entries)
        day = self.coverage.get(key)
        return "名单中没有" if day is not None and self._fresh(key, day) else None

    def paid(self, family: str) -> str | None:
        """Say what was paid under a family; None where nobody has told."""
        awards = [award for award in self.awards() if award.family == family]
        if awards:
            return "、".join(award.amount for award in awards)
        return "台账中没有" if AWARDS in self.coverage else None

    def value(self, column: str) -> str | None:
        """Say the value that counts; None where there is none."""
        several = self.profile.values.get(column)
        return self._said(several[0]) if several else None

    def groups(self) -> tuple[FactGroup, ...]:
        """Give every value, by fact in the vocabulary's order, newest period first."""
        by_fact: dict[str, list[FactView]] = {key: [] for key in self.vocabulary.facts}
        for column in sorted(self.profile.values, reverse=True):
            fact, _ = fact_of_column(column)
            if fact in by_fact:
                by_fact[fact].append(self._fact(column))
        return tuple(
            FactGroup(self.vocabulary.facts[key].label, tuple(facts))
            for key, facts in by_fact.items()
            if facts
        )

    def _fact(self, column: str) -> FactView:
        first, *rest = self.profile.values[column]
        _, period = fact_of_column(column)
        others: dict[tuple[str, int | str], OtherValue] = {}
        for said in rest:
            if said.value == first.value:
                continue
            why = "更早的数" if said.department == first.department else "来源次序在后"
            other = OtherValue(
                value=self._said(said),
                department=self.vocabulary.departments[said.department],
                observed_on=said.observed_on,
                source=self._file(said),
                why=why,
            )
            others.setdefault((said.department, said.value), other)
        return FactView(
            anchor=self._facts[column],
            column=column,
            period=period_in_words(period) if period else "",
            value=self._said(first),
            department=self.vocabulary.departments[first.department],
            observed_on=first.observed_on,
            source=self._file(first),
            others=tuple(others.values()),
        )

    def files(self) -> tuple[SourceView, ...]:
        """Give every file that facts were taken from."""
        return tuple(
            SourceView(
                anchor=anchor,
                file_name=name,
                department=self.vocabulary.departments[department],
                observed_on=observed_on,
            )
            for (name, department, observed_on), anchor in self._files.items()
        )

    def titles(self) -> tuple[TitleView, ...]:
        """Give every list entry; only the first of a list carries its anchor."""
        seen: set[str] = set()
        views: list[TitleView] = []
        for entry in self.profile.entries:
            kind = self.vocabulary.lists.get(entry.list)
            if kind is None:
                continue
            anchor = "" if entry.list in seen else self._lists[entry.list]
            seen.add(entry.list)
            views.append(
                TitleView(
                    anchor=anchor,
                    list=entry.list,
                    label=kind.label,
                    kind=LIST_KINDS[kind.kind],
                    detail=_detail(entry),
                    days=_days(entry),
                    state=self._state(entry, kind),
                    department=self.owner(entry.list),
                    file_name=entry.file_name,
                )
            )
        return tuple(views)

    def absences(self) -> tuple[AbsenceView, ...]:
        """Give the whole lists it is not on."""
        held = {entry.list for entry in self.profile.entries}
        return tuple(
            AbsenceView(
                anchor=anchor,
                label=self.vocabulary.lists[key].label,
                department=self.owner(key),
                complete_on=self.coverage[key],
                fresh=self._fresh(key, self.coverage[key]),
            )
            for key, anchor in self._lists.items()
            if key not in held and key in self.vocabulary.lists
        )

    def awards(self) -> tuple[AwardView, ...]:
        """Give what it was paid before."""
        own = pl.col("enterprise_id") == self.profile.enterprise_id
        rows = self.profile.population.awards.filter(own).sort("paid_on", nulls_last=True)
        return tuple(
            AwardView(
                family=row["family"],
                amount="金额不详"
                if row["amount_cents"] is None
                else money_in_words(row["amount_cents"]),
                paid_on=row["paid_on"],
            )
            for row in rows.iter_rows(named=True)
        )

    def _said(self, said: Said) -> str:
        key, _ = fact_of_column(said.column)
        kind = self.vocabulary.facts[key].kind
        if kind == "flag":
            return "是" if said.value else "否"
        if isinstance(said.value, int):
            return self.words.figure_of(key, said.value)
        return self.words.code(key, said.value) if kind == "code" else said.value

    def _file(self, said: Said) -> str:
        return self._files[said.file_name, said.department, said.observed_on]

    def _fresh(self, key: str, day: date) -> bool:
        return day + timedelta(days=self.vocabulary.lists[key].fresh_days) >= self.on

    def _state(self, entry: Entry, kind: ListKind) -> Tag:
        if entry.left_on is not None and entry.left_on <= self.on:
            return Tag("已移出", f"{entry.left_on}移出或撤销", "weak")
        if entry.from_on is not None and entry.from_on > self.on:
            return Tag("未生效", f"自{entry.from_on}起", "weak")
        if entry.until_on is not None:
            if entry.until_on < self.on:
                return Tag("已到期", f"有效期至{entry.until_on}", "weak")
        elif kind.validity_years is not None:
            if entry.from_on is None:
                return Tag("起始日不详", "名单没有写日期，无法推算有效期", "weak")
            if entry.from_on <= years_before(self.on, kind.validity_years):
                return Tag("已到期", f"名单未写到期日，按{kind.validity_years}年推算", "weak")
        return Tag("在库", "在判定日有效", "firm")


def _detail(entry: Entry) -> str:
    inherited = f"承继自{entry.origin}" if entry.origin else None
    return " · ".join(filter(None, (entry.level, entry.batch, entry.document, inherited)))


def _days(entry: Entry) -> str:
    first = str(entry.from_on) if entry.from_on else "起始日不详"
    if entry.left_on is not None:
        return f"{first} 至 {entry.left_on}（移出）"
    return f"{first} 至 {entry.until_on}" if entry.until_on else f"{first} 起"
