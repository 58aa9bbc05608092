"""Every role, every action, here, elsewhere and for the nation: the answers are the table's."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.places import area_of, is_shared
from feedback.accounts.roles import ACTIONS, ENTER_THE_DESK, PERMISSIONS, Role
from feedback.releases.models import ClosedGroup, ClosedWindow, Release, ReleaseState
from feedback.safeguarding.models import Concern, ConcernState
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.design.models import SpokenWords
from surveys.design.workbench import Remark, Suggestion, TryNote, TryOut, Vote
from surveys.fieldwork.models import Invitation, OpenLink, Wave
from surveys.frame.models import Stratum
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return asking.area("here")


@pytest.fixture
def there():
    return asking.area("there")


def wrong_cells(person, places, expected):
    """Where the answers are not the table's, one a line: all of them, so that one run says everything."""
    cells = [(action, place, person.has_perm(action, places[place])) for action in sorted(ACTIONS) for place in places]
    wrong = [f"{action} {place}: {answer}" for action, place, answer in cells if answer is not expected(action, place)]
    return "\n".join(wrong)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_in_an_area_carries_what_the_table_says_and_only_there(here, there, role):
    person = staff("somebody", role, area=here)
    reached = {"anywhere": None, "here": here, "a concern here": Concern(area=here)}
    closed = {"there": there, "a concern there": Concern(area=there), "the nation": Release(area=None)}
    wrong = wrong_cells(
        person, reached | closed, lambda action, place: action in PERMISSIONS[role] and place in reached
    )
    assert wrong == "", wrong
    assert person.get_all_permissions() & set(ACTIONS) == set(PERMISSIONS[role])


@pytest.mark.parametrize("role", list(Role))
def test_a_role_in_all_areas_reaches_each_and_the_nation(here, role):
    person = staff("somebody", role)
    places = {"anywhere": None, "here": here, "a release here": Release(area=here), "the nation": Release(area=None)}
    wrong = wrong_cells(person, places, lambda action, _: action in PERMISSIONS[role])
    assert wrong == "", wrong


def test_the_table_names_every_action_and_no_other():
    assert set().union(*PERMISSIONS.values()) == set(ACTIONS)
    assert set(PERMISSIONS) == set(Role)


def somebody(here, **held):
    person = User.objects.create(username="somebody", is_staff=True)
    RoleHeld.objects.create(user=person, role=Role.SAFEGUARDING_LEAD, area=here, **held)
    return person


@pytest.mark.parametrize(
    ("since", "until", "is_held"), [(-9, None, True), (0, 0, True), (-9, 0, True), (-9, -1, False), (1, None, False)]
)
def test_a_role_begins_on_its_first_day_and_ends_after_its_last(here, since, until, is_held):
    today = timezone.localdate()
    last = None if until is None else today + timedelta(days=until)
    person = somebody(here, since=today + timedelta(days=since), until=last)
    for thing in (None, here):
        assert person.has_perm("safeguarding.read_concern", thing) is is_held
    assert person.has_perm(ENTER_THE_DESK) is is_held


def test_who_is_no_longer_active_may_do_nothing(here):
    person = somebody(here, since=date(2020, 1, 1))
    person.is_active = False
    assert not person.has_perm("safeguarding.read_concern", here)
    assert person.get_all_permissions() == set()


def test_no_flag_group_or_permission_lets_anybody_in_around_the_table(here):
    person = User.objects.create(username="root", is_staff=True, is_superuser=True)
    group = Group.objects.create(name="Everything")
    group.permissions.set(Permission.objects.all())
    person.groups.add(group)
    person.user_permissions.set(Permission.objects.all())
    GroupPagePermission.objects.create(group=group, page=asking.root(), permission_type="change")
    asking.survey(of=here)
    for action in (*ACTIONS, ENTER_THE_DESK, "accounts.add_user", "auth.change_group", "wagtailcore.add_workflow"):
        assert not person.has_perm(action)
        assert not person.has_perm(action, here)
    assert not person.has_module_perms("design")


def things(area):
    """One of everything that is reached through something else, by the name of its kind."""
    survey = asking.survey(of=area)
    edition = asking.edition(of=area)
    wave = Wave(edition=edition, area=area)
    release, concern = Release(area=area), Concern(area=area)
    window = ClosedWindow(release=release, area=area)
    translated = asking.survey(of=area)
    return [
        area, survey, edition, wave, survey.care_council, SpokenWords(survey=survey), survey.get_parent(),
        Page.objects.get(pk=translated.pk), OpenLink(wave=wave, area=area), Invitation(wave=wave, area=area),
        release, ReleaseState(release=release), window, ClosedGroup(window=window), concern,
        Suggestion(survey=survey), Vote(suggestion=Suggestion(survey=survey)), Remark(survey=survey),
        TryOut(survey=survey), TryNote(survey=survey), ConcernState(concern=concern), Response(area=area),
        Stratum(area=area), RoleHeld(area=area),
    ]  # fmt: skip


def test_the_area_is_found_through_what_a_thing_belongs_to(here, there):
    for area in (here, there):
        for thing in things(area):
            assert area_of(thing) == area.pk, thing
            assert not is_shared(thing), thing


def test_public_pages_belong_to_the_area_of_the_home_page_above_them(here):
    home_page, text_page = apps.get_model("pages", "HomePage"), apps.get_model("pages", "TextPage")
    front = asking.root().add_child(instance=home_page(title="All", slug="all"))
    home = front.add_child(instance=home_page(title="Here", slug="here", area=here))
    text = home.add_child(instance=text_page(title="About", slug="about", body="Words."))
    national = front.add_child(instance=text_page(title="About", slug="about", body="Words."))
    assert [area_of(page) for page in (front, home, text, national)] == [None, here.pk, here.pk, None]
    assert area_of(Page.objects.get(pk=text.pk)) == here.pk


def test_the_bank_is_every_areas_and_what_has_no_area_is_the_nations(here):
    bank = asking.root().add_child(instance=QuestionBankPage(title="Bank"))
    question = bank.add_child(instance=QuestionPage(title="Q", code="q"))
    officer = staff("officer", Role.PARTICIPATION_OFFICER, area=here)
    for thing in (bank, question, Wording(question=question), Option(question=question)):
        assert officer.has_perm("bank.write", thing)
        assert not staff("lead", Role.SAFEGUARDING_LEAD).has_perm("bank.write", thing)
    for thing in (Wave(edition=asking.edition(of=here), area=None), Release(area=None), object()):
        assert not officer.has_perm("fieldwork.open_wave", thing)
    assert staff("all", Role.PARTICIPATION_OFFICER).has_perm("fieldwork.open_wave", Wave(area=None))
