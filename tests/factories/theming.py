"""Usable comments of several people about one thing, and people who name and confirm themes."""

from feedback.accounts.roles import Role
from feedback.anonymisation.theme_actions import confirm_theme, name_theme, put_to_theme
from tests.factories.people import staff
from tests.factories.quoting import usable, wave_of

MEETINGS = ("too many meetings", "the meetings are long", "meetings in school time", "I hate long meetings")


def namer(area=None):
    """An analyst, who names."""
    return staff("analyst", Role.BOARD_ANALYST, area=area)


def confirmer(area=None):
    """A second person."""
    return staff("checker", Role.OUTPUT_CHECKER, area=area)


def comments_on_meetings(many=3, *, wave=None):
    """So many people's usable comments about meetings."""
    wave = wave or wave_of()
    return [usable(wave, words) for words in MEETINGS[:many]]


def named(comments, *, name="Meetings", description="Several wrote that there are many meetings."):
    """A theme of these comments that nobody has confirmed yet."""
    area = comments[0].area
    theme = name_theme(area, name=name, description=description, by=namer())
    put_to_theme(theme, [one.pk for one in comments], by=namer())
    return theme


def confirmed(comments, **words):
    """A theme of these comments that a second person confirmed."""
    theme = named(comments, **words)
    confirm_theme(theme, by=confirmer())
    return theme
