"""An analyst names what several wrote about, a second person checks a finding, an overseer sees it beside another."""

import pytest

from tests.journeys.quoting import prepare

READY = """
from feedback.accounts.models import User
from feedback.accounts.roles import Role
from feedback.privacy.programs import at_work
from feedback.releases.actions import approve, propose, publish
from feedback.releases.models import Release
from feedback.releases.quote_actions import choose_quote
from feedback.releases.quoting import candidates
from feedback.anonymisation.themes import CommentTheme
from tests.factories import asking
from tests.factories.people import staff
from surveys.frame.models import Area
with at_work("a journey"):
    made = Release.objects.get(code=CODE)
    analyst, checker = staff("board-analyst", Role.BOARD_ANALYST), staff("output-checker", Role.OUTPUT_CHECKER)
    for one in candidates(made):
        choose_quote(made, mark=one.mark, by=analyst)
    propose(made, by=analyst)
    approve(made, by=checker)
    publish(made, by=checker)
"""


@pytest.fixture
def code(site):
    """The release of an area with quotes of three people about their worker, published."""
    code, _ = prepare(site, "moderator", area="said-often")
    site.manage("shell", "-v0", "-c", f"CODE = {code!r}\n{READY}")
    return code


def presses(person, name):
    person.page.get_by_role("button", name=name, exact=True).first.click()
    return person


def follows(person, name):
    person.page.get_by_role("link", name=name).first.click()
    return person


def fits(person):
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return person


def test_words_that_others_can_use(visitor, code):
    analyst = visitor("words-analyst", phone=False).signs_in("board-analyst")
    # What several wrote about is proposed, named, and put together.
    analyst.opens("/desk/work/themes/of/said-often/?propose=1").sees("Words that stand together").looks("proposed")
    follows(analyst, "Name a theme for worker").page.get_by_label("What people wrote about").fill("They like them.")
    presses(analyst, "Name it").sees("Put comments to it")
    for box in analyst.page.get_by_role("checkbox").all():
        box.check()
    presses(analyst, "Put the ticked ones to it").sees("They are in the theme")
    theme = analyst.page.url.split("?")[0].split("#")[0]
    analyst.looks("theme")
    # What was found is written down beside what another area found, and rests on what is published.
    analyst.opens("/desk/work/shared-findings/thistledown-finding-1/").sees("We found this too").looks("finding")
    analyst.page.get_by_label("Area").select_option("said-often")
    presses(analyst, "We found this too").sees("Say in your own words")
    finding = analyst.page.url
    analyst.page.get_by_label("What was found, in your own words").fill("Here it was the car. كان في السيارة")
    analyst.page.get_by_label("What was done about it").fill("We walk and talk.")
    presses(analyst, "Keep these words").sees("It says this now")
    follows(analyst, "Choose in").page.get_by_label("Do people listen", exact=False).or_(
        analyst.page.get_by_role("checkbox")
    ).first.check()
    analyst.looks("rests-on")
    presses(analyst, "It rests on these").sees("Kept.")
    presses(analyst, "Propose").sees("A second person checks it now").was_alone()
    # A second person, on a phone, confirms the theme and publishes the finding.
    checker = visitor("words-checker").signs_in("output-checker")
    checker.sees("Findings to check").opens(theme.removeprefix(checker.site.address)).sees("Do the words fit").looks(
        "confirming"
    )
    presses(fits(checker), "Confirm").sees("Confirmed.")
    checker.opens(finding.removeprefix(checker.site.address)).looks("checking")
    presses(fits(checker), "Publish").sees("Everybody can read it now").was_alone()
    # The overseer sees it beside the other area's, and so does everybody.
    overseer = visitor("words-overseer", phone=False).signs_in("national-overseer")
    overseer.opens("/desk/work/nation/").sees("We walk and talk.").looks("nation").was_alone()
    everybody = visitor("words-public")
    everybody.opens("/nation/").sees("What is not here").looks("nation", full=True)
    everybody.opens("/nation/findings/").sees("We walk and talk.").looks("findings", full=True)
    everybody.opens("/nation/findings/thistledown-finding-1/").sees("We walk and talk.").looks("finding", full=True)
    everybody.opens("/nation/questions/listened/").sees("never of figures").looks("beside", full=True)
    fits(everybody).opens(f"/open-data/{code}/words/").sees("They like them.")
    assert "3 comments" not in everybody.page.content()
    everybody.was_alone()
