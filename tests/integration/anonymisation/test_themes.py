"""Themes: several people's comments, words of an analyst, and a second person; what is taken back leaves at once."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory
from wagtail.models import ModelLogEntry

from cms.pages.releases import release_page
from feedback.accounts.roles import Role
from feedback.anonymisation import theme_actions as actions
from feedback.anonymisation.chunks import noun_chunks
from feedback.anonymisation.comments import Comment, CommentLink
from feedback.anonymisation.moderation_actions import take_back_decision
from feedback.anonymisation.themes import CommentTheme, ThemedComment
from feedback.anonymisation.theming import confirmed_themes, proposed_chunks, themes_of
from feedback.releases.quote_actions import choose_quote, recall_quote
from feedback.releases.quotes import Quote
from feedback.releases.quoting import candidates
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.listening import analyst
from tests.factories.moderating import moderator
from tests.factories.people import staff
from tests.factories.quoting import draft, publish, usable, wave_of
from tests.factories.theming import MEETINGS, comments_on_meetings, confirmed, confirmer, named, namer

pytestmark = pytest.mark.django_db


def takes_back(comment):
    response = Response.objects.get(pk=CommentLink.objects.get(comment=comment).response_key)
    withdraw(receipt_of(response.pk), wave=response.wave)


def test_noun_chunks_are_words_and_say_nothing_about_them():
    assert noun_chunks("stop changing my social worker [name]") == {"social worker", "worker"}
    assert "meeting" in noun_chunks("too many meetings, i dont know what the plan is")
    assert noun_chunks("") == noun_chunks("\x00 \U0001f600 اجتماع [name]") - {"اجتماع", "\U0001f600"} == set()


def test_what_several_wrote_is_proposed_and_what_fewer_wrote_is_not():
    comments = comments_on_meetings()
    found = {chunk.words: chunk.people for chunk in proposed_chunks(comments[0].area)}
    assert found == {"meeting": 3}


def test_one_child_is_not_several_however_much_they_write():
    wave = wave_of()
    for words in MEETINGS[:2]:
        usable(wave, words)
    assert proposed_chunks(wave.area) == []


def test_a_theme_is_named_by_one_and_confirmed_by_another():
    theme = named(comments_on_meetings())
    assert confirmed_themes(theme.area) == []
    actions.confirm_theme(theme, by=confirmer())
    (found,) = confirmed_themes(theme.area)
    assert (found.name, len(found.marks)) == ("Meetings", 3)
    done = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"anonymisation.name_theme", "anonymisation.put_to_theme", "anonymisation.confirm_theme"} <= done
    assert not ModelLogEntry.objects.filter(label__contains="Meetings").exists()


def test_nobody_confirms_their_own_theme():
    theme = named(comments_on_meetings())
    both = staff("analyst", Role.OUTPUT_CHECKER)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.confirm_theme(theme, by=both)


@pytest.mark.parametrize("many", [1, 2])
def test_a_theme_that_fewer_than_three_wrote_about_is_not_confirmed(many):
    theme = named(comments_on_meetings(many))
    with pytest.raises(NotAllowed, match="no theme"):
        actions.confirm_theme(theme, by=confirmer())


def test_what_is_taken_back_leaves_its_themes_at_once():
    comments = comments_on_meetings()
    theme = confirmed(comments)
    takes_back(comments[0])
    assert confirmed_themes(theme.area) == []
    assert themes_of(theme.area)[0].comments == 2


def test_what_a_moderator_decides_anew_leaves_its_themes():
    comments = comments_on_meetings()
    theme = confirmed(comments)
    take_back_decision(comments[0], by=moderator(theme.area, "mod"))
    assert ThemedComment.objects.count() == 2
    assert confirmed_themes(theme.area) == []


def test_other_words_have_to_be_confirmed_anew():
    theme = confirmed(comments_on_meetings())
    actions.rename_theme(theme, name="Long meetings", description="They take long.", by=namer())
    assert confirmed_themes(theme.area) == []
    assert theme.confirmed_by is None


def test_merging_is_undone_by_taking_it_up_again():
    comments = comments_on_meetings(4)
    kept, merged = named(comments[:2]), named(comments[1:], name="Long meetings")
    actions.merge_themes(merged, kept, by=namer())
    assert kept.themed.count() == 4
    assert merged.status == "ended"
    actions.take_up_theme(merged, by=namer())
    assert (kept.themed.count(), merged.themed.count(), merged.status) == (2, 3, "named")


def test_an_ended_name_is_free_and_cannot_be_taken_up_beside_another():
    comments = comments_on_meetings()
    theme = named(comments)
    actions.end_theme(theme, by=namer())
    actions.name_theme(theme.area, name="meetings", description="Again.", by=namer())
    with pytest.raises(NotAllowed, match="this name"):
        actions.take_up_theme(theme, by=namer())


def test_comments_of_another_area_and_of_nowhere_are_refused():
    theme = named(comments_on_meetings())
    elsewhere = usable(wave_of(asking.area("south")), "meetings")
    for key in (elsewhere.pk, uuid.uuid4()):
        with pytest.raises(NotAllowed, match="not of this area"):
            actions.put_to_theme(theme, [key], by=namer())
    south = actions.name_theme(elsewhere.area, name="Meetings", description="There too.", by=namer())
    with pytest.raises(NotAllowed, match="same area"):
        actions.merge_themes(theme, south, by=namer())


def test_what_no_moderator_found_usable_is_refused():
    theme = named(comments_on_meetings())
    waiting = usable(wave_of(theme.area), "meetings every day")
    take_back_decision(waiting, by=moderator(theme.area, "mod"))
    with pytest.raises(NotAllowed, match="not there any more"):
        actions.put_to_theme(theme, [waiting.pk], by=namer())


@pytest.mark.parametrize(
    "name", ["", "  ", "a\x00b", "x" * 1_000_000, "two\nlines\x07"], ids=["none", "blank", "nul", "1 MB", "bell"]
)
def test_names_that_cannot_be_kept_are_refused_in_a_sentence(name):
    with pytest.raises(NotAllowed) as refused:
        actions.name_theme(asking.area("north"), name=name, description="It is said.", by=namer())
    assert refused.value.messages[0].endswith((".", "1000000)."))
    assert not CommentTheme.objects.exists()


@pytest.mark.parametrize("name", ["اجتماعات كثيرة", "Meetings \U0001f468\u200d\U0001f469\u200d\U0001f467", "‮evil"])
def test_names_in_any_script_are_kept(name):
    theme = actions.name_theme(asking.area("north"), name=name, description=name, by=namer())
    theme.refresh_from_db()
    assert theme.name == name


def test_only_an_analyst_of_the_area_names_and_sorts():
    comments = comments_on_meetings(1)
    theme = named(comments)
    others = [staff(f"some-{role}", role, area=theme.area) for role in set(Role) - {Role.BOARD_ANALYST}]
    for other in [*others, staff("elsewhere", Role.BOARD_ANALYST, area=asking.area("south"))]:
        for act in (
            lambda by: actions.name_theme(theme.area, name="Mine", description="Mine.", by=by),
            lambda by: actions.put_to_theme(theme, [], by=by),
            lambda by: actions.end_theme(theme, by=by),
            lambda by: actions.take_out_of_theme(theme, comments[0].pk, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(other)


def quoted_release(comments):
    made = draft(wave_of(comments[0].area))
    for one in candidates(made):
        choose_quote(made, mark=one.mark, by=analyst())
    return publish(made)


def page_of(release):
    address = RequestFactory().get("/")
    return release_page(address, release.code, chapter="words").content.decode()


def test_a_release_tells_a_theme_with_its_quotes_and_no_count():
    comments = comments_on_meetings()
    release = quoted_release(comments)
    theme = named(comments, name="Meetings \U0001f5d3")
    assert theme.name not in page_of(release)
    actions.confirm_theme(theme, by=confirmer())
    text = page_of(release)
    assert theme.name in text
    assert theme.description in text
    assert "3 comments" not in text
    for quote in Quote.objects.all():
        recall_quote(quote, because="recognised", by=analyst())
    assert theme.name not in page_of(release)
    assert Comment.objects.exclude(text="").count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does(elsewhere):
    theme = named(comments_on_meetings())
    second = staff("second-checker", Role.OUTPUT_CHECKER)
    if connection.vendor == "sqlite":
        results = [_confirms(theme.pk, confirmer()), _confirms(theme.pk, second)]
    else:
        tries = [elsewhere(_confirms, theme.pk, person) for person in (confirmer(), second)]
        results = [one.result(timeout=20) for one in tries]
    assert sorted(results) == ["confirmed", "refused"]
    assert ModelLogEntry.objects.filter(action="anonymisation.confirm_theme").count() == 1


def _confirms(key, person):
    try:
        actions.confirm_theme(CommentTheme.objects.get(pk=key), by=person)
    except NotAllowed:
        return "refused"
    return "confirmed"
