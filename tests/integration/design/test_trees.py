"""What hung in one tree is moved below its area, in every language, and nothing else changes."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Locale, Page, Site

from feedback.accounts.roles import Role
from surveys.design.models import AreaSurveysPage, CareCouncil, SurveyIndexPage, SurveyPage
from surveys.design.trees import survey_index, surveys_of
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
design = import_module("surveys.design.migrations.0004_trees_of_areas")
pages = import_module("cms.pages.migrations.0003_trees_of_areas")


def council(name):
    area = asking.area(name)
    return CareCouncil.objects.create(area=area, name=f"Council of {name}")


def put(index, title, council, **fields):
    kind = "survey" if council else "imported"
    page = SurveyPage(title=title, care_council=council, audience="AGE_8_11", kind=kind, locale=index.locale, **fields)
    return index.add_child(instance=page)


def parents():
    return {page.title: page.get_parent().specific for page in SurveyPage.objects.all()}


def test_surveys_move_below_their_area_in_each_language():
    asking.root()
    here, there = council("here"), council("there")
    index = survey_index()
    polish, _ = Locale.objects.get_or_create(language_code="pl")
    beside = index.copy_for_translation(polish)
    for place in (here, there, here):
        number = SurveyPage.objects.count()
        survey = put(index, f"{place.area.code} {number}", place, slug=f"s-{number}")
        put(
            beside,
            f"{place.area.code} {number} pl",
            place,
            slug=f"s-{number}-pl",
            translation_key=survey.translation_key,
        )
    put(index, "asked elsewhere", None)
    before = dict(SurveyPage.objects.values_list("title", "pk"))
    design.give_each_area_its_own(apps, None)
    assert Page.find_problems() == ([], [], [], [], [])
    assert dict(SurveyPage.objects.values_list("title", "pk")) == before
    for title, parent in parents().items():
        if title == "asked elsewhere":
            assert isinstance(parent, SurveyIndexPage)
            continue
        assert (parent.area.code, parent.locale.language_code) == (title.split()[0], "pl" if "pl" in title else "en")
    assert AreaSurveysPage.objects.count() == 4
    for area in (here.area, there.area):
        english, polish_one = AreaSurveysPage.objects.filter(area=area).order_by("locale__language_code")
        assert english.get_translation(polish) == polish_one
        assert english.url_path == f"{index.url_path}{area.code}/"
        assert english.numchild == english.get_children().count() > 0
    for page in SurveyPage.objects.all():
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"


def test_moving_twice_moves_nothing_more():
    asking.root()
    put(survey_index(), "one", council("here"))
    for _ in range(2):
        design.give_each_area_its_own(apps, None)
    assert AreaSurveysPage.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_empty_database_has_nothing_to_move():
    design.give_each_area_its_own(apps, None)
    pages.put_areas_side_by_side(apps, None)
    assert not AreaSurveysPage.objects.exists()


def test_one_area_has_one_tree():
    asking.root()
    area = asking.area("here")
    assert surveys_of(area) == surveys_of(area)
    assert surveys_of(area) != surveys_of(asking.area("there"))


def home(parent, title, area=None):
    model = apps.get_model("pages", "HomePage")
    return parent.add_child(instance=model(title=title, slug=title, area=area))


def titles_below(page):
    return sorted(Page.objects.get(pk=page.pk).get_children().values_list("title", flat=True))


def site_of(page):
    Site.objects.all().delete()
    return Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)


def test_no_home_page_stays_below_anothers_where_there_is_one_for_all():
    first = home(asking.root(), "first", asking.area("first"))
    home(first, "second", asking.area("second"))
    nation = home(Page.objects.get(pk=first.pk), "nation")
    results = apps.get_model("pages", "ResultsPage")
    Page.objects.get(pk=first.pk).add_child(instance=results(title="results", slug="results"))
    site = site_of(first)
    pages.put_areas_side_by_side(apps, None)
    site.refresh_from_db()
    assert site.root_page_id == nation.pk
    assert titles_below(nation) == ["first", "second"]
    assert titles_below(first) == ["results"]
    assert Page.find_problems() == ([], [], [], [], [])
    assert Page.objects.get(title="results").url_path == "/nation/first/results/"


def test_nor_where_there_is_none_yet():
    first = home(asking.root(), "first", asking.area("first"))
    home(first, "second", asking.area("second"))
    site = site_of(first)
    pages.put_areas_side_by_side(apps, None)
    site.refresh_from_db()
    assert titles_below(site.root_page) == ["first", "second"]
    assert site.root_page.specific.area is None
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_is_side_by_side_already_stays():
    nation = home(asking.root(), "nation")
    first = home(nation, "first", asking.area("first"))
    pages.put_areas_side_by_side(apps, None)
    assert Page.objects.get(pk=first.pk).get_parent().pk == nation.pk


def test_nobody_takes_a_home_page_to_another_area(client):
    here, there = asking.area("here"), asking.area("there")
    page = home(home(asking.root(), "nation"), "mine", here)
    at_desk(client, staff("officer", Role.BOARD_OFFICER, area=here))
    form = {
        "title": "mine", "slug": "mine", "area": there.pk, "introduction": "Words.", "body-count": 0,
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "comments-MAX_NUM_FORMS": 0, "action-publish": "yes",
    }  # fmt: skip
    client.post(f"/desk/pages/{page.pk}/edit/", form)
    page = type(page).objects.get(pk=page.pk)
    assert (page.area, page.introduction) == (here, "Words.")
    client.post(f"/desk/pages/add/pages/homepage/{page.pk}/", {**form, "title": "below", "slug": "below"})
    assert not type(page).objects.filter(area=there).exists()
    assert client.get(f"/desk/pages/add/pages/homepage/{page.get_parent().pk}/").status_code == 302


def test_a_public_page_is_previewed_in_a_frame_of_the_desk_and_nowhere_else(client):
    """Wagtail's accessibility checker reads the preview; visitors never get what it needs."""
    here = asking.area("here")
    page = home(asking.root(), "mine", here)
    site_of(page)
    at_desk(client, staff("officer", Role.BOARD_OFFICER, area=here))
    form = {"title": "mine", "slug": "mine", "introduction": "Words.", "body-count": 0, "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0, "comments-MAX_NUM_FORMS": 0}  # fmt: skip
    address = f"/desk/pages/{page.pk}/edit/preview/"
    client.post(address, form)
    preview = client.get(address)
    assert "wagtail-userbar" in preview.content.decode()
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    seen = client.get("/", headers={"host": "localhost"})
    assert "wagtail-userbar" not in seen.content.decode()
    assert "frame-ancestors 'none'" in seen["Content-Security-Policy"]
