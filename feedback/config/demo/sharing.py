"""Themes and shared findings of the demo: invented words about invented answers, by the people whose job it is."""

from __future__ import annotations

from feedback.accounts.models import User
from feedback.anonymisation.theme_actions import confirm_theme, name_theme, put_to_theme
from feedback.anonymisation.themes import FEWEST, may_be_themed, people_behind
from feedback.findings.actions import cite, find_too, propose_finding, publish_finding, reword_finding, start_kinds
from feedback.findings.actions import write_finding as write
from feedback.findings.models import FindingKind, SharedFinding
from feedback.findings.promise_actions import link_promise
from feedback.findings.shown import citable
from feedback.promises.models import Promise
from feedback.releases.question_words import questions_shown
from surveys.bank.themes import Theme
from surveys.frame.models import Area

# Words that stand in what somebody wrote, the name of the theme, and what is said of it.
THEMES = (
    (
        ("asked", "read what", "the plan", "long words", "entitled"),
        "Being asked, and knowing what is written",
        "People want to be asked first, to read what is written about them, and to understand the words in it.",
        Theme.EXPLAINED,
        True,
    ),
    (
        ("phone", "rang", "texts", "calls", "time changes", "worker", "advisers"),
        "Somebody who answers, and stays",
        "People wrote about workers who answer when they are called, say when the time changes, and stay.",
        Theme.SAME_WORKER,
        False,
    ),
)
FIRST = {
    "title": "Too little time alone with the worker",
    "description": (
        "In each of the last quarters many children said that their worker listens, and fewer that they had time "
        "alone with them. Children told the care council that somebody else is mostly in the room."
    ),
    "did": (
        "Since spring each visit ends with ten minutes for the child alone, on a walk or in the garden. The care "
        "council asks every term whether that happens."
    ),
    "theme": Theme.TIME,
}
SECOND = {
    "description": (
        "Here it was visits at school: children said that they came in a lesson, with a teacher in the room. They "
        "want to be asked where."
    ),
    "did": (
        "Workers ask in the first visit where the child likes to talk, and write it down. Schools gave us a quiet room."
    ),
}
WAITING = {
    "title": "Children do not know what the plan says",
    "description": "Many children could not say what their plan is, and told us that it is written in long words.",
    "did": "",
    "theme": Theme.PLAN,
}
RESTS_ON = {Theme.TIME: ("time_alone", "listened"), Theme.PLAN: ("had_a_say", "know_why")}


def themes_are_named(area: Area, *, analyst: User, checker: User) -> None:
    """An analyst names what several wrote about; a second person has confirmed one and finds the other waiting."""
    usable = list(may_be_themed(area))
    for words, name, description, about, is_confirmed in THEMES:
        comments = [one.pk for one in usable if any(word in one.text.casefold() for word in words)]
        theme = name_theme(area, name=name, description=description, about=about, by=analyst)
        put_to_theme(theme, comments, by=analyst)
        if is_confirmed and people_behind(comments) >= FEWEST:
            confirm_theme(theme, by=checker)


def findings_are_shared(areas: list[Area], *, analyst: User, checker: User, overseer: User) -> None:
    """One area publishes what it found, the other has found it too; a third finding waits to be checked."""
    start_kinds(by=overseer)
    kinds = {kind.code: kind for kind in FindingKind.objects.offered()}
    here, there = areas[0], areas[1]
    first = write(here, kind=kinds["no-time-alone"], **FIRST, by=analyst)
    _goes_out(first, analyst=analyst, checker=checker)
    too = find_too(first, there, by=analyst)
    words = {"kind": too.kind, "title": too.title, "theme": too.theme, "stage": too.stage, **SECOND}
    reword_finding(too, **words, by=analyst)
    _goes_out(too, analyst=analyst, checker=checker)
    waiting = write(here, kind=kinds["not-explained"], **WAITING, by=analyst)
    _rests(waiting, by=analyst)
    propose_finding(waiting, by=analyst)


def what_was_promised_answers(area: Area, *, by: User) -> None:
    """The analyst puts what was promised on the theme of a published finding beside it."""
    for finding in SharedFinding.objects.public().filter(area=area):
        for promise in Promise.objects.of(area).standing().filter(theme=finding.theme):
            link_promise(finding, promise, by=by)


def _rests(finding: SharedFinding, *, by: User) -> None:
    release = citable(finding)[0]
    shown = questions_shown(release)
    about = [name for name in RESTS_ON[finding.theme] if name in shown] or shown[:1]
    cite(finding, release, questions=about, by=by)


def _goes_out(finding: SharedFinding, *, analyst: User, checker: User) -> None:
    _rests(finding, by=analyst)
    propose_finding(finding, by=analyst)
    publish_finding(finding, by=checker)
