"""What the journey of a quote needs in the demo: an area with usable comments in a release that nobody has proposed."""

PREPARE = """
from itertools import count
from django.apps import apps
from wagtail.models import Site
from feedback.accounts.models import User
from feedback.accounts.roles import Role
from feedback.anonymisation.moderation_actions import CommentLink
from feedback.privacy.programs import at_work
from feedback.releases.interpretation_actions import interpret
from tests.factories import asking
from tests.factories.listening import interpreted
from tests.factories.people import staff
from tests.factories.quoting import draft, usable, wave_of
with at_work("a journey"):
    # Numbers of its own, so that two journeys can prepare on one site.
    asking._numbers = count(1000 * len(AREA))
    area = asking.area(AREA)
    for name, role in NAMES.items():
        staff(name, role, area=area)
    wave = wave_of(area)
    for word in ("nice", "kind", "funny"):
        usable(wave, f"my worker Kelly is {word} \\u2764")
    made = interpreted(draft(wave))
    home, results = (apps.get_model("pages", name) for name in ("HomePage", "ResultsPage"))
    root = Site.objects.get().root_page
    home = root.add_child(instance=home(title=AREA.title(), slug=AREA, area=area))
    home.add_child(instance=results(title="What we heard", slug="heard"))
    print(made.code, home.url)
"""


def is_read(page):
    """As long as nobody reads anything in less, a decision is not taken."""
    page.wait_for_load_state("load")
    page.wait_for_function("() => performance.now() - (window.since ??= performance.now()) > 800")


def passes_drawings(page, reads=is_read):
    """Which comment comes first is chance, and other journeys leave drawn ones: no to those, until there are words."""
    page.locator("#moderating").wait_for()
    while page.locator(".moderating-drawn").count():
        reads(page)
        where = page.url
        page.get_by_role("button", name="Not usable").click()
        page.wait_for_url(lambda url, where=where: url != where)
        page.locator("#moderating").wait_for()


def prepare(site, *people, area="quoted"):
    """Makes it, for these people of the demo; gives back the code of the release and the address of the pages."""
    roles = {name: name.replace("-", "_") for name in people}
    return site.manage("shell", "-v0", "-c", f"NAMES, AREA = {roles}, {area!r}\n{PREPARE}").split()[-2:]
