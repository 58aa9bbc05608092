"""What gets in the way: named, read, worded, published, answered."""

import uuid

from feedback.promises.blockage_actions import give_blockage, publish_blockage, word_named
from feedback.safeguarding.blockage_actions import screen_blockages
from surveys.responses.blockage_actions import Named, name_blockage
from surveys.responses.blockages import NamedBlockage
from tests.factories.promising import board, officer, owner

WORDS = "Two managers must sign for a bus ticket."


def named(area, words=WORDS, namer="family", sent_as=None):
    """Something that somebody named, and that screening has seen."""
    before = set(NamedBlockage.objects.values_list("pk", flat=True))
    name_blockage(area, Named(words, namer), sent_as=sent_as or uuid.uuid4())
    screen_blockages()
    return NamedBlockage.objects.exclude(pk__in=before).get()


def worded(area, words="A small cost needs two signatures.", wrote=WORDS):
    """Something that an officer worded, and nobody has published."""
    return word_named(named(area, wrote).pk, words, by=officer(area))


def published(area, words="A small cost needs two signatures.", wrote=WORDS):
    """Something that everybody reads."""
    made = worded(area, words, wrote)
    publish_blockage(made, words=words, by=board(area))
    return made


def looked_after(area, **given):
    """Something that everybody reads, and a practitioner looks after."""
    made = published(area, **given)
    give_blockage(made, owner(area), "Team manager", by=board(area))
    return made
