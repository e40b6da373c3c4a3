"""What is known of many enterprises on one day, as columns."""

from datetime import date

import msgspec
import polars as pl

from matching.language.vocabulary import Fact, FactKind, Vocabulary, fact_of_column

MEMBERSHIP_COLUMNS: dict[str, pl.DataType] = {
    "enterprise_id": pl.Int64(),
    "list": pl.String(),
    "level": pl.String(),
    "batch": pl.String(),
    "document": pl.String(),
    "from_on": pl.Date(),
    "until_on": pl.Date(),
    "left_on": pl.Date(),
}
AWARD_COLUMNS: dict[str, pl.DataType] = {
    "enterprise_id": pl.Int64(),
    "family": pl.String(),
    "amount_cents": pl.Int64(),
    "paid_on": pl.Date(),
}
RELATION_COLUMNS: dict[str, pl.DataType] = {
    "enterprise_id": pl.Int64(),
    "other_id": pl.Int64(),
    "role": pl.String(),
}
EVIDENCE_COLUMNS: dict[str, pl.DataType] = {
    "enterprise_id": pl.Int64(),
    "fact": pl.String(),
    "key": pl.String(),
    "amount_cents": pl.Int64(),
}
USE_COLUMNS: dict[str, pl.DataType] = {
    "ledger": pl.String(),
    "key": pl.String(),
    "family": pl.String(),
}
FACT_TYPES: dict[FactKind, pl.DataType] = {
    "money": pl.Int64(),
    "number": pl.Int64(),
    "share": pl.Int64(),
    "flag": pl.Boolean(),
    "date": pl.Date(),
    "code": pl.String(),
}
KNOWN_COLUMNS: dict[str, pl.DataType] = {"enterprise_id": pl.Int64(), "list": pl.String()}


def no_rows(columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """Give an empty frame of these columns."""
    return pl.DataFrame(schema=columns)


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """Facts, list entries and paid awards of many enterprises.

    frame        one row an enterprise: "enterprise_id" (unique, ascending) and a column per fact and period,
                 named by `column_name`. Null is unknown; a column that is not here is unknown for all.
    memberships  one row a list entry; `until_on` is its last day, `left_on` the day it was struck off.
    awards       one row a payment; `family` as in the items.
    coverage     list key, "awards", "relations", "uses" or a ledger fact, to the day up to which the whole list is known: until then an
                 enterprise without an entry is not on it. A list that is not here answers "unknown".
    relations    one row a tie: `other_id` is a "parent" of the enterprise or another "member" of its group; the
                 other's list entries and awards stand in `memberships` and `awards`, whether or not it
                 has a row in `frame`.
    evidence     one row a claim: this enterprise claims this evidence item (a pseudonym of a person, a loan
                 or a contract) for this ledger fact.
    uses         one row a use: an award of the family, to whomever, has used up the item of that ledger.
    records      ledger of records to its rows: "enterprise_id" and the fields facts.yml declares; coverage and
                 known as for lists.
    known        enterprise and list (or "paid:FAMILY") pairs whose entries are completely known without
                 the whole list being known, as in a single profile.
    """

    frame: pl.DataFrame
    memberships: pl.DataFrame = no_rows(MEMBERSHIP_COLUMNS)
    awards: pl.DataFrame = no_rows(AWARD_COLUMNS)
    coverage: dict[str, date] = {}
    known: pl.DataFrame = no_rows(KNOWN_COLUMNS)
    relations: pl.DataFrame = no_rows(RELATION_COLUMNS)
    evidence: pl.DataFrame = no_rows(EVIDENCE_COLUMNS)
    uses: pl.DataFrame = no_rows(USE_COLUMNS)
    records: dict[str, pl.DataFrame] = {}

    def only(self, enterprise_ids: pl.Series) -> "Population":
        """Give the same knowledge of some of the enterprises.

        What their groups are listed for and were paid stays, and who else claims their evidence.
        """
        wanted = pl.col("enterprise_id").is_in(enterprise_ids.to_list())
        relations = self.relations.filter(wanted)
        others = set(relations["other_id"].to_list())
        theirs = pl.col("enterprise_id").is_in([*enterprise_ids.to_list(), *others])
        claims = self.evidence.filter(wanted).select("fact", "key").unique()
        return Population(
            frame=self.frame.filter(wanted),
            memberships=self.memberships.filter(theirs),
            awards=self.awards.filter(theirs),
            coverage=self.coverage,
            known=self.known.filter(theirs),
            relations=relations,
            evidence=self.evidence.join(claims, on=["fact", "key"], how="semi"),
            uses=self.uses.join(claims, on="key", how="semi"),
            records={key: rows.filter(wanted) for key, rows in self.records.items()},
        )


class PopulationRefused(ValueError):
    """Columns that cannot be judged; carries every problem found, not only the first."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def refused_values(frame: pl.DataFrame, vocabulary: Vocabulary) -> None:
    """Raise PopulationRefused where a frame is not what `Population.frame` promises.

    Polars calls NaN larger than any number, a double row would be paid twice, and a misnamed column would
    quietly be unknown for all: each is refused here and never reaches a condition.
    """
    problems = _wrong_ids(frame)
    for name in frame.columns:
        if name != "enterprise_id":
            problems += _wrong_column(frame[name], vocabulary)
    if problems:
        raise PopulationRefused(problems)


def refused_ledgers(population: Population, vocabulary: Vocabulary) -> None:
    """Raise PopulationRefused where ties, evidence or uses are not what `Population` promises.

    An item without a key would be everybody's, one told twice would count twice, and a word nobody declared
    would quietly never match.
    """
    problems = [
        *_wrong_frame("relations", population.relations, RELATION_COLUMNS),
        *_wrong_frame("evidence", population.evidence, EVIDENCE_COLUMNS),
        *_wrong_frame("uses", population.uses, USE_COLUMNS),
    ]
    if not problems:
        problems = [
            *_wrong_words(population, vocabulary),
            *_wrong_ties(population.relations),
            *_double_claims(population.evidence),
        ]
    if problems:
        raise PopulationRefused(problems)


def _wrong_frame(name: str, frame: pl.DataFrame, columns: dict[str, pl.DataType]) -> list[str]:
    wrong = [key for key, kind in columns.items() if frame.schema.get(key) != kind]
    if wrong:
        return [f"{name} 的列 {key}：应有这一列，类型为{columns[key]}" for key in wrong]
    needed = [key for key in columns if key != "amount_cents"]
    return [
        f"{name} 的列 {key} 有空值：不知道的整行去掉" for key in needed if frame[key].null_count()
    ]


def _wrong_words(population: Population, vocabulary: Vocabulary) -> list[str]:
    ledgers = {key: fact.ledger for key, fact in vocabulary.facts.items() if fact.ledger}
    allowed = (
        (population.relations, "relations", "role", {"parent", "member"}),
        (population.evidence, "evidence", "fact", set(ledgers)),
        (population.uses, "uses", "ledger", set(ledgers.values())),
    )
    return [
        f"{name} 的列 {column}：不认识“{word}”；可用：{'、'.join(sorted(map(str, words)))}"
        for frame, name, column, words in allowed
        for word in frame[column].unique().sort()
        if word not in words
    ]


def _wrong_ties(relations: pl.DataFrame) -> list[str]:
    own = relations.filter(pl.col("enterprise_id") == pl.col("other_id"))
    return [
        f"relations：企业 {enterprise} 与自己关联；去掉这一行"
        for enterprise in own["enterprise_id"].unique().sort()
    ]


def _double_claims(evidence: pl.DataFrame) -> list[str]:
    double = evidence.group_by("enterprise_id", "fact", "key").len().filter(pl.col("len") > 1)
    return [
        f"evidence：企业 {enterprise} 的“{fact}”有两笔编号 {key}；一笔只能有一行"
        for enterprise, fact, key, _ in double.sort("enterprise_id", "fact", "key").iter_rows()
    ]


def _wrong_ids(frame: pl.DataFrame) -> list[str]:
    if "enterprise_id" not in frame.columns:
        return ["缺少 enterprise_id 列：每家企业一行，写上编号"]
    ids = frame["enterprise_id"]
    if ids.dtype != pl.Int64:
        return [f"enterprise_id 列类型是{ids.dtype}：请转为 Int64"]
    if ids.null_count():
        return ["enterprise_id 有空值：没有编号的行请去掉"]
    if ids.is_duplicated().any():
        double = ids.filter(ids.is_duplicated())[0]
        return [f"enterprise_id {double} 有两行：一家企业只能有一行，否则会重复兑付"]
    if not ids.is_sorted():
        return ["enterprise_id 没有升序排列：名录按编号查找，请先排序"]
    return []


def _wrong_column(values: pl.Series, vocabulary: Vocabulary) -> list[str]:
    name = values.name
    fact = vocabulary.facts.get(fact_of_column(name)[0])
    misnamed = vocabulary.wrong_with(name)
    if fact is None or misnamed is not None:
        return [f"列 {name}：{misnamed or '名录不是列'}；用 facts.yml 里的词，名录放在 memberships"]
    if fact.ledger is not None:
        return [f"列 {name}：{fact.label}逐笔登记，不是列；放在 evidence，一笔一行"]
    if values.dtype.is_float():
        nan = "，其中有 NaN（不是数）" if values.is_nan().any() else ""
        return [f"列 {name}：是小数{nan}；金额请转为整数分、比例转为整数基点，不知道的留空（null）"]
    return _wrong_type(values, fact)


def _wrong_type(values: pl.Series, fact: Fact) -> list[str]:
    wanted = FACT_TYPES[fact.kind]
    coded = fact.kind == "code" and isinstance(values.dtype, pl.Enum | pl.Categorical)
    if values.dtype != wanted and not coded:
        return [f"列 {values.name}：类型是{values.dtype}；{fact.label}应为{wanted}"]
    if fact.kind == "code" and fact.tree is None:
        words = values.cast(pl.String).unique().drop_nulls().sort()
        strange = [word for word in words if word not in fact.values]
        if strange:
            known = "、".join(fact.values)
            return [f"列 {values.name}：不认识的代码“{strange[0]}”；可用：{known}"]
    return []
