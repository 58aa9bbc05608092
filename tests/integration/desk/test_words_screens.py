"""The screens of themes, of shared findings and of all areas: for whom they are, and what they give away."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.comments import CommentLink
from feedback.anonymisation.themes import CommentTheme
from feedback.findings.models import FindingKind, SharedFinding
from tests.factories import asking
from tests.factories.finding import drafted, kind, proposed, published, published_release
from tests.factories.people import at_desk, staff
from tests.factories.theming import comments_on_meetings, named
from tests.integration.findings.test_exchange import FILE

pytestmark = pytest.mark.django_db
AT = "/desk/work"
WORDS = {"name": "Meetings", "description": "Many, and long.", "about": "time"}


def signs_in(client, role, area=None, name=None):
    return at_desk(client, staff(name or f"some-{role}", role, area=area))


def page(client, where, status=200):
    reply = client.get(where)
    assert reply.status_code == status, where
    return reply.content.decode()


def test_a_theme_from_proposal_to_confirmation(client):
    comments = comments_on_meetings()
    area = comments[0].area
    signs_in(client, Role.BOARD_ANALYST, area)
    assert client.get(f"{AT}/themes/")["Location"] == f"{AT}/themes/of/{area.code}/"
    assert "meeting" not in page(client, f"{AT}/themes/of/{area.code}/")
    text = page(client, f"{AT}/themes/of/{area.code}/?propose=1")
    assert ">meeting<" in text
    assert ModelLogEntry.objects.filter(action="anonymisation.look_for_themes").count() == 1
    assert 'value="meeting"' in page(client, f"{AT}/themes/of/{area.code}/?words=meeting")
    client.post(f"{AT}/themes/of/{area.code}/", WORDS)
    theme = CommentTheme.objects.get()
    here = f"{AT}/themes/{theme.pk}/"
    text = page(client, here)
    marks = re.findall(r'name="comment" value="(\w+)"', text)
    assert len(marks) == 3
    for link in CommentLink.objects.all():
        assert str(link.comment_id) not in text
        assert str(link.response_key) not in text
    client.post(here, {"put": "1", "comment": marks})
    assert theme.themed.count() == 3
    assert "Confirm</button>" not in page(client, here)
    client.post(here, {"take_out": marks[0]})
    assert theme.themed.count() == 2
    client.post(here, {"put": "1", "comment": marks[:1]})
    signs_in(client, Role.OUTPUT_CHECKER, area)
    text = page(client, here)
    assert "the meetings are long" in text
    assert 'name="comment"' not in text
    assert "Themes to confirm" in page(client, "/desk/")
    client.post(here, {"confirm": "1"})
    theme.refresh_from_db()
    assert theme.status == "confirmed"
    assert "Themes to confirm" not in page(client, "/desk/")


def test_merging_ending_and_taking_up_at_the_desk(client):
    comments = comments_on_meetings()
    one, other = named(comments), named(comments, name="Long meetings")
    signs_in(client, Role.BOARD_ANALYST, one.area, name="analyst")
    client.post(f"{AT}/themes/{one.pk}/", {"merge": "1", "into": str(other.pk)})
    assert "Merged into" in page(client, f"{AT}/themes/{one.pk}/")
    client.post(f"{AT}/themes/{one.pk}/", {"take_up": "1"})
    client.post(f"{AT}/themes/{one.pk}/", {"rename": "1", **WORDS, "name": "Others"})
    one.refresh_from_db()
    assert (one.name, one.status) == ("Others", "named")
    client.post(f"{AT}/themes/{one.pk}/", {"end": "1"})
    assert client.post(f"{AT}/themes/{other.pk}/", {"rename": "1", **WORDS, "name": "x" * 81}).status_code == 422
    for into in ("", "nonsense", str(one.pk)):
        assert client.post(f"{AT}/themes/{other.pk}/", {"merge": "1", "into": into}).status_code == 302


@pytest.mark.parametrize("sent", [{"put": "1", "comment": ["nonsense"]}, {"take_out": "\x00"}, {"put": "1"}, {}])
def test_what_nobody_ticked_is_refused_in_a_sentence(client, sent):
    theme = named(comments_on_meetings())
    signs_in(client, Role.BOARD_ANALYST, theme.area, name="analyst")
    assert client.post(f"{AT}/themes/{theme.pk}/", sent).status_code == 302
    assert theme.themed.count() == 3


def test_themes_and_comments_are_for_two_roles_of_the_area(client):
    theme = named(comments_on_meetings())
    for role in set(Role) - {Role.BOARD_ANALYST, Role.OUTPUT_CHECKER}:
        signs_in(client, role, theme.area)
        for where in ("", f"of/{theme.area.code}/", f"{theme.pk}/"):
            # Who has no role here is sent home by Wagtail, which says why.
            reply = client.get(f"{AT}/themes/{where}")
            assert reply.status_code in {302, 403, 404}, (role, where)
            assert reply.get("Location", "/desk/") == "/desk/", (role, where)
    signs_in(client, Role.BOARD_ANALYST, asking.area("south"), name="elsewhere")
    for where in (f"of/{theme.area.code}/", f"{theme.pk}/"):
        assert client.get(f"{AT}/themes/{where}").status_code == 404


def test_a_finding_from_a_draft_to_everybody_and_to_another_area(client):
    release, south = published_release(), published_release(asking.area("south"))
    chosen = kind()
    signs_in(client, Role.BOARD_ANALYST, release.area)
    assert "Write for North" in page(client, f"{AT}/shared-findings/")
    words = {
        "kind": chosen.pk,
        "title": "Little time",
        "description": "We heard it.",
        "did": "",
        "theme": "time",
        "stage": "",
    }
    client.post(f"{AT}/shared-findings/write/north/", words)
    finding = SharedFinding.objects.get()
    here = f"{AT}/shared-findings/{finding.code}/"
    assert "Nothing yet" in page(client, here)
    client.post(f"{here}rests-on/{release.code}/", {"question": ["listened", "nonsense"], "quote": ["x"]})
    assert finding.evidence.count() == 1
    assert " checked" in page(client, f"{here}rests-on/{release.code}/")
    client.post(here, {"step": "propose"})
    assert ">Publish<" not in page(client, here)
    signs_in(client, Role.OUTPUT_CHECKER, release.area)
    assert "Findings to check" in page(client, "/desk/")
    client.post(here, {"step": "return", "reason": ""})
    client.post(here, {"step": "publish"})
    finding.refresh_from_db()
    assert finding.status == "published"
    signs_in(client, Role.BOARD_ANALYST, south.area, name="southern")
    assert "We found this too" in page(client, here)
    reply = client.post(here, {"too": "south"})
    assert reply["Location"] == f"{AT}/shared-findings/south-finding-1/"
    assert "The same as" in page(client, reply["Location"])
    assert client.post(here, {"too": "north"}).status_code == 404
    assert client.get(f"{here}rests-on/{release.code}/").status_code == 404


def test_drafts_are_for_those_of_the_area(client):
    release = published_release()
    waiting, told = proposed(release), published(published_release(asking.area("south")), title="Told")
    for role in set(Role):
        signs_in(client, role, asking.area("west"), name=f"west-{role}")
        text = client.get(f"{AT}/shared-findings/{waiting.code}/").content.decode()
        assert "Children told us so." not in text, role
    signs_in(client, Role.NATIONAL_OVERSEER)
    assert "Told" in page(client, f"{AT}/nation/")
    assert told.title in page(client, f"{AT}/shared-findings/{told.code}/")


def test_words_that_cannot_be_kept_come_back_with_a_sentence(client):
    release = published_release()
    finding = drafted(release.area)
    signs_in(client, Role.BOARD_ANALYST, release.area, name="analyst")
    here = f"{AT}/shared-findings/{finding.code}/"
    reply = client.post(here, {"reword": "1", "title": "x" * 121, "description": "\x00"})
    assert reply.status_code == 422
    assert client.post(f"{AT}/shared-findings/write/north/", {}).status_code == 422
    assert client.post(here, {"step": "nonsense"}).status_code == 302
    assert client.get(f"{here}rests-on/nonsense/").status_code == 404


def test_the_overseer_keeps_kinds_and_brings_findings_in(client):
    signs_in(client, Role.NATIONAL_OVERSEER)
    here = f"{AT}/shared-findings/kinds/"
    client.post(here, {"start": "1"})
    assert FindingKind.objects.count() == 10
    client.post(here, {"code": "new-kind", "name": "New", "means": "It is new.", "is_offered": "on"})
    client.post(here, {"after": "new-kind", "name": "Newer", "means": "It is newer."})
    assert list(FindingKind.objects.filter(code="new-kind").order_by("edition").values_list("name", "is_offered")) == [
        ("New", True),
        ("Newer", False),
    ]
    assert client.post(here, {"name": "", "means": ""}).status_code == 422
    client.post(here, {"bring_in": "1", "file": SimpleUploadedFile("a.json", b"{")})
    client.post(here, {"bring_in": "1"})
    assert not SharedFinding.objects.exists()
    client.post(here, {"bring_in": "1", "file": SimpleUploadedFile("a.json", json.dumps(FILE).encode())})
    assert SharedFinding.objects.get().status == "proposed"
    page(client, here)


def test_the_screens_of_the_nation_are_for_those_who_see_releases(client):
    may = {Role.BOARD_ANALYST, Role.OUTPUT_CHECKER, Role.BOARD_OFFICER, Role.NATIONAL_OVERSEER}
    for role in Role:
        signs_in(client, role, asking.area("north"))
        reply = client.get(f"{AT}/nation/")
        assert (reply.status_code == 200) is (role in may), role
        assert (client.get(f"{AT}/shared-findings/").status_code == 200) is (role in may), role
        allowed = client.get(f"{AT}/shared-findings/kinds/").status_code == 200
        assert allowed is (role == Role.NATIONAL_OVERSEER), role
