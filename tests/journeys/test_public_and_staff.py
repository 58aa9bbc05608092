"""The public reads what was heard; staff do their jobs at the desk."""

import csv
import io
import urllib.request

import pytest


def test_the_public_goes_from_the_front_door_to_the_figures_and_their_file(visitor, site):
    reader = visitor("public", phone=False).opens("/thistledown/").looks("home", full=True)
    reader.page.get_by_role("link", name="What we heard in Thistledown").click()
    reader.sees("information to ask questions with").looks("results", full=True)
    address = reader.page.get_by_role("link", name="figures (CSV)").first.get_attribute("href")
    with urllib.request.urlopen(site.address + address) as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")))
    assert rows
    assert not [row for row in rows if row["percent"] in {"0", "100"}]
    reader.was_alone()


@pytest.mark.parametrize(
    "path",
    ["/", "/results/", "/thistledown/", "/thistledown/results/", "/thistledown/about/", "/port-wrenley/results/"],
)
def test_public_pages_read_well_on_a_phone(visitor, path):
    reader = visitor("phone" + path.replace("/", "-").rstrip("-")).opens(path).looks("page", full=True)
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.page.context.cookies() == []
    reader.was_alone()


def test_a_poster_is_made_to_be_printed(visitor):
    officer = visitor("poster", phone=False).opens("/thistledown/")
    officer.page.get_by_role("link", name="A poster to print").first.click()
    officer.sees("Scan this with a phone").looks("a4", full=True)


def test_everything_invented_says_so(visitor):
    for path in ("/", "/results/", "/thistledown/", "/thistledown/results/"):
        visitor("invented").opens(path).sees("Made-up places and made-up answers")


def test_what_a_child_wrote_reaches_a_lead_who_reads_and_closes_it(visitor, site):
    lead = visitor("lead", phone=False).signs_in("safeguarding-lead")
    lead.opens("/desk/work/worries/").looks("worries", accessible=False)
    for link in [a.get_attribute("href") for a in lead.page.locator(".worries a").all()]:
        lead.opens(link)
        if lead.page.get_by_text("he hits me").count():
            break
    lead.sees("he hits me").looks("worry", accessible=False)
    lead.page.get_by_label("No action is needed").check()
    lead.page.fill("#reason", "Known to the team; a visit is arranged.")
    lead.page.get_by_role("button", name="Finish").click()
    lead.sees("Finished. It stays known")
    lead.was_alone()


def approves_one(checker, waiting):
    """The first that can be approved: whether an intruder could tell too much hangs on the noise that was drawn."""
    for path in waiting:
        checker.opens(path).page.get_by_role("button", name="Approve").click()
        checker.page.wait_for_load_state("load")
        if checker.page.get_by_role("button", name="Publish").count():
            return path.rstrip("/").split("/")[-1]
        checker.sees("This release must not go out")
    raise AssertionError("no release of the demo could be approved")


def test_a_release_needs_a_second_person(visitor, site):
    analyst = visitor("analyst", phone=False).signs_in("board-analyst")
    analyst.opens("/desk/work/releases/").looks("releases", accessible=False)
    waiting = [row.locator("a").get_attribute("href") for row in analyst.page.locator("tr", has_text="Proposed").all()]
    path = waiting[0]
    analyst.opens(path).sees("someone else must check it").looks("own-release", accessible=False)
    assert analyst.page.get_by_role("button", name="Approve").count() == 0
    code = path.rstrip("/").split("/")[-1]
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{site.address}/open-data/{code}/published.csv")
    checker = visitor("checker", phone=False).signs_in("output-checker")
    code = approves_one(checker, waiting)
    checker.looks("approved", accessible=False)
    checker.page.get_by_role("button", name="Publish").click()
    checker.sees("Everybody can read it now")
    with urllib.request.urlopen(f"{site.address}/open-data/{code}/published.csv") as file:
        assert file.status == 200
    checker.was_alone()


def test_an_officer_makes_a_poster(visitor):
    officer = visitor("officer", phone=False).signs_in("participation-officer")
    officer.opens("/desk/work/waves/").looks("waves", accessible=False)
    officer.page.get_by_role("link", name="How is it going? (Thistledown)").click()
    officer.page.fill("#place", "Family centre")
    officer.page.get_by_role("button", name="Make a poster").click()
    officer.sees("The poster is ready").looks("wave", accessible=False)


@pytest.mark.parametrize(
    ("user", "path"),
    [
        ("inspector", "/desk/work/releases/"),
        ("inspector", "/desk/work/worries/"),
        ("participation-officer", "/desk/work/worries/"),
        ("board-analyst", "/desk/work/worries/"),
        ("safeguarding-lead", "/desk/work/releases/"),
        ("administrator", "/desk/work/worries/"),
        ("care-council-member", "/desk/work/waves/"),
    ],
)
def test_nobody_sees_a_job_that_is_not_theirs(visitor, user, path):
    somebody = visitor("other", phone=False).signs_in(user).opens(path)
    assert somebody.page.locator("table.listing").count() == 0
    assert path not in somebody.page.url


def test_a_stranger_is_asked_to_sign_in(visitor):
    for path in ("/desk/", "/desk/work/worries/", "/desk/work/releases/"):
        assert "/desk/login/" in visitor("stranger", phone=False).opens(path).page.url
