"""Nobody publishes an annual report of their own: a second person reads and approves it, which publishes it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.pages.models import AnnualReportPage
from cms.workflow.actions import decide_report
from feedback.accounts.roles import Role
from feedback.releases.actions import withdraw_release
from surveys.frame.policies import NotAllowed
from tests.factories import asking, reporting
from tests.factories.listening import checker
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    return reporting.released(asking.area("north"))


@pytest.fixture
def made(release):
    heard = reporting.chapter("Heard", reporting.figure(release))
    return reporting.report(reporting.home_of(release.area), heard, reporting.youngest())


def anew(page):
    return AnnualReportPage.objects.get(pk=page.pk)


def test_a_second_person_publishes_it(made):
    decide_report(reporting.send(made), approved=True, by=reporting.reader())
    assert anew(made).live


def test_who_sent_it_or_wrote_it_does_not_decide(made):
    both = reporting.writer()
    staff("board-writer", Role.OUTPUT_CHECKER)
    step = reporting.send(made, by=both)
    with pytest.raises(NotAllowed, match="You sent this report"):
        decide_report(step, approved=True, by=both)
    step.workflow_state.cancel(user=both)
    step = anew(made).get_workflow().start(anew(made), reporting.reader()).current_task_state
    with pytest.raises(NotAllowed, match="You wrote in this report"):
        decide_report(step, approved=True, by=both)
    assert not anew(made).live


def test_somebody_without_the_role_does_not_decide(made):
    for role in (Role.MODERATOR, Role.BOARD_ANALYST, Role.PARTICIPATION_OFFICER, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed, match="Your role"):
            decide_report(reporting.send(made), approved=True, by=staff(f"other-{role}", role))
        made.current_workflow_state.cancel(user=reporting.writer())
    elsewhere = staff("elsewhere", Role.OUTPUT_CHECKER, area=asking.area("south"))
    with pytest.raises(NotAllowed, match="Your role"):
        decide_report(reporting.send(made), approved=True, by=elsewhere)


def test_it_is_sent_back_with_a_reason(made):
    step = reporting.send(made)
    with pytest.raises(NotAllowed, match="Say why"):
        decide_report(step, approved=False, reason="  ", by=reporting.reader())
    decide_report(step, approved=False, reason="The second page says more than its figure.", by=reporting.reader())
    assert not anew(made).live
    assert anew(made).current_workflow_task_state is None


def test_what_stopped_being_whole_meanwhile_is_not_published(made, release):
    step = reporting.send(made)
    withdraw_release(release, reason="Wrong.", by=checker())
    with pytest.raises(NotAllowed, match="was withdrawn"):
        decide_report(step, approved=True, by=reporting.reader())
    assert not anew(made).live


def test_two_who_decide_at_once_do_not_decide_twice(made):
    step, again = reporting.send(made), None
    again = type(step).objects.get(pk=step.pk)
    decide_report(step, approved=True, by=reporting.reader())
    with pytest.raises(NotAllowed, match="Somebody else has decided"):
        decide_report(again, approved=False, reason="No.", by=staff("third", Role.OUTPUT_CHECKER))
    assert anew(made).live


def test_no_other_door_publishes_it(made, client):
    revision = made.save_revision(user=reporting.writer(), log_action=True)
    with pytest.raises(ValidationError, match="second person"):
        revision.publish(user=reporting.writer())
    rights = made.permissions_for_user(reporting.writer())
    assert (rights.can_publish(), rights.can_copy(), rights.can_edit()) == (False, False, True)
    assert not anew(made).live


def test_what_is_changed_later_is_approved_again(made):
    page = reporting.published(made)
    page.subtitle = "Another sentence."
    changed = page.save_revision(user=reporting.writer(), log_action=True)
    with pytest.raises(ValidationError, match="second person"):
        changed.publish(user=reporting.writer())
    assert anew(page).subtitle == "They want us to stay."


def form_of(page, **more):
    """What the editor sends of a page as it stands."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    chapters = [
        ("chapter", {
            "title": one.value["title"], "sentence": "", "about": one.value["about"],
            "content": streamfield([(part.block_type, part.value) for part in one.value["content"]]),
        })
        for one in page.body
    ]  # fmt: skip
    return nested_form_data({
        "title": page.title, "slug": page.slug, "period": page.period, "subtitle": page.subtitle,
        "addressed_to": page.addressed_to, "letter": rich_text("<p>x</p>"), "signed_by": page.signed_by,
        "body": streamfield(chapters), "how_we_asked": rich_text("<p>x</p>"), "for_children": streamfield([]),
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", **more,
    })  # fmt: skip


def test_a_draft_is_saved_however_little_is_in_it_and_sent_only_whole(client, release):
    home = reporting.home_of(release.area)
    page = reporting.report(home, reporting.chapter("Heard", reporting.TALK))
    at_desk(client, reporting.writer(release.area))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(address, form_of(page)).status_code == 302
    reply = client.post(address, form_of(page, **{"action-submit": "1"}))
    assert reply.status_code == 200
    assert "no chapter about children under 11" in reply.content.decode()
    assert anew(page).current_workflow_task_state is None


def test_not_even_a_draft_is_saved_with_a_figure_of_another_area(client, release):
    home = reporting.home_of(release.area)
    page = reporting.report(home, reporting.chapter("Heard", reporting.figure(release)))
    other = reporting.released(asking.area("south"))
    sent = form_of(page)
    (name,) = [key for key in sent if key.endswith("-value-figure")]
    at_desk(client, reporting.writer(release.area))
    reply = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**sent, name: f"{other.code}/listened"})
    assert reply.status_code == 200
    assert "shows only its own" in reply.content.decode()


def test_the_editor_offers_what_was_released_of_the_area_and_nothing_else(client, release):
    reporting.released(asking.area("south"))
    page = reporting.report(reporting.home_of(release.area), reporting.youngest())
    at_desk(client, reporting.writer(release.area))
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "north-2025q1/listened" in shown
    assert "south-2025q1" not in shown
    assert 'name="action-publish"' not in shown
    add = reverse("wagtailadmin_pages:add", args=["pages", "annualreportpage", page.get_parent().pk])
    made = client.get(add).content.decode()
    assert "north-2025q1/listened" in made
    assert 'name="action-publish"' not in made


def test_whoever_decides_finds_it_reads_it_and_publishes_it(client, made):
    reporting.send(made)
    at_desk(client, reporting.reader(made.area))
    assert "Annual report: What children told us" in client.get("/desk/").content.decode()
    address = reverse("desk:annual_report", args=[made.pk])
    assert "for you to decide" in client.get(reverse("desk:annual_reports")).content.decode()
    assert "Approve and publish" in client.get(address).content.decode()
    preview = client.get(reverse("pages_desk:report_preview", args=[made.pk]))
    assert "What children told us" in preview.content.decode()
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    client.post(address, {"decision": "reject", "reason": ""})
    assert not anew(made).live
    client.post(address, {"decision": "approve"})
    assert anew(made).live


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.INSPECTOR, Role.BOARD_ANALYST, Role.CARE_COUNCIL_MEMBER])
def test_nobody_else_sees_a_report_before_it_is_published(client, made, role):
    reporting.send(made)
    at_desk(client, staff("curious", role, area=made.area))
    for name in ("desk:annual_report", "pages_desk:report_preview"):
        assert client.get(reverse(name, args=[made.pk])).status_code in {302, 403, 404}


@pytest.mark.parametrize("decision", ["", "publish", "approve\x00", "x" * 10000])
def test_what_no_button_sends_decides_nothing(client, made, decision):
    reporting.send(made)
    at_desk(client, reporting.reader(made.area))
    client.post(reverse("desk:annual_report", args=[made.pk]), {"decision": decision, "reason": "\x00"})
    assert anew(made).current_workflow_task_state is not None


def test_whoever_may_write_it_is_led_from_its_page_at_the_desk_to_where_it_is_written(made, client):
    address, edit = reverse("desk:annual_report", args=[made.pk]), reverse("wagtailadmin_pages:edit", args=[made.pk])
    at_desk(client, reporting.writer())
    assert f'href="{edit}">Work on it' in client.get(address).content.decode()
    at_desk(client, reporting.reader())
    assert "Work on it" not in client.get(address).content.decode()
