"""Saying what an item is held against: another item, or what was paid before under a family."""

import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ties import names_of
from matching.language.exclusivity import FAMILY

ASIDE_WORDS = {
    "yields": "让位于",
    "waits": "还不能定，取决于",
    "chooses": "只能选其一，请选择本项或",
    "person": "由人工定，涉及",
}
"""What becomes of a met item that is not paid (the states of matching.engine.owed), before its partner."""


def partner_in_words(partner: str, catalogue: Catalogue) -> str:
    """Say a partner: the title of an item, or "此前已兑付的…" for a ledger family."""
    if not partner.startswith(FAMILY):
        item = next((one for one in catalogue.items if partner in names_of(one)), None)
        return f"《{item.title}》" if item is not None else f"事项 {partner}"
    return f"此前已兑付的{family_in_words(partner.removeprefix(FAMILY), catalogue)}"


def family_in_words(family: str, catalogue: Catalogue) -> str:
    """Say a ledger family: its own name where no item of ours bears it, else the titles of its items."""
    named = catalogue.vocabulary.families.get(family)
    if named is not None:
        return named
    titles = dict.fromkeys(item.title for item in catalogue.items if item.family == family)
    return f"{family}系列（{'、'.join(titles)}）" if titles else f"{family}系列"


def aside_sentences(aside: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Give "enterprise_id", "state" and the sentence "aside" of rows with matching.engine.owed's ASIDE columns."""
    partners = aside["partner"].unique().drop_nulls().to_list()
    names = {partner: partner_in_words(partner, catalogue) for partner in partners}
    named = pl.col("partner").replace_strict(names, return_dtype=pl.String)
    basis = pl.concat_str(pl.lit("（依据："), "basis", pl.lit("）"))
    said = pl.col("state").replace_strict(ASIDE_WORDS, return_dtype=pl.String)
    return aside.select("enterprise_id", "state", aside=pl.concat_str(said, named, basis))
