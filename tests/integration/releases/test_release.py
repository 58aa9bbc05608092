"""Closing, proposing, checking and publishing."""

from datetime import date

import pytest

from feedback.anonymisation.actions import code_cleared
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Quarter
from feedback.releases import actions
from feedback.releases.closing import Population, close_for_area
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from feedback.releases.tabulation import Plans, tabulate
from surveys.frame.policies import NotAllowed
from surveys.instrument.items import Kind
from surveys.instrument.routing import Rule
from surveys.responses.actions import Place, new_response, record
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.integration.releases.releasing import Q1, Q2, release, rows

pytestmark = pytest.mark.django_db


def test_a_quarter_with_enough_answers_is_published(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    assert published.status == Release.Status.PUBLISHED
    everybody = [r for r in rows(published) if (r["stage"], r["service"], r["audience"]) == ("all",) * 3]
    overall = [r for r in everybody if r["question"] == "listened"]
    assert {r["base"] for r in overall} == {"40"}
    assert [r["option"] for r in overall] == [
        "yes", "sometimes", "no", "do_not_know", "rather_not_say", "did_not_answer",
    ]  # fmt: skip


def test_too_few_answers_wait_in_the_open_window(area, edition):
    coded(edition, area, quarter="2025Q1", n=19)
    assert release(area) == []
    coded(edition, area, quarter="2025Q2", n=1)
    (published,) = release(area, Q2)
    assert {r["period"] for r in rows(published)} == {"2025Q1..2025Q2"}


def test_releasing_again_changes_nothing(area, edition):
    """P2."""
    coded(edition, area, quarter="2025Q1", n=40)
    release(area)
    before = list(ClosedGroup.objects.order_by("pk").values())
    assert release(area) == []
    assert list(ClosedGroup.objects.order_by("pk").values()) == before


def test_a_later_change_touches_no_stored_cell(area, edition):
    """P14, and rule 9: what is taken back later leaves the block as it is."""
    coded(edition, area, quarter="2025Q1", n=40)
    release(area)
    before = list(ClosedGroup.objects.order_by("pk").values())
    row = CodedResponse.objects.first()
    row.answers = {"listened": "no"}
    row.save()
    CodedResponse.objects.exclude(pk=row.pk).first().delete()
    release(area, Q2)
    assert list(ClosedGroup.objects.filter(window__last_quarter="2025Q1").order_by("pk").values()) == before


def test_figures_are_not_the_true_counts(area, edition):
    coded(edition, area, quarter="2025Q1", n=60)
    (published,) = release(area)
    true = {"yes": 0, "sometimes": 0, "no": 0}
    for answers in CodedResponse.objects.values_list("answers", flat=True):
        true[answers["listened"]] += 1
    overall = ClosedGroup.objects.get(window__release=published, window__question="listened", window__table="overall")
    assert sum(overall.values.values()) == pytest.approx(60)
    assert any(abs(overall.values[option] - n) > 0.01 for option, n in true.items())


def test_answers_somebody_else_chose_are_counted_nowhere(area, edition):
    coded(edition, area, quarter="2025Q1", n=30)
    coded(edition, area, quarter="2025Q1", n=5, helper="chose")
    (published,) = release(area)
    assert published.chosen_for_others == 5
    assert ClosedGroup.objects.filter(window__release=published, window__table="overall").first().respondents == 30


def test_for_how_many_somebody_else_chose_is_told_once_and_never_a_small_number(client, area, edition):
    coded(edition, area, quarter="2025Q1", n=15)
    coded(edition, area, quarter="2025Q1", n=7, helper="chose")
    assert release(area) == []
    coded(edition, area, quarter="2025Q2", n=15)
    coded(edition, area, quarter="2025Q2", n=1, helper="chose")
    coded(edition, area, quarter="2025Q2", n=9, helper="chose", audience="AGE_4_5")
    (published,) = release(area, Q2)
    assert published.chosen_for_others == 8
    assert client.get(f"/open-data/{published.code}/published.json").json()["chosen_for_others"] == "fewer than 10"
    notes = client.get(f"/open-data/{published.code}/metadata.json").json()["notes"]
    assert {one["schema:name"]: one["schema:value"] for one in notes}["chosen_for_others"] == "fewer than 10"


def test_an_area_that_joins_later_does_not_stop_the_nation(area, edition):
    south = asking.area("south")
    for where in (area, south):
        coded(edition, where, quarter="2025Q1", n=40)
    assert [one.code for one in release(None)][-1] == "all-areas-2025q1"
    asking.area("never-answered")
    late = asking.area("late")
    for where in (area, south, late):
        coded(edition, where, quarter="2025Q2", n=40)
    assert release(None, Q2)[-1].code == "all-areas-2025q2"


def test_another_secret_within_the_year_is_refused(area, edition, settings):
    coded(edition, area, quarter="2025Q1", n=40)
    release(area)
    settings.EARSHOT_PROTECTION_SECRET = "ab" * 32
    coded(edition, area, quarter="2025Q2", n=40)
    with pytest.raises(NotAllowed, match="Put the old one back"):
        release(area, Q2)


def test_a_decision_sees_what_somebody_else_decided_meanwhile(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    actions.propose(interpreted(draft), by=analyst())
    one, other = Release.objects.get(pk=draft.pk), Release.objects.get(pk=draft.pk)
    actions.return_(one, reason="Explain the first question.", by=checker())
    with pytest.raises(NotAllowed, match="returned"):
        actions.approve(other, by=checker())


def test_a_year_with_a_withdrawn_block_has_no_sums(area, edition):
    for quarter in ("2025Q1", "2025Q2", "2025Q3", "2025Q4"):
        coded(edition, area, quarter=quarter, n=40)
    published = release(area, Quarter(2025, 4))
    actions.withdraw_release(published[1], reason="A wrong import.", by=checker())
    assert {r["period"] for r in rows(published[-1])} == {"2025Q4"}


def test_who_is_withheld_does_not_depend_on_what_was_answered(area, edition):
    """P15: the same respondents with their answers dealt out anew."""

    def withheld_with(answers):
        CodedResponse.objects.all().delete()
        for stage, n in (("plan", 41), ("review", 12), ("leaving", 4)):
            coded(routed, area, quarter="2025Q4", n=n, stage=stage, answers=answers)
        return close_for_area(
            area, Population({area.pk: tabulate(area, until=Quarter(2025, 4), plans=Plans())}), quarter=Quarter(2025, 4)
        )

    routed = asking.edition(
        asking.closed_item("promised", "yes", "no"),
        asking.closed_item("because", "late", "forgot", rule=Rule("promised", frozenset({"no"}))),
        of=area,
    )
    nobody = withheld_with(lambda die: {"promised": "yes"})
    assert nobody == withheld_with(lambda die: {"promised": die.choice(["yes", "no"]), "because": "late"})
    assert any(decision.reason for window in nobody["because"] for decision in window.decisions)


def test_four_and_five_year_olds_are_tabulated_nowhere(area, edition):
    coded(edition, area, quarter="2025Q1", n=50, audience="AGE_4_5")
    assert release(area) == []


def test_a_question_after_certain_answers_shows_no_base(area):
    edition = asking.edition(
        asking.closed_item("kept", "yes", "no"),
        asking.closed_item("why", "late", "forgot", rule=Rule("kept", frozenset({"no"}))),
        of=area,
    )

    def answers(die):
        return {"kept": "no", "why": die.choice(["late", "forgot"])} if die.random() < 0.6 else {"kept": "yes"}

    coded(edition, area, quarter="2025Q1", n=90, answers=answers)
    (published,) = release(area)
    why = [r for r in rows(published) if r["question"] == "why"]
    assert why
    assert {(r["base"], r["count"]) for r in why} == {("", "")}
    assert any(r["percent"].isdigit() for r in why)
    assert not [r for r in rows(published) if r["question"].endswith("?")]


def test_several_answers_are_one_question_with_more_noise(area):
    """One respondent's answer can change more cells, so each carries more noise; how many did not choose is no cell."""
    edition = asking.edition(asking.closed_item("who", "mum", "dad", "gran", kind=Kind.MULTI), of=area)
    coded(
        edition,
        area,
        quarter="2025Q1",
        n=50,
        answers=lambda die: {"who": ["mum"] if die.random() < 0.5 else ["mum", "dad"]},
    )
    (published,) = release(area)
    overall = {r["option"]: r for r in rows(published) if r["question"] == "who" and r["service"] == "all"}
    assert list(overall) == ["mum", "dad", "gran", "do_not_know", "rather_not_say", "did_not_answer"]
    assert {r["base"] for r in overall.values()} == {"50"}
    window = ClosedWindow.objects.filter(question="who", table="overall").get()
    assert (window.adds_up, window.most_cells) == (False, 4)
    (group,) = window.groups.all()
    assert all(value == int(value) for value in group.values.values())


def test_the_base_of_a_routed_question_is_the_published_value_of_the_answers_that_led_to_it(area):
    """A2 rule 4: it is not drawn again, so it is no further look at the earlier answer."""
    edition = asking.edition(
        asking.closed_item("kept", "yes", "sometimes", "no"),
        asking.closed_item("why", "late", "forgot", rule=Rule("kept", frozenset({"no", "sometimes"}))),
        asking.closed_item("how_late", "a_bit", "a_lot", rule=Rule("why", frozenset({"late"}))),
        of=area,
    )

    def answers(die):
        kept, why = die.choice(["yes", "sometimes", "no"]), die.choice(["late", "forgot"])
        return {"kept": kept, "why": why, "how_late": "a_lot"}

    coded(edition, area, quarter="2025Q1", n=120, answers=answers)
    release(area)
    kept, why, how_late = (
        ClosedGroup.objects.get(window__question=question, window__table="overall")
        for question in ("kept", "why", "how_late")
    )
    assert why.respondents == pytest.approx(kept.values["no"] + kept.values["sometimes"])
    assert sum(why.values.values()) == pytest.approx(why.respondents)
    assert how_late.respondents == pytest.approx(why.values["late"])
    assert {how_late.asked, why.asked, kept.asked} == {120}


def test_withheld_groups_are_listed_with_their_reason_and_no_number(area, edition):
    for stage, n in (("plan", 41), ("review", 12), ("leaving", 4)):
        coded(edition, area, quarter="2025Q4", n=n, stage=stage)
    (published,) = release(area, Quarter(2025, 4))
    stages = [
        r
        for r in rows(published)
        if r["question"] == "listened" and r["stage"] not in {"all"} and r["audience"] == "all"
    ]
    reasons = {r["stage"]: r["reason"] for r in stages if r["stage"] != "plan"}
    assert reasons == {"review": "would_reveal_another", "leaving": "too_few", "": "too_few"}
    blank = [r for r in stages if r["reason"] in {"would_reveal_another", "too_few"}]
    assert {r[c] for r in blank for c in ("count", "base", "percent", "low", "high", "low_all", "high_all")} == {""}


def test_groups_of_nobody_print_like_groups_of_a_few(area, edition):
    """A row must not appear only because somebody of a small home answered."""
    asking.stage("plan"), asking.stage("after")
    for code in ("visits", "small-home", "other-home"):
        asking.service(area, code)
    coded(edition, area, quarter="2025Q4", n=40)
    coded(edition, area, quarter="2025Q4", n=1, service="small-home")
    (published,) = release(area, Quarter(2025, 4))
    listened = [r for r in rows(published) if r["question"] == "listened"]
    services = {r["service"]: (r["reason"], r["base"]) for r in listened if r["stage"] == "all"}
    assert services["small-home"] == services["other-home"] == services[""] == ("too_few", "")
    assert {r["stage"] for r in listened if r["service"] == "all"} == {"all", "", "plan", "after"}


def test_a_year_is_the_sum_of_its_blocks(area, edition):
    for quarter in ("2025Q1", "2025Q2", "2025Q3", "2025Q4"):
        coded(edition, area, quarter=quarter, n=40)
    published = release(area, Quarter(2025, 4))
    year = [r for r in rows(published[-1]) if r["period"] == "2025Q1..2025Q4" and r["question"] == "listened"]
    overall = {r["option"]: r for r in year if (r["stage"], r["service"], r["audience"]) == ("all",) * 3}
    assert overall["yes"]["base"] == "160"
    blocks = ClosedGroup.objects.filter(window__question="listened", window__table="overall")
    assert float(overall["yes"]["count"]) == pytest.approx(sum(g.values["yes"] for g in blocks), abs=0.005)


def test_the_nation_is_protected_once_and_needs_every_area(area, edition):
    south = asking.area("south")
    coded(edition, area, quarter="2025Q1", n=40)
    coded(edition, south, quarter="2025Q1", n=40, audience="AGE_12_17")
    release(area)
    with pytest.raises(NotAllowed, match="has not closed"):
        actions.close_nation_through(until=Q1, by=analyst())
    nation = release(None)[-1]
    assert nation.area is None
    overall = [
        r for r in rows(nation) if r["question"] == "listened" and r["audience"] == "all" and r["stage"] == "all"
    ]
    assert {r["base"] for r in overall} == {"80"}
    assert {r["area"] for r in rows(nation)} == {"all"}


def test_late_answers_are_counted_in_the_next_quarter(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    release(area)
    wave = asking.open_wave(edition=edition, of=area)
    late = new_response(
        __import__("uuid").uuid4(), wave=wave, edition=edition, place=Place.of(area), answers={"listened": "no"},
        language="en", helper="alone", on=date(2025, 3, 31),
    )  # fmt: skip
    late.status = "cleared"
    record(late)
    code_cleared()
    assert CodedResponse.objects.get(linkage__response_key=late.pk).quarter == "2025Q2"
