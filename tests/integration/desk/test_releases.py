"""The desk of releases: who interprets, proposes, checks, publishes and withdraws, and what each of them is told."""

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from feedback.disclosure.blocks import Quarter
from feedback.releases import actions, kept
from feedback.releases.interpretations import LONGEST, NOBODY_YET
from feedback.releases.models import Interpretation, Release
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.factories.people import at_desk, staff
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db
TEXTS = ("may_mean", "does_not_tell", "ask_next")


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def edition(area):
    return asking.edition(of=area)


@pytest.fixture
def draft(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (made,) = actions.close_area_through(area, until=Q1, by=analyst())
    return made


def page(client, draft, name="release"):
    return client.get(reverse(f"desk:{name}", args=[draft.code])).content.decode()


def steps(client, draft, step, **more):
    reply = client.post(reverse("desk:release", args=[draft.code]), {"step": step, **more}, follow=True)
    return reply.content.decode()


def form(client, draft, text="It may be the weather."):
    """Everything the form sends, with one text in every box."""
    shown = client.get(reverse("desk:interpreting", args=[draft.code])).context["part"]
    sent = {f"seen.{one.question.code}": one.seen for one in shown}
    return sent | {f"{name}.{one.question.code}": text for one in shown for name in TEXTS}


def sends(client, draft, sent):
    return client.post(reverse("desk:interpreting", args=[draft.code]), sent)


def test_from_a_draft_to_an_address_that_stays(client, draft):
    at_desk(client, analyst())
    assert "4 questions have no interpretation yet" in page(client, draft)
    assert "no interpretation yet. Say what each may mean" in steps(client, draft, "propose")
    assert sends(client, draft, form(client, draft)).status_code == 302
    assert "Proposed. A second person" in steps(client, draft, "propose")
    at_desk(client, checker())
    assert "This is the first release" in page(client, draft)
    assert "Approved" in steps(client, draft, "approve")
    assert client.get(f"/open-data/{draft.code}/").status_code == 404
    assert "Everybody can read it now" in steps(client, draft, "publish")
    public = client.get(f"/open-data/{draft.code}/")
    text = public.content.decode()
    assert f'rel="canonical" href="http://testserver/open-data/{draft.code}/"' in text
    assert "anonymised" not in text
    question = client.get(f"/open-data/{draft.code}/questions/listened/").content.decode()
    assert question.count("It may be the weather.") == 3
    assert "because we adjust figures" in question
    assert "likely range for all children" in question
    how = client.get(f"/open-data/{draft.code}/how/").content.decode()
    assert "Every answer goes into exactly one published block" in how
    assert "Nobody has yet tried to find a person" in how
    assert "It may be the weather." in client.get(f"/open-data/{draft.code}/metadata.json").content.decode()


def test_the_address_of_a_withdrawn_release_says_when_and_why_and_no_figure(client, area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    at_desk(client, checker())
    assert "Say in a sentence why" in steps(client, published, "withdraw", reason=" ")
    steps(client, published, "withdraw", reason="A file was loaded <b>twice</b>.")
    reply = client.get(f"/open-data/{published.code}/")
    text = reply.content.decode()
    assert reply.status_code == 410
    assert "A file was loaded &lt;b&gt;twice&lt;/b&gt;." in text
    assert " % " not in text
    for name in ("published.csv", "metadata.json", "statement.txt"):
        gone = client.get(f"/open-data/{published.code}/{name}")
        assert gone.status_code == 410
        assert b"withdrawn as a whole" in gone.content
        assert b"too_few" not in gone.content


def test_the_command_publishes_that_nobody_has_interpreted_it(client, area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    assert set(published.interpretations.values_list("is_left_open", flat=True)) == {True}
    assert NOBODY_YET in client.get(f"/open-data/{published.code}/questions/listened/").content.decode()


def test_what_is_proposed_is_not_rewritten_and_what_came_back_shows_what_was(client, draft):
    at_desk(client, analyst())
    sends(client, draft, form(client, draft))
    actions.propose(draft, by=analyst())
    assert sends(client, draft, form_of(draft)).status_code == 422
    assert not Interpretation.objects.filter(may_mean="Something else.").exists()
    actions.return_(draft, reason="Explain the first question.", by=checker())
    assert sends(client, draft, form(client, draft, "Something else.")).status_code == 302
    actions.propose(Release.objects.get(pk=draft.pk), by=analyst())
    at_desk(client, checker())
    shown = page(client, draft)
    assert "What was written otherwise after it came back" in shown
    assert "It may be the weather." in shown
    assert "Something else." in shown


def form_of(draft):
    return {f"{name}.listened": "Something else." for name in TEXTS}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 200_000, f"in {LONGEST} at most"),
        ("nul\x00here", "cannot be kept"),
        ("  ", "Say something under"),
    ],
)
def test_a_text_that_cannot_be_kept_says_so_and_keeps_nothing(client, draft, text, said):
    at_desk(client, analyst())
    sent = form(client, draft) | {"ask_next.listened": text}
    reply = sends(client, draft, sent)
    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert not Interpretation.objects.exists()


def test_right_to_left_text_stands_in_its_own_direction(client, draft):
    words = "قد يعني هذا أن الأطفال\nلم يُسألوا."
    at_desk(client, analyst())
    assert sends(client, draft, form(client, draft, words)).status_code == 302
    frame = client.get(reverse("pages_desk:release_preview_question", args=[draft.code, "listened"])).content.decode()
    assert '<div dir="auto"><p>قد يعني هذا أن الأطفال<br>لم يُسألوا.</p></div>' in frame


def test_two_tabs_do_not_overwrite_each_other(client, draft):
    at_desk(client, analyst())
    one, other = form(client, draft, "Of one tab."), form(client, draft, "Of the other.")
    assert sends(client, draft, one).status_code == 302
    reply = sends(client, draft, other)
    assert reply.status_code == 422
    assert "Somebody else wrote here meanwhile" in reply.content.decode()
    assert "Of the other." in reply.content.decode()
    assert set(Interpretation.objects.values_list("may_mean", flat=True)) == {"Of one tab."}
    assert sends(client, draft, one).status_code == 302  # the same sent twice is the same


def test_two_people_publish_at_once_and_the_second_reads_why_not(client, draft):
    actions.propose(interpreted(draft), by=analyst())
    actions.approve(draft, by=checker())
    second = staff("second-checker", Role.OUTPUT_CHECKER)
    at_desk(client, checker())
    assert "Everybody can read it now" in steps(client, draft, "publish")
    at_desk(client, second)
    assert "This is published, so it cannot become published" in steps(client, draft, "publish")
    assert draft.states.filter(status="published").count() == 1


def test_who_wrote_what_it_means_does_not_check_it(client, draft):
    both = staff("analyst", Role.OUTPUT_CHECKER)
    actions.propose(interpreted(draft, by=both), by=staff("other", Role.BOARD_ANALYST))
    at_desk(client, both)
    assert "someone else must check it" in steps(client, draft, "approve")


def test_the_second_person_sees_what_changed_and_by_which_rules(client, area, edition):
    coded(edition, area, quarter="2025Q1", n=60, answers=lambda die: {"listened": "yes"})
    coded(edition, area, quarter="2025Q1", n=40, stage="review", answers=lambda die: {"listened": "no"})
    release(area)
    coded(edition, area, quarter="2025Q2", n=20, answers=lambda die: {"listened": "yes"})
    coded(edition, area, quarter="2025Q2", n=90, stage="leaving", answers=lambda die: {"listened": "no"})
    (draft,) = actions.close_area_through(area, until=Q2, by=analyst())
    rules = {**draft.rules, "smallest_group": 15}
    Release.objects.filter(pk=draft.pk).update(rules=rules)
    at_desk(client, checker())
    shown = page(client, draft)
    assert "Everybody, April to June 2025: 4 questions" in shown
    assert "1 rule is not as last time" in shown
    assert "<td>15</td><td><strong>10</strong></td>" in shown
    assert "Groups shown now that were not shown last time" in shown
    assert "Groups withheld now that were shown last time" in shown
    assert "Only these changed by more than adjustment and chance together explain" in shown
    at_desk(client, analyst())
    assert "changed by more than adjustment and chance explain: <strong>" in page(client, draft)


def test_a_difference_that_chance_may_explain_is_called_nothing_else(client, area, edition):
    for quarter in ("2025Q1", "2025Q2"):
        coded(edition, area, quarter=quarter, n=40)
    *_, last = release(area, Q2)
    assert "every difference could be chance" in client.get(f"/open-data/{last.code}/time/").content.decode()


def test_longer_periods_stand_apart_and_end_with_a_block_that_is_withdrawn(client, area, edition):
    for quarter in ("2025Q1", "2025Q2", "2025Q3", "2025Q4"):
        coded(edition, area, quarter=quarter, n=40)
    published = release(area, Quarter(2025, 4))
    address = f"/open-data/{published[-1].code}/questions/listened/"
    assert "Longer periods, added up from the published blocks" in client.get(address).content.decode()
    actions.withdraw_release(published[0], reason="A wrong import.", by=checker())
    kept.forget()
    assert "Longer periods" not in client.get(address).content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_only_an_analyst_of_the_area_interprets(client, draft, role):
    at_desk(client, staff("somebody", role))
    expected = 200 if role is Role.BOARD_ANALYST else 404
    assert client.get(reverse("desk:interpreting", args=[draft.code])).status_code == expected
    at_desk(client, staff("far", role, area=asking.area("south")))
    assert client.get(reverse("desk:interpreting", args=[draft.code])).status_code == 404
    assert sends(client, draft, form_of(draft)).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_a_draft_before_it_is_published(client, draft, role):
    sees = role in {Role.BOARD_ANALYST, Role.OUTPUT_CHECKER, Role.BOARD_OFFICER}
    addresses = [
        reverse("desk:release_preview", args=[draft.code]),
        reverse("pages_desk:release_preview", args=[draft.code]),
        reverse("desk:release", args=[draft.code]),
    ]
    at_desk(client, staff("somebody", role, area=draft.area))
    assert {client.get(address).status_code for address in addresses} == {200 if sees else 404}
    at_desk(client, staff("far", role, area=asking.area("south")))
    assert {client.get(address).status_code for address in addresses} == {404}


def test_the_words_of_last_time_are_taken_over_only_when_somebody_says_so(client, area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (first,) = actions.close_area_through(area, until=Q1, by=analyst())
    actions.propose(interpreted(first, may_mean="As last time."), by=analyst())
    actions.approve(first, by=checker())
    actions.publish(first, by=checker())
    coded(edition, area, quarter="2025Q2", n=40)
    (second,) = actions.close_area_through(area, until=Q2, by=analyst())
    at_desk(client, analyst())
    empty = form(client, second, "")
    sends(client, second, empty | {"last.listened": "on"})
    assert list(second.interpretations.values_list("question", "may_mean")) == [("listened", "As last time.")]
