"""Somebody at a school who referred a family answers on their phone; what was released is read as their own voice."""

import re

from tests.journeys.test_five_people import Walk
from tests.journeys.test_phone_faults import unsealed, watches
from tests.journeys.test_respondents import chooses, goes_on

IN_THE_WAY = "Nobody rang back, so we sent it again."
SENT = "How many times did you have to send your last referral?"
ASKED = "What got in the way?"
CODES = {"rf_acknowledged", "rf_sent", "rf_told", "rf_time", "rf_decision", "rf_call", "rf_heard", "rf_in_the_way"}


def test_whoever_referred_a_family_answers_on_a_phone(visitor):
    walk = Walk(visitor("referrer").opens("/a/thistledown-referrers/"))
    walk.somebody.sees("After you referred")
    walk.looks(full=True)
    assert "your family" not in walk.page.locator("main").inner_text()
    for _ in range(3):
        goes_on(walk.somebody)
    sent = watches(walk.somebody)
    # From which end the list begins is drawn for each respondent.
    walk.answers({SENT: lambda: chooses(walk.somebody, "Once"), ASKED: walk.writes(IN_THE_WAY)})
    walk.sends()
    walk.is_thanked()
    walk.somebody.sees("What those who refer families say is put together")
    found = unsealed(sent[0])["answers"]
    assert set(found) == CODES
    assert (found["rf_sent"], found["rf_in_the_way"]) == ("once", IN_THE_WAY)
    walk.somebody.was_alone()


def test_a_board_reads_what_referrers_say_as_a_voice_of_their_own(visitor):
    board = visitor("referrers-told", phone=False).opens("/thistledown/results/")
    referrers = board.page.locator("section").filter(has=board.page.get_by_role("heading", name="Referrers", level=2))
    for measure in ("Right first time", "End to end time"):
        assert referrers.get_by_text(measure).count()
    for heading in ("Children and young people", "Parents and carers", "Professionals"):
        others = board.page.locator("section").filter(has=board.page.get_by_role("heading", name=heading, level=2))
        assert others.get_by_text("Right first time").count() == 0
    referrers.scroll_into_view_if_needed()
    board.looks("1-release", full=True)
    referrers.get_by_role("link", name=re.compile("Right first time")).first.click()
    board.sees("How many times did you have to send your last referral?").looks("2-question", full=True)
    board.sees("What was missing where a referral had to be sent again, and who could have known it?")
    board.was_alone()
