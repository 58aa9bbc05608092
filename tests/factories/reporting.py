"""An annual report of an area with one published release, as a board officer writes it."""

from wagtail.models import Site

from cms.pages.models import AnnualReportPage, HomePage
from cms.workflow.actions import decide_report
from feedback.accounts.roles import Role
from feedback.releases.quote_actions import choose_quote
from feedback.releases.quoting import candidates
from tests.factories import asking
from tests.factories.listening import analyst
from tests.factories.people import staff
from tests.factories.quoting import draft, publish, usable, wave_of

TALK = ("talk", "They said that they like it when somebody stays.")


def home_of(area, slug=None):
    """The home page of an area, at the root of the site."""
    home = asking.root().add_child(instance=HomePage(title=f"{area} home", slug=slug or area.code, area=area))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


def released(area, *, says=(), before=None):
    """A published release of an area in which so much is quoted."""
    wave = wave_of(area)
    for words in says:
        usable(wave, words)
    made = draft(wave)
    for one in candidates(made):
        choose_quote(made, mark=one.mark, by=analyst())
    return publish(made)


def figure(release, question="listened", **more):
    return ("figure", {"figure": f"{release.code}/{question}", "whose": "", "sentence": "", "we_think": "", **more})


def quote(one):
    return ("quote", {"quote": str(one.pk)})


def chapter(title, *content, about="everybody", extracts=(), sentence="One plain sentence."):
    parts = [{"type": kind, "value": value} for kind, value in content]
    return ("chapter", {
        "title": title, "sentence": sentence, "about": about, "extracts": list(extracts), "content": parts,
    })  # fmt: skip


def youngest(*content):
    return chapter("The youngest", *(content or [TALK]), about="under_11", extracts=["section-11"])


def child_page(audience="8-11", language="en", **more):
    return ("page", {
        "audience": audience, "language": language, "title": "You told us", "hello": "Thank you.",
        "told": [{"said": "You are in a hurry.", "done": "We stay longer."}], "ask": "Ask us.", "picture": "path",
        **more,
    })  # fmt: skip


def report(home, *chapters, children=(), **fields):
    """A draft below a home page."""
    made = AnnualReportPage(
        title="What children told us", slug="report", period="2025", subtitle="They want us to stay.",
        letter="<p>To you who decide.</p>", signed_by="The chair", how_we_asked="<p>On phones.</p>",
        body=list(chapters), for_children=list(children), live=False, **fields,
    )  # fmt: skip
    home.add_child(instance=made)
    return made


def writer(area=None):
    return staff("board-writer", Role.BOARD_OFFICER, area=area)


def reader(area=None):
    return staff("second-reader", Role.OUTPUT_CHECKER, area=area)


def send(made, by=None):
    """Whoever wrote it sends it to a second person; the step at which it waits."""
    by = by or writer()
    made.save_revision(user=by, log_action=True)
    return made.get_workflow().start(made, by).current_task_state


def published(made):
    """Sent, and approved by a second person."""
    decide_report(send(made), approved=True, by=reader())
    return AnnualReportPage.objects.get(pk=made.pk)
