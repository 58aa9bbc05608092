"""The attack suite passes what the platform publishes, and finds out every weaker way: twins of one population."""

import pytest

from feedback.disclosure.attack import attack
from feedback.disclosure.blocks import Period
from tests.unit.disclosure.publishing import (
    Publisher,
    World,
    bare,
    fresh,
    keyed,
    printed,
    small_hidden,
    unmasked,
)

SEEDS = (11, 12, 13)
# From thirty a year to five thousand, and many tiny areas.
FEW_AREAS = {"a30": 30, "a60": 60, "a120": 120, "a500": 500}
SIZES = {
    "a few areas": FEW_AREAS,
    "small beside large": {"a30": 30, "a5000": 5000},
    "many tiny": {f"t{n}": 30 + n for n in range(25)},
    "one alone": {"lone": 120},
}


@pytest.fixture(scope="module")
def worlds():
    made = {}

    def world(name, seed):
        if (name, seed) not in made:
            made[name, seed] = World(SIZES[name], seed=seed)
        return made[name, seed]

    return world


def told(published):
    return {finding.name for finding in attack(published).told()}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SIZES)
def test_what_the_platform_publishes_tells_nothing(worlds, name, seed):
    world = worlds(name, seed)
    publisher = Publisher(world).by_the_rules()
    for area in world.areas[-4:]:
        assert told(publisher.of_area(area)) == set()
    report = attack(publisher.of_all(world.areas[-4:]))
    assert report.told() == []
    assert sum(finding.targets for finding in report.findings) > 100


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SIZES)
def test_its_unprotected_twin_is_found_out(worlds, name, seed):
    """c_j replaced by n_j, and still masked, still by every rule."""
    world = worlds(name, seed)
    publisher = Publisher(world, values=bare, printing=printed).by_the_rules()
    assert "Certain" in told(publisher.of_all(world.areas[-4:]))
    assert "Certain" in told(publisher.of_area(world.areas[-1]))


def test_a_twin_without_masks_tells_who_all_answered_alike(worlds):
    publisher = Publisher(worlds("a few areas", 11), values=bare, printing=unmasked).by_the_rules()
    found = told(publisher.of_all(list(FEW_AREAS)))
    assert {"Certain", "Everybody alike", "Likeliest numbers, insider", "Knows everybody else"} <= found


def usual_periods(world):
    """Each quarter, and since the start: what a usual platform shows."""
    quarters = world.quarters
    return [*(Period(q, q) for q in quarters), *(Period(quarters[0], q) for q in quarters[1:])]


def test_noise_that_is_drawn_anew_for_each_period_is_found_out(worlds):
    world = worlds("a few areas", 11)
    publisher = Publisher(world, values=fresh).every_way(usual_periods(world), smallest=20)
    assert {"Longer periods", "Knows everybody else", "Groups of a few"} <= told(publisher.of_area("a500"))


def test_noise_that_is_drawn_anew_for_the_same_table_is_found_out(worlds):
    world = worlds("a few areas", 11)
    once, again = Publisher(world, values=fresh).by_the_rules(), Publisher(world, values=keyed).by_the_rules()
    published = once.of_area("a120")
    published.lines.extend(line for line in again.lines if line.area == "a120")
    assert "The same twice" in told(published)


def test_hiding_small_numbers_only_is_found_out(worlds):
    world = worlds("a few areas", 12)
    publisher = Publisher(world, values=bare, printing=small_hidden)
    publisher.every_way(usual_periods(world), smallest=5)
    found = told(publisher.of_area("a120"))
    assert {"Groups of a few", "Certain", "Taking away", "Likeliest numbers, insider"} <= found


def test_a_nation_published_beside_all_areas_but_one_is_found_out(worlds):
    """Nothing withheld of the nation: the area that is not shown is what is left."""
    world = worlds("small beside large", 11)
    publisher = Publisher(world).every_way(usual_periods(world)[:1], smallest=10)
    assert told(publisher.of_all(world.areas)) >= {"Areas taken away"}


def test_the_same_input_gives_the_same_report(worlds):
    publisher = Publisher(worlds("one alone", 12)).by_the_rules()
    assert attack(publisher.of_area("lone")) == attack(publisher.of_area("lone"))


def test_it_says_what_it_left_out_and_nothing_is_attacked_where_nothing_is_shown(worlds):
    publisher = Publisher(worlds("one alone", 12))
    report = attack(publisher.of_area("lone"))
    assert report.passed
    assert all(finding.targets == 0 for finding in report.findings)
    assert any("one at a time" in sentence for sentence in report.skipped)
