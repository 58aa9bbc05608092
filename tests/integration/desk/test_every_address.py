"""Every address of the desk, Wagtail's and ours, as each role, with what is here and what is elsewhere."""

import copy
import re
import uuid
from collections import Counter

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from cms.workflow.actions import send_for_approval
from feedback.accounts.roles import PERMISSIONS, Role
from feedback.releases.models import Release
from feedback.safeguarding.models import Concern
from surveys.design.models import SurveyPage
from tests.factories import asking
from tests.factories.designing import draft, question
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
# Nobody's job: they list names and titles of all areas, or would let somebody grant around the table.
SHUT = (
    "wagtailadmin_reports:", "wagtailadmin_workflows:", "wagtailadmin_collections:", "wagtailsites:", "wagtailusers_",
    "wagtailsnippets", "wagtail_bulk_action", "wagtailadmin_pages:type_use", "wagtailadmin_pages:set_privacy",
    "wagtailadmin_tag_model_autocomplete", "wagtailadmin_error_test",
)  # fmt: skip
# They end the session, or are for those who have none.
LEFT_OUT = ("wagtailadmin_logout", "wagtailadmin_login", "wagtailadmin_password_reset")


def addresses(patterns=None, names=(), parameters=()):
    """The name of every address below /desk/, with the names of what stands in it."""
    if patterns is None:
        # What is before the second factor stands apart, and is walked in tests/guards.
        *_, desk = [one for one in get_resolver().url_patterns if str(one.pattern) == "desk/"]
        patterns = desk.url_patterns
    for one in patterns:
        found = [*parameters, *one.pattern.regex.groupindex]
        if isinstance(one, URLPattern):
            if one.name:
                yield ":".join([*names, one.name]), found
        else:
            yield from addresses(one.url_patterns, [*names, *([one.namespace] if one.namespace else [])], found)


# Wagtail's chooser of external links fails without this field.
FORM = {"external-link-chooser-url": ""}
ADDRESSES = [one for one in addresses() if not one[0].startswith(LEFT_OUT)]


class Place:
    """An area with one of everything whose title or name says where it is."""

    def __init__(self, name):
        self.name = name
        self.area = asking.area(name)
        author = staff(f"author-{name}", Role.PARTICIPATION_OFFICER, area=self.area)
        self.survey = draft(self.area)
        SurveyPage.objects.filter(pk=self.survey.pk).update(title=f"Survey of {name}", draft_title=f"Survey of {name}")
        self.survey = SurveyPage.objects.get(pk=self.survey.pk)
        send_for_approval(self.survey, by=author)
        self.survey.refresh_from_db()
        self.state = self.survey.current_workflow_task_state
        self.wave = asking.open_wave(of=self.area)
        self.wave.name = f"Wave of {name}"
        self.wave.save()
        home_page = apps.get_model("pages", "HomePage")
        self.home = asking.root().add_child(instance=home_page(title=f"Home of {name}", slug=name, area=self.area))
        self.release = Release.objects.create(
            code=f"{name}-2026q1", area=self.area, quarter="2026Q1", rules={}, status="draft"
        )
        self.concern = Concern.objects.create(
            response_key=uuid.uuid4(), area=self.area, severity="now", raised_on="2026-05-04"
        )

    def arguments(self, name, parameters, page):
        """What stands in an address when it is about something of this place."""
        values = {
            "page_id": page.pk, "parent_page_id": page.pk, "page_to_move_id": page.pk, "destination_id": page.pk,
            "pk": page.pk, "object_id": page.pk, "page_number": 1, "number": self.survey.pk,
            "revision_id": self.survey.latest_revision_id, "revision_id_a": "earliest", "revision_id_b": "latest",
            "task_state_id": self.state.pk, "task_id": self.state.task_id, "action_name": "approve",
            "workflow_state_id": self.state.workflow_state_id, "action": "delete", "app_name": "design",
            "app_label": "design", "model_name": "surveypage", "content_type_app_name": "design",
            "content_type_model_name": "surveypage", "language": "en", "key": self.concern.pk,
            "code": self.release.code if ":release" in name else self.wave.code,
        }  # fmt: skip
        return {one: values.get(one, 1) for one in parameters}

    def says(self, text):
        """What a page gives away of this place, if anything."""
        return [mark for mark in ("Survey of", "Wave of", "Home of") if f"{mark} {self.name}" in text]


@pytest.fixture(scope="module")
def places(built_once):
    return built_once(lambda: [Place("here"), Place("there")])


@pytest.fixture
def here(places):
    return copy.deepcopy(places[0])


@pytest.fixture
def there(places):
    return copy.deepcopy(places[1])


def walk(client, place, *, posts=False):
    """Goes to every address, about each page of the place; to one in which no page stands, once."""
    been = set()
    for name, parameters in ADDRESSES:
        for page in (place.survey, place.survey.get_parent(), place.home)[: 3 if parameters else 1]:
            try:
                address = reverse(name, kwargs=place.arguments(name, parameters, page))
            except NoReverseMatch:
                # An address whose parts are of another kind than ours is about nothing we have.
                continue
            if (name, address) in been:
                continue
            been.add((name, address))
            if posts and name.startswith(("wagtailadmin_account", "wagtailadmin_dismissibles")):
                continue
            yield name, address, client.post(address, FORM) if posts else client.get(address)


def told(client, reply):
    """What a page says, and what it leaves for the next one to say: that waits in a cookie, which is emptied here."""
    client.cookies.pop("messages", None)
    text = "" if reply.streaming else reply.content.decode(errors="replace")
    return " ".join([text, *map(str, get_messages(reply.wsgi_request))])


def test_the_walk_reaches_what_wagtail_and_we_have():
    rooms = Counter(name.split(":")[0] for name, _ in ADDRESSES)
    assert {"wagtailadmin_pages", "wagtailadmin_reports", "wagtailusers_users", "wagtailimages", "desk"} <= set(rooms)
    assert sum(rooms.values()) > 150


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_nobody_meets_what_is_elsewhere_at_any_address(client, here, there, role):
    at_desk(client, staff("somebody", role, area=here.area))
    before = list(SurveyPage.objects.order_by("pk").values())
    given_away, opened = [], []
    for posts in (False, True):
        for name, address, reply in walk(client, there, posts=posts):
            assert reply.status_code < 500, address
            given_away += [(address, reply.status_code)] if there.says(told(client, reply)) else []
            if name.startswith(SHUT):
                opened += [(address, reply.status_code)] if reply.status_code not in {302, 403, 404, 405} else []
    assert given_away == []
    assert opened == []
    assert list(SurveyPage.objects.order_by("pk").values()) == before


# What each job opens of Wagtail's pages, here; whoever has none of these jobs opens no page at all.
OPEN_TO = {
    "survey": ("design.write", ("edit", "history", "usage", "workflow_history", "copy", "revisions_compare")),
    "home": ("pages.write", ("edit", "history", "usage", "view_draft")),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_opens_the_pages_of_their_job_here(client, here, role):
    person = staff("somebody", role, area=here.area)
    at_desk(client, person)
    for what, (permission, names) in OPEN_TO.items():
        page = getattr(here, what)
        if not page.get_latest_revision():
            page.save_revision()
        for name in names:
            arguments = [page.pk, "earliest", "latest"] if name == "revisions_compare" else [page.pk]
            reply = client.get(reverse(f"wagtailadmin_pages:{name}", args=arguments))
            assert (reply.status_code == 200) is (permission in PERMISSIONS[role]), (name, reply.status_code)


def test_somebody_with_roles_in_two_areas_moves_and_copies_nothing_from_one_to_the_other(client, here, there):
    for place in (here, there):
        staff("both", Role.PARTICIPATION_OFFICER, area=place.area)
    at_desk(client, staff("both", Role.PARTICIPATION_OFFICER, area=here.area))
    target = there.survey.get_parent()
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[here.survey.pk, target.pk]))
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": target.pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[here.survey.pk]), data)
    assert SurveyPage.objects.get(pk=here.survey.pk).get_parent() == here.survey.get_parent()
    assert not SurveyPage.objects.filter(title="Copy").exists()
    client.post(
        reverse("wagtailadmin_pages:copy", args=[here.survey.pk]),
        {**data, "new_parent_page": here.survey.get_parent().pk},
    )
    assert SurveyPage.objects.get(title="Copy").care_council.area == here.area


def test_another_areas_care_council_is_not_taken(client, here, there):
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=here.area))
    page = client.get(reverse("wagtailadmin_pages:add", args=["design", "surveypage", here.survey.get_parent().pk]))
    text = page.content.decode()
    assert "Care council of Here" in text
    assert "Care council of There" not in text


def test_a_role_that_ends_shuts_every_door_at_once(client, here):
    person = staff("officer", Role.PARTICIPATION_OFFICER, area=here.area)
    at_desk(client, person)
    address = reverse("wagtailadmin_pages:edit", args=[here.survey.pk])
    assert client.get(address).status_code == 200
    person.roles_held.update(until="2020-01-02")
    assert client.get(address).status_code == 403
    assert client.get(reverse("wagtailadmin_home")).status_code == 403


def test_the_flag_of_a_superuser_opens_nothing(client, here):
    person = staff("root", Role.MODERATOR, area=here.area)
    type(person).objects.filter(pk=person.pk).update(is_superuser=True)
    at_desk(client, person)
    for name, address, reply in walk(client, here):
        if name.startswith((*SHUT, "wagtailadmin_pages:", "wagtailimages", "wagtaildocs")):
            assert reply.status_code in {302, 403, 404, 405}, address


def test_the_chooser_and_the_search_name_no_page_elsewhere(client, here, there):
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=here.area))
    asking.put_in_index(here.survey, there.survey)
    query = "?q=survey&page_type=design.surveypage"
    listed = [
        reverse("wagtailadmin_choose_page"), reverse("wagtailadmin_choose_page_search") + query,
        reverse("wagtailadmin_pages:search") + "?q=survey", reverse("wagtailadmin_explore_root"),
        "/desk/api/main/pages/", f"/desk/api/main/pages/?child_of={there.survey.get_parent().pk}",
        f"/desk/api/main/pages/{there.survey.pk}/",
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={there.survey.pk}",
        reverse("wagtailadmin_choose_page") + f"?user_perms=move_to&target_pages[]={there.survey.pk}",
    ]  # fmt: skip
    for address in listed:
        reply = client.get(address)
        assert reply.status_code < 500
        assert not there.says(reply.content.decode()), address
    assert here.says(client.get(reverse("wagtailadmin_choose_page_search") + query).content.decode())


def test_usage_of_a_shared_question_hides_the_surveys_of_other_areas(client, here, there):
    asked = here.survey.screens[0].value["question"]
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=here.area))
    asking.put_in_index(here.survey, there.survey)
    text = client.get(reverse("wagtailadmin_pages:usage", args=[asked.pk])).content.decode()
    assert here.says(text)
    assert not there.says(text)


@pytest.mark.parametrize("number", ["0", "999999999", "-1", "9" * 40, "%00", "a"])
def test_numbers_of_pages_that_are_no_numbers(client, here, number):
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=here.area))
    for address in (f"/desk/pages/{number}/", f"/desk/pages/{number}/edit/", f"/desk/choose-page/{number}/",
                    f"/desk/work/surveys/{number}/", f"/desk/choose-page/chosen-multiple/?id={number}"):  # fmt: skip
        assert client.get(address).status_code in {200, 302, 404}, address


def test_questions_and_trees_stay_where_they_are(client, here):
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER))
    kept = question("kept")
    for page in (kept, kept.get_parent(), here.survey.get_parent(), here.survey):
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert type(page).objects.filter(pk=page.pk).exists()
    assert not re.search(r"\bdelete\b", client.get(reverse("wagtailadmin_home")).content.decode().lower())
