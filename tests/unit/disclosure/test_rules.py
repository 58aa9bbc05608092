import pytest

from feedback.disclosure.rules import (
    AREA_TABLES,
    FLOOR,
    NATION_TABLES,
    ProtectionRules,
    Table,
    TooManyLooks,
    check_look_budget,
)
from feedback.disclosure.statement import statement


def test_the_floor_has_no_problem():
    assert FLOOR.problems() == []


@pytest.mark.parametrize(
    "weaker",
    [
        {"smallest_block": 19},
        {"smallest_group": 9},
        {"percent_base": 10},
        {"mask": 3},
        {"sd": 1.4},
        {"looks": 10},
        {"bound": 4},
    ],
)
def test_weaker_rules_are_named_in_a_sentence(weaker):
    assert len(ProtectionRules(**weaker).problems()) >= 1


def test_stricter_rules_are_allowed():
    assert ProtectionRules(smallest_group=15, smallest_block=40, sd=2.5, bound=10).problems() == []


def test_the_tables_that_exist_use_the_whole_budget():
    """P13."""
    assert check_look_budget(AREA_TABLES, national=NATION_TABLES, rules=FLOOR) == 8


def test_one_table_more_is_refused_with_what_it_would_take():
    with pytest.raises(TooManyLooks, match="sd"):
        check_look_budget([*AREA_TABLES], national=[*NATION_TABLES, Table.SERVICE], rules=FLOOR)


def test_the_statement_names_the_rules_in_force():
    text = statement(ProtectionRules(smallest_group=15))
    assert "fewer than 15 people" in text
    assert "{" not in text
