"""Promises of the demo: made by doing what people would do, and then put back to the days on which they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from feedback.accounts.models import User
from feedback.config.demo.promised_texts import PORT_WRENLEY, THISTLEDOWN
from feedback.config.demo.shapes import DemoPromise
from feedback.promises.actions import Plan, add_words, doubt, keep, move_day, promise
from feedback.promises.models import Promise, PromiseState
from feedback.promises.policies import Outcome, Said
from feedback.releases.models import Release
from feedback.releases.readings import questions_to_interpret
from surveys.frame.models import Area

BY_AREA = {"thistledown": THISTLEDOWN, "port-wrenley": PORT_WRENLEY}
FIRST = timedelta(days=400)


def somebody_promises(area: Area, *, today: date, officer: User, owner: User, young: User) -> None:
    """What is promised in an area, kept, late, impossible and doubted."""
    for planned in BY_AREA[area.code]:
        _make(area, planned, today=today, officer=officer, owner=owner, young=young)


def _make(area: Area, planned: DemoPromise, *, today: date, officer: User, owner: User, young: User) -> None:
    # As if it were for later: a day that is over cannot be promised.
    made = promise(area, _plan(area, planned, owner, today + FIRST), by=officer)
    for (audience, language), (you_said, we_will) in planned.translated.items():
        add_words(made, [Said(audience, language, you_said, we_will)], by=officer)
    if planned.moved:
        move_day(made, today + FIRST + timedelta(days=1), _told(planned.reason), by=owner)
    if planned.then:
        keep(made, _told(planned.told), by=owner)
    if planned.is_doubted:
        doubt(made, by=young)
    _put_back(made, planned, today)


def _plan(area: Area, planned: DemoPromise, owner: User, due_on: date) -> Plan:
    release = Release.objects.published().filter(area=area).order_by("-quarter").first()
    is_shown = release is not None and planned.question in questions_to_interpret(release)
    return Plan(
        theme=planned.theme,
        owner=owner,
        shown_as=planned.shown_as,
        words=[Said(audience, "en", *words) for audience, words in planned.said.items()],
        due_on=due_on,
        release=release if is_shown else None,
        question=planned.question if is_shown else "",
        because=_told(planned.told) if planned.due is None else (),
    )


def _told(texts: Mapping[str, str]) -> Sequence[Outcome]:
    return [Outcome(audience, "en", text) for audience, text in texts.items()]


def _put_back(made: Promise, planned: DemoPromise, today: date) -> None:
    """To the days on which it was made, moved and kept."""
    day = {days: today + timedelta(days=days) for days in _days_of(planned)}
    first_due = day.get(planned.due) if planned.due is not None else None
    moved_on, moved_to = planned.moved or (None, planned.due)
    due_on = day[moved_to] if moved_to is not None else None
    Promise.objects.filter(pk=made.pk).update(made_on=day[planned.made], due_on=due_on)
    made.words.update(on=day[planned.made])
    states = PromiseState.objects.filter(promise=made)
    states.update(on=day[planned.made], due_on=due_on)
    states.filter(number=1).update(due_on=first_due)
    if moved_on is not None:
        states.filter(number=2).update(on=day[moved_on])
    if planned.then:
        states.filter(status=planned.then[0]).update(on=day[planned.then[1]])


def _days_of(planned: DemoPromise) -> set[int]:
    ends = [planned.then[1]] if planned.then else []
    return {one for one in (planned.made, planned.due, *(planned.moved or ()), *ends) if one is not None}
