"""Questions and surveys are pages without a look of their own, and their titles are for those who work on them."""

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from surveys.bank.models import QuestionBankPage, QuestionPage
from surveys.design.models import SurveyIndexPage
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def unserved():
    bank = asking.root().add_child(instance=QuestionBankPage(title="Question bank"))
    question = bank.add_child(instance=QuestionPage(title="Did they listen?", code="listened"))
    return [bank, question, asking.survey(), SurveyIndexPage.objects.get()]


def test_no_address_of_a_page_without_a_look_fails(client, unserved):
    for role in (Role.PARTICIPATION_OFFICER, Role.BOARD_OFFICER):
        at_desk(client, staff("everything", role))
    for page in unserved:
        revision = page.save_revision()
        for name, arguments in (
            ("edit", [page.pk]),
            ("view_draft", [page.pk]),
            ("preview_on_edit", [page.pk]),
            ("revisions_view", [page.pk, revision.pk]),
            ("history", [page.pk]),
            ("usage", [page.pk]),
            ("copy", [page.pk]),
            ("delete", [page.pk]),
        ):
            for mode in ("", "?mode=", "?mode=other"):
                address = reverse(f"wagtailadmin_pages:{name}", args=arguments) + mode
                assert client.get(address).status_code < 500, address
        add = [page._meta.app_label, page._meta.model_name, page.get_parent().pk]
        assert client.get(reverse("wagtailadmin_pages:preview_on_add", args=add)).status_code < 500


def test_nobody_meets_one_under_an_address(client, unserved):
    from wagtail.models import Site

    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=unserved[0], is_default_site=True)
    assert client.get("/").status_code == 404
    assert client.get(f"/{unserved[1].slug}/").status_code == 404


def titles(client, user, address="wagtailadmin_choose_page_child", *, of, **query):
    at_desk(client, user)
    arguments = [of.pk] if address.endswith("child") else []
    return client.get(reverse(address, args=arguments), query).content.decode()


@pytest.fixture
def surveys():
    made = [asking.survey(of=asking.area(name)) for name in ("here", "there")]
    for place, page in zip(("here", "there"), made, strict=True):
        page.title = f"Survey of {place}"
        page.save()
    asking.put_in_index(*made)
    return made


@pytest.mark.parametrize("role", [Role.PARTICIPATION_OFFICER, Role.CARE_COUNCIL_MEMBER])
def test_who_designs_chooses_among_the_surveys_of_their_area(client, surveys, role):
    person = staff("designer", role, area=surveys[0].care_council.area)
    staff("designer", Role.MODERATOR, area=surveys[1].care_council.area)
    here, there = (page.get_parent() for page in surveys)
    search = titles(client, person, "wagtailadmin_choose_page_search", of=here, q="survey")
    for page in (titles(client, person, of=here), search):
        assert "Survey of here" in page
        assert "Survey of there" not in page
    assert "Survey of" not in titles(client, person, of=there)


@pytest.mark.parametrize(
    "role", [Role.INSPECTOR, Role.SAFEGUARDING_LEAD, Role.BOARD_ANALYST, Role.PRACTITIONER, Role.ADMINISTRATOR]
)
def test_who_does_not_design_chooses_no_page(client, surveys, role):
    person = staff("other", role)
    tree = surveys[0].get_parent()
    search = titles(client, person, "wagtailadmin_choose_page_search", of=tree, q="survey")
    for page in (titles(client, person, of=tree), search):
        assert "Survey of" not in page
