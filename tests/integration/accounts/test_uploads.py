"""Pictures and documents lie with their area, for those who write its pages or set it up."""

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.pages.models import Picture, PublicDocument
from feedback.accounts.rights import UPLOADS, collection_of, people_with
from feedback.accounts.roles import PERMISSIONS, Role
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return asking.area("here")


@pytest.fixture
def pictures(here):
    places = {"here": collection_of(here), "there": collection_of(asking.area("there"))}
    places["nobody"] = Collection.get_first_root_node()
    return {
        name: Picture.objects.create(title=f"Picture of {name}", file=get_test_image_file(), collection=collection)
        for name, collection in places.items()
    }


# Wagtail leaves files open that it made pictures of.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("role", list(Role))
def test_each_finds_the_pictures_of_their_area_if_their_job_has_any(client, here, pictures, role):
    person = staff("somebody", role, area=here)
    at_desk(client, person)
    uploads = any(permission in PERMISSIONS[role] for permission in UPLOADS)
    for name, picture in pictures.items():
        opens = client.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 200
        assert opens is (uploads and name == "here"), name
    for address in ("wagtailimages:index", "wagtailimages_chooser:choose"):
        text = client.get(reverse(address)).content.decode()
        assert ("Picture of here" in text) is uploads
        assert "Picture of there" not in text
        assert "Picture of nobody" not in text
    documents = policy_registry.get_by_type(PublicDocument)
    assert documents.user_has_permission(person, "add") is ("pages.write" in PERMISSIONS[role])


def test_a_picture_is_not_put_into_another_areas_collection(client, here, pictures):
    at_desk(client, staff("officer", Role.BOARD_OFFICER, area=here))
    there = pictures["there"].collection
    client.post(reverse("wagtailimages:edit", args=[pictures["here"].pk]), {"title": "Moved", "collection": there.pk})
    assert Picture.objects.get(pk=pictures["here"].pk).collection != there


def test_who_may_is_said_by_roles_too(here):
    officer, far = (
        staff("officer", Role.BOARD_OFFICER, area=here),
        staff("far", Role.BOARD_OFFICER, area=asking.area("x")),
    )
    assert set(people_with(["pages.write"])) == {officer, far}
    assert set(people_with(["pages.write"], where=here)) == {officer}
    officer.roles_held.update(until="2020-01-02")
    assert not people_with(["pages.write"], where=here).exists()
