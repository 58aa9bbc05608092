"""A draft of a release with usable comments of those who are in it."""

from datetime import date

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.comments import Comment, CommentLink
from feedback.anonymisation.moderation import pieces_of, spans_of
from feedback.anonymisation.moderation_actions import decide_comment
from feedback.releases import actions
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.factories.moderating import is_read, moderator, says
from tests.integration.releases.releasing import Q1

IN_Q1 = date(2025, 2, 1)


def wave_of(area=None):
    """A wave with questions in words and to tick, in an area."""
    return asking.open_wave(of=area or asking.area("north"))


def usable(wave, words="my worker Kelly is nice", *, by=None, reads_the_language=False, **given):
    """A comment of somebody who answered in the first quarter, which a moderator found usable."""
    response = says(wave, words, **given)
    Response.objects.filter(pk=response.pk).update(received_on=IN_Q1)
    sweep()
    is_read(response)
    sweep()
    found = Comment.objects.get(link__response_key=response.pk, item="words")
    return approve(found, by=by, reads_the_language=reads_the_language)


def approve(found, *, by=None, **given):
    """A moderator finds it usable with the marks that were proposed."""
    by = by or moderator(found.area, "mod")
    link = CommentLink.objects.get(comment=found)
    text = Response.objects.get(pk=link.response_key).answers[found.item]
    marked = set()
    if not found.is_drawing:
        marked = {piece.number for piece in pieces_of(text, spans_of(found.marks))[0] if piece.label}
    decide_comment(found, decision="usable", marked=marked, label="PERSON", by=by, **given)
    found.refresh_from_db()
    return found


def draft(wave, *, n=40, audience="AGE_8_11"):
    """The first quarter is closed with so many others."""
    if n:
        coded(wave.edition, wave.area, quarter="2025Q1", n=n, audience=audience)
    (made,) = actions.close_area_through(wave.area, until=Q1, by=analyst())
    return made


def propose(made):
    """The analyst says what the figures may mean, and proposes."""
    interpreted(made)
    actions.propose(made, by=analyst())


def publish(made):
    """A second person lets it go out."""
    propose(made)
    actions.approve(made, by=checker())
    actions.publish(made, by=checker())
    return made
