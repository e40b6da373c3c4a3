"""The city is the same for ever and looks like a real one."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from stdnum.cn import uscc

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import fact_of_column
from registry.demo.city import FIRST_MONTH, LARGEST_SIZE, SECOND_MONTH, City, make_city
from registry.demo.told import WAN, YUAN
from registry.demo.whereabouts import WHEREABOUTS

FRAMES = ("market", "statistics", "tax", "titles", "awards", "insurance", "negative")
FEW = 1_200


@pytest.fixture(scope="module")
def city() -> City:
    """The shipped city."""
    return make_city()


@pytest.fixture(scope="module")
def larger_city() -> City:
    """A city of four times as many, of another seed."""
    return make_city(20_000, seed=4)


def frames(city: City, month: str) -> dict[str, pl.DataFrame]:
    """Give what is sent in a month by its name."""
    sent = {name: getattr(city.months[month], name) for name in FRAMES}
    return {name: frame for name, frame in sent.items() if frame is not None}


def test_the_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    one, again, other = make_city(FEW, seed=3), make_city(FEW, seed=3), make_city(FEW, seed=4)

    for month in (FIRST_MONTH, SECOND_MONTH):
        for name, frame in frames(one, month).items():
            assert_frame_equal(frame, frames(again, month)[name])
            assert not frame.equals(frames(other, month)[name]), name


@pytest.mark.parametrize("size", [1, 2, 17, 100])
def test_a_city_may_be_of_any_size(size: int) -> None:
    small = make_city(size)

    assert small.months[FIRST_MONTH].market.height == size
    assert small.months[SECOND_MONTH].market.height >= 1


@pytest.mark.parametrize("size", [0, -5, LARGEST_SIZE + 1])
def test_a_size_beyond_the_limits_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=str(LARGEST_SIZE)):
        make_city(size)


def test_codes_are_valid_and_borne_once(city: City, larger_city: City) -> None:
    for any_city in (city, larger_city):
        market = pl.concat(month.market for month in any_city.months.values())
        codes = market.unique("row")["uscc"]

        assert codes.n_unique() == codes.len()
        assert [code for code in codes if not uscc.is_valid(code)] == []


def test_one_name_and_no_other_is_borne_by_two_firms(city: City, larger_city: City) -> None:
    for any_city in (city, larger_city):
        market = any_city.months[FIRST_MONTH].market
        shared = market.group_by("name").len().filter(pl.col("len") > 1)

        assert shared["len"].to_list() == [2]
        awards = any_city.months[FIRST_MONTH].awards
        assert awards is not None
        assert awards["name"].is_in(shared["name"].to_list()).any()


def test_names_taken_later_are_new(city: City, larger_city: City) -> None:
    for any_city in (city, larger_city):
        before, after = (month.market for month in any_city.months.values())
        renamed = after.join(before, on="row", suffix="_before").filter(
            pl.col("name") != pl.col("name_before")
        )
        newcomers = after.join(before, on="row", how="anti")

        assert renamed.height >= 3
        later = pl.concat([renamed["name"], newcomers["name"]])
        assert later.n_unique() == later.len()
        assert not later.is_in(before["name"].to_list()).any()


def test_most_are_sole_traders_and_few_are_large(larger_city: City) -> None:
    market = larger_city.months[FIRST_MONTH].market
    shares = dict(
        market.group_by("firm_kind").len().with_columns(pl.col("len") / market.height).iter_rows()
    )

    assert shares["individual"] == pytest.approx(0.75, abs=0.02)
    assert shares["company"] == pytest.approx(0.205, abs=0.02)
    assert shares["cooperative"] == pytest.approx(0.03, abs=0.01)
    revenue = larger_city.months[FIRST_MONTH].tax["annual_revenue@2025"].drop_nulls().sort()
    # The upper tenth earns more than all others together.
    assert revenue.tail(revenue.len() // 10).sum() > revenue.sum() / 2


def test_sole_traders_have_few_facts(city: City) -> None:
    first = city.months[FIRST_MONTH]
    traders = first.market.filter(pl.col("firm_kind") == "individual")

    filers = traders.join(first.tax, on="row", how="semi")

    assert 0.05 < filers.height / traders.height < 0.2


@pytest.mark.parametrize(
    ("title", "holders"),
    [
        ("little_giant", 20),
        ("specialized_sme", 80),
        ("innovative_sme", 150),
        ("high_tech", 200),
        ("tech_sme", 250),
        ("champion_firm", 6),
    ],
)
def test_titles_have_about_as_many_holders_as_said(city: City, title: str, holders: int) -> None:
    titles = city.months[FIRST_MONTH].titles
    held = titles.filter(pl.col("list") == title)

    assert held["row"].n_unique() == held.height
    assert held.height == pytest.approx(holders, abs=holders // 10)


def test_little_giants_have_climbed_the_ladder(city: City) -> None:
    titles = city.months[SECOND_MONTH].titles
    rungs = {
        name: titles.filter(pl.col("list") == name).select("row", since="from_on")
        for name in ("innovative_sme", "specialized_sme", "little_giant")
    }

    climbed = rungs["little_giant"].join(rungs["specialized_sme"], on="row", suffix="_before")

    assert climbed.height > 15
    assert (climbed["since_before"] < climbed["since"]).all()


def test_nobody_holds_a_title_from_before_it_was_founded(city: City, larger_city: City) -> None:
    for any_city in (city, larger_city):
        first = any_city.months[FIRST_MONTH]
        held = first.titles.join(first.market, on="row")

        assert (held["from_on"] > held["registered_on"]).all()


def test_the_above_scale_list_is_worth_looking_at(city: City, larger_city: City) -> None:
    for any_city in (city, larger_city):
        statistics = any_city.months[FIRST_MONTH].statistics
        assert statistics is not None
        assert 80 <= statistics.filter(pl.col("left_on").is_null()).height <= 120


def test_figures_are_missing_here_and_there(larger_city: City) -> None:
    tax = larger_city.months[FIRST_MONTH].tax
    missing = {
        name: tax[name].null_count() / tax.height
        for name in tax.columns
        if name.startswith(("annual_revenue", "main", "tax_paid", "total", "net"))
    }

    assert all(0.04 < share < 0.65 for share in missing.values()), missing


def test_departments_contradict_each_other(city: City) -> None:
    first = city.months[FIRST_MONTH]
    assert first.statistics is not None
    industries = first.market.join(first.statistics, on="row", suffix="_statistics").filter(
        pl.col("industry") != pl.col("industry_statistics")
    )
    revenues = first.tax.join(first.statistics, on="row", suffix="_statistics").filter(
        (pl.col("annual_revenue@2025") - pl.col("annual_revenue@2025_statistics")).abs() > WAN
    )

    assert industries.height >= 3
    assert revenues.height >= 10


def test_the_second_month_brings_what_changes_verdicts(city: City) -> None:
    first, second = city.months[FIRST_MONTH], city.months[SECOND_MONTH]

    assert second.market.join(first.market, on="row", how="anti").height == 15
    assert {"cancelled", "moved"} <= set(second.market["status"])
    assert 0.01 < second.tax.height / first.tax.height < 0.05
    assert second.titles.height > first.titles.height
    assert second.titles.filter(pl.col("left_on") > first.day).height == 1
    assert second.negative.filter(pl.col("from_on") > first.day).height >= 1
    assert second.negative.filter(pl.col("left_on") > first.day).height >= 1


def test_figures_fit_the_units_of_the_sheets(larger_city: City) -> None:
    statistics = larger_city.months[FIRST_MONTH].statistics
    assert statistics is not None
    for column in statistics.columns:
        values = statistics[column].drop_nulls()
        if column.startswith(("quarter_revenue", "annual_revenue")):
            assert (values % (1000 * YUAN) == 0).all(), column
        if column.startswith("power_use"):
            assert (values % 100 == 0).all(), column


def test_only_words_of_the_catalogue_are_used(city: City) -> None:
    vocabulary = shipped_vocabulary()
    own = {"row", "uscc", "name", "email", "entered_on", "entry_kind", "left_on", *WHEREABOUTS}
    first = city.months[FIRST_MONTH]
    for frame in (first.market, first.tax, first.statistics, first.insurance):
        assert frame is not None
        facts = {fact_of_column(column)[0] for column in set(frame.columns) - own}
        assert facts <= vocabulary.facts.keys()
    assert set(first.titles["list"]) | set(first.negative["list"]) <= vocabulary.lists.keys()
    assert set(first.market["place"].drop_nulls()) <= vocabulary.places.nodes.keys()
    assert set(first.market["industry"].drop_nulls()) <= vocabulary.industries.nodes.keys()
    for name, level in first.titles.select("list", "level").unique().iter_rows():
        assert level is None or level in vocabulary.lists[name].levels


def test_no_person_street_or_phone_can_be_anybodys(larger_city: City) -> None:
    market = larger_city.months[FIRST_MONTH].market
    persons = market["legal_representative"].drop_nulls()

    assert persons.str.contains("^.某.$").all()
    assert market["phone"].drop_nulls().str.contains(r"^037[14]-0\d{7}$").all()
    for name in WHEREABOUTS:
        assert 0 < market[name].null_count() < market.height / 2


def test_relations_bind_different_firms_of_the_city_and_hold_by_its_day(city: City) -> None:
    first = city.months[FIRST_MONTH]
    relations = first.relations
    assert relations is not None

    assert relations.height == 5
    assert relations.filter(pl.col("row") == pl.col("other_row")).is_empty()
    assert set(relations["other_uscc"]) <= set(first.market["uscc"])
    assert relations.filter(pl.col("effective_on") > first.day).is_empty()
    assert make_city(20).months[FIRST_MONTH].relations is None


def test_mail_goes_nowhere(larger_city: City) -> None:
    addresses = larger_city.months[FIRST_MONTH].market["email"].drop_nulls()

    assert addresses.str.ends_with("@enterprise.example").all()
    assert addresses.n_unique() == addresses.len()
