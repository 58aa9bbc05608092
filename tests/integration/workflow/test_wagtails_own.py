"""Wagtail gives every page a workflow in which a group approves: nobody here is in one, so no page of ours keeps it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms.pages.models import AnnualReportPage, HomePage, TextPage
from cms.workflow.reports import report_workflow
from cms.workflow.setting_up import after_migrating, survey_workflow
from feedback.accounts.roles import Role
from surveys.bank.models import QuestionBankPage, QuestionPage
from surveys.design.models import AreaSurveysPage, SurveyIndexPage, SurveyPage
from tests.factories import asking, reporting
from tests.factories.people import at_desk, staff
from tests.integration.pages.test_report_approval import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderators():
    """What Wagtail's migrations leave on an empty site."""
    Workflow.objects.all().delete()
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.add(Group.objects.get_or_create(name="Moderators")[0])
    made = Workflow.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=made, task=task)
    WorkflowPage.objects.update_or_create(page=asking.root(), defaults={"workflow": made})
    return made


@pytest.fixture
def home():
    return reporting.home_of(asking.area("north"))


def form_of_a_new(client, kind, parent):
    model = kind._meta
    address = reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, parent.pk])
    return client.get(address).content.decode()


def test_no_page_but_a_survey_and_a_report_is_submitted_to_anybody(moderators, home):
    asking.survey()
    reporting.report(home)
    Page.get_first_root_node().add_child(instance=QuestionBankPage(title="Questions"))
    after_migrating()
    for page in Page.objects.specific():
        named = getattr(page.get_workflow(), "name", None)
        if isinstance(page, AnnualReportPage):
            assert named == report_workflow().name
        elif isinstance(page, SurveyIndexPage | AreaSurveysPage | SurveyPage):
            assert named == survey_workflow().name, page
        else:
            assert (named, page.has_workflow) == (None, False), page


def test_what_waited_in_it_waits_no_more(moderators, home):
    officer = reporting.writer()
    home.save_revision(user=officer)
    moderators.start(home, officer)
    after_migrating()
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED
    assert not HomePage.objects.get().current_workflow_task


def test_the_form_of_a_new_report_names_its_second_person(moderators, home, client):
    at_desk(client, reporting.writer(home.area))
    for _ in range(2):
        page = form_of_a_new(client, AnnualReportPage, home)
        assert "Submit to A second person reads an annual report" in page
        assert "Moderators" not in page
        # Also where Wagtail's own is ended.
        after_migrating()


def test_a_new_report_is_sent_only_whole_and_to_a_second_person(moderators, client):
    release = reporting.released(asking.area("north"))
    home = reporting.home_of(release.area)
    after_migrating()
    at_desk(client, reporting.writer(release.area))
    add = reverse("wagtailadmin_pages:add", args=["pages", "annualreportpage", home.pk])
    heard, send = reporting.chapter("Heard", reporting.figure(release)), {"action-submit": "1"}
    for chapters, status in [([heard], 200), ([heard, reporting.youngest()], 302)]:
        page = reporting.report(home, *chapters)
        sent = form_of(page, **send)
        page.delete()
        assert client.post(add, sent).status_code == status
    assert AnnualReportPage.objects.get().current_workflow_state.workflow == report_workflow()


@pytest.mark.parametrize(("kind", "role"), [(QuestionPage, Role.PARTICIPATION_OFFICER), (TextPage, Role.BOARD_OFFICER)])
def test_the_form_of_a_new_question_or_text_submits_to_nobody(moderators, home, client, kind, role):
    bank = asking.root().add_child(instance=QuestionBankPage(title="Questions"))
    after_migrating()
    at_desk(client, staff("officer", role, area=home.area))
    page = form_of_a_new(client, kind, bank if kind is QuestionPage else home)
    assert "Save draft" in page
    assert 'name="action-submit"' not in page
