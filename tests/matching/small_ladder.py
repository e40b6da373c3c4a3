"""A small ladder for tests: two rungs with two versions each, a stricter place, and a title beside it."""

from functools import cache

from matching.catalogue.load_catalogue import Catalogue, build_catalogue, shipped_catalogue
from matching.catalogue.load_vocabulary import shipped_vocabulary

DOCUMENTS = """\
old: {number: 旧字〔2022〕63号, title: 暂行办法, issuer: 工业和信息化部, issued_on: 2022-06-01, source: example.org/63, mark: verified}
new: {number: 新字〔2026〕2号, title: 管理办法, issuer: 工业和信息化部, issued_on: 2026-01-17, source: example.org/2, mark: verified}
gansu: {number: 甘字〔2026〕9号, title: 实施细则, issuer: 甘肃省工业和信息化厅, issued_on: 2026-04-20, source: example.org/9, mark: verified}
"""
TIERS = """\
tiers:
  above_scale: {label: 规上企业, list: above_scale, rung: 1, recognised_by: list}
  innovative_sme: {label: 创新型中小企业, list: innovative_sme, rung: 2, validity_years: 3, recognised_by: list}
  specialized_sme: {label: 专精特新中小企业, list: specialized_sme, rung: 3, validity_years: 3}
  little_giant: {label: 专精特新小巨人, list: little_giant, rung: 4, validity_years: 3}
  champion_firm: {label: 单项冠军, list: champion_firm, beside: true, validity_years: 3, recognised_by: list}
"""
SPECIALIZED = """\
id: specialized-2026
tier: specialized_sme
version: RV-2026
kinds: [认定, 复核]
valid: {from: 2026-04-01, until: unstated}
review_by: 2027-03-31
document: new
article: 附件1
area: 中国
mark: verified
criteria:
  - {id: T2-3, article: 附件1第三项, condition: {fact: annual_revenue, year: -1, at_least: 1500 万元}}
background: {annual_revenue@2025: 1500 万元}
examples:
  - {name: 正好到线, on: 2026-05-01, expect: met}
  - {name: 差一分, on: 2026-05-01, given: {annual_revenue@2025: 14999999.99 元}, expect: unmet}
"""
OLD_GIANT = """\
id: little-giant-2022
tier: little_giant
version: RV-2022
valid: {认定: {from: 2022-08-01, until: 2026-03-31}, 复核: {from: 2022-08-01, until: 2026-12-31}}
document: old
article: 附件3
area: 中国
mark: verified
criteria:
  - {id: 专-2, article: 附件3第一项, condition: {share: {fact: main_revenue, year: -1}, of: {fact: annual_revenue, year: -1}, at_least: 70 %}}
  - {id: 精-4, article: 附件3第二项, condition: {share: {fact: total_liabilities, year: -1}, of: {fact: total_assets, year: -1}, at_most: 70 %}}
background:
  annual_revenue@2025: 3000 万元
  main_revenue@2025: 2100 万元
  total_assets@2025: 1000 万元
  total_liabilities@2025: 700 万元
examples:
  - {name: 都正好, kind: 复核, on: 2026-05-01, expect: met}
  - {name: 主营差一分, kind: 复核, on: 2026-05-01, given: {main_revenue@2025: 20999999.99 元}, expect: unmet, criteria: {专-2: unmet, 精-4: met}}
  - {name: 负债多一分, kind: 复核, on: 2026-05-01, given: {total_liabilities@2025: 7000000.01 元}, expect: unmet}
  - {name: 不知道负债, kind: 复核, on: 2026-05-01, given: {total_liabilities@2025: unknown}, expect: unknown, missing: [total_liabilities@2025]}
"""
NEW_GIANT = """\
id: little-giant-2026
tier: little_giant
version: RV-2026
valid: {认定: {from: 2026-04-01, until: unstated}, 复核: {from: 2027-01-01, until: unstated}}
review_by: 2027-03-31
document: new
article: 附件2
area: 中国
mark: verified
criteria:
  - {id: T3-1, article: 附件2第一项, condition: {listed: specialized_sme}}
  - {id: T3-3, article: 附件2第三项, condition: {fact: annual_revenue, year: -1, at_least: 5000 万元}}
  - {id: T3-5, article: 附件2第五项, kinds: [认定], condition: {growth: {fact: annual_revenue, year: -1}, over: {fact: annual_revenue, year: -3}, years: 2, at_least: 5 %}}
  - {id: T3-6, article: 附件2第六项, condition: {share: {fact: total_liabilities, year: -1}, of: {fact: total_assets, year: -1}, at_most: 75 %}}
background:
  specialized_sme: "2025-06-01.."
  annual_revenue@2025: 5512.5 万元
  annual_revenue@2023: 5000 万元
  total_assets@2025: 1000 万元
  total_liabilities@2025: 750 万元
examples:
  - {name: 都正好, on: 2026-05-01, expect: met, criteria: {T3-5: met}}
  - {name: 营收正好到线, on: 2026-05-01, given: {annual_revenue@2025: 5000 万元, annual_revenue@2023: 4500 万元}, expect: met}
  - {name: 营收差一分, on: 2026-05-01, given: {annual_revenue@2025: 49999999.99 元, annual_revenue@2023: 4500 万元}, expect: unmet, criteria: {T3-3: unmet}}
  - {name: 增长差一分, on: 2026-05-01, given: {annual_revenue@2025: 55124999.99 元}, expect: unmet, criteria: {T3-5: unmet}}
  - {name: 复核不看增长, kind: 复核, on: 2027-05-01, given: {annual_revenue@2026: 5000 万元, total_assets@2026: 100 万元, total_liabilities@2026: 75 万元}, expect: met, criteria: {T3-5: not_applicable}}
  - {name: 负债多一分, on: 2026-05-01, given: {total_liabilities@2025: 7500000.01 元}, expect: unmet}
  - {name: 没有上一级, on: 2026-05-01, given: {specialized_sme: none}, expect: unmet}
  - {name: 上一级当天到期, on: 2026-05-01, given: {specialized_sme: "2023-05-01..2026-05-01"}, expect: met}
  - {name: 上一级已到期, on: 2026-05-01, given: {specialized_sme: "2023-05-01..2026-04-30"}, expect: unmet}
"""
GANSU_GIANT = """\
id: little-giant-2026-gansu
overlay_of: little-giant-2026
document: gansu
article: 第九条
area: 甘肃省
mark: verified
criteria:
  - {id: T3-6, article: 第九条第一款, condition: {share: {fact: total_liabilities, year: -1}, of: {fact: total_assets, year: -1}, at_most: 60 %}}
  - {id: 甘-1, article: 第九条第二款, condition: {judgement: 属于省重点产业链}}
background: {total_liabilities@2025: 600 万元}
examples:
  - {name: 数字都够，还要人看, on: 2026-05-01, expect: person}
  - {name: 负债多一分, on: 2026-05-01, given: {total_liabilities@2025: 6000000.01 元}, expect: unmet}
"""
FILES = {
    "tiers.yml": TIERS,
    "standards/specialized-2026.yml": SPECIALIZED,
    "standards/little-giant-2022.yml": OLD_GIANT,
    "standards/little-giant-2026.yml": NEW_GIANT,
    "standards/little-giant-2026-gansu.yml": GANSU_GIANT,
}


def ladder_of(changes: dict[str, str] | None = None) -> Catalogue:
    """Give the small ladder in the shipped words, some files of it written otherwise."""
    beside = {"definitions.yml": "{}", "documents.yml": DOCUMENTS}
    return build_catalogue({**beside, **FILES, **(changes or {})}, shipped_vocabulary())


@cache
def shipped_with_small_ladder() -> Catalogue:
    """Give the shipped items and words with the small ladder in place of the shipped titles."""
    shipped = shipped_catalogue().files
    items = {name: text for name, text in shipped.items() if not name.startswith("standards/")}
    documents = {"documents.yml": f"{shipped['documents.yml']}\n{DOCUMENTS}"}
    return build_catalogue({**items, **FILES, **documents}, shipped_vocabulary())


@cache
def small_ladder() -> Catalogue:
    """Give the small ladder as it stands."""
    return ladder_of()
