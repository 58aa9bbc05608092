"""Who may change a deck at the desk, and that of two who write at once nobody's words are lost."""

import pytest
from django.urls import reverse

from cms.pages.decks import DeckPage
from cms.pages.models import HomePage
from cms.pages.starting_decks import load_starting_decks
from feedback.accounts.roles import PERMISSIONS, Role
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
WRITERS = {role for role in Role if "pages.write" in PERMISSIONS[role]}


@pytest.fixture
def deck():
    home = asking.root().add_child(instance=HomePage(title="North", slug="north", area=asking.area("north")))
    return DeckPage.objects.child_of(load_starting_decks(home)).get(slug="weather")


def edit_of(deck):
    return reverse("wagtailadmin_pages:edit", args=[deck.pk])


@pytest.mark.parametrize("role", Role)
def test_only_those_who_write_pages_open_a_deck(client, deck, role):
    person = staff(role.value, role, area=deck_area(deck))
    opened = at_desk(client, person).get(edit_of(deck))
    assert (opened.status_code == 200) is (role in WRITERS), role


def test_nobody_of_another_area_opens_it(client, deck):
    writer = staff("elsewhere", sorted(WRITERS)[0], area=asking.area("south"))
    assert at_desk(client, writer).get(edit_of(deck)).status_code != 200


def deck_area(deck):
    return deck.get_parent().get_parent().specific.area


def test_of_two_who_write_at_once_both_versions_are_kept_and_neither_is_public(deck):
    first, second = (DeckPage.objects.get(pk=deck.pk) for _ in "ab")
    first.introduction, second.introduction = "What the first wrote.", "What the second wrote."
    one = first.save_revision(user=staff("one", sorted(WRITERS)[0]))
    two = second.save_revision(user=staff("two", sorted(WRITERS)[0]))
    written = [revision.as_object().introduction for revision in deck.revisions.order_by("pk")][-2:]
    assert written == ["What the first wrote.", "What the second wrote."]
    assert (one.user.username, two.user.username) == ("one", "two")
    deck.refresh_from_db()
    assert deck.introduction == "Feelings come and go, like the weather."
