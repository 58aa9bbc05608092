"""When a survey may be frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail.models import PageLogEntry

from surveys.bank.policies import check_may_be_asked
from surveys.design.composition import asked_in, compose
from surveys.design.models import Edition, SurveyKind, SurveyPage
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import BadInstrument, Instrument, digest, write, write_rule
from surveys.instrument.limits import beyond_limits, use_problems
from surveys.instrument.promised_words import added_problems
from surveys.instrument.promises import promise_problems

# What the log writes when somebody changes a page, and not when they only decide on it.
# Letting a finding pass changes what may be asked, and so counts as editing.
EDITS = (
    "wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename", "design.arrange", "design.override"
)  # fmt: skip
DECISIONS = ("design.submit", "design.refuse", "design.answer", "design.approve", "design.freeze", "design.reopen")
LUNDY = {
    "space": "how it is safe and free to take part (space)",
    "voice": "how respondents are helped to say it (voice)",
    "decision_maker": "the person with power who listens (audience)",
    "report_back_on": "the date to report back (influence)",
}


def check_lundy(survey: SurveyPage) -> None:
    """Refuses a survey that nobody with power has promised to listen to and answer."""
    for field, meaning in LUNDY.items():
        if not getattr(survey, field):
            raise NotAllowed(f"Say {meaning} before the survey can be frozen.")


def check_is_asked_here(survey: SurveyPage) -> None:
    """Refuses to freeze by hand what says that it was asked elsewhere: such a survey comes with its answers."""
    if survey.kind == SurveyKind.IMPORTED:
        raise NotAllowed(
            "A survey that was asked elsewhere is loaded from its codebook. Choose another kind for this one."
        )


def check_bank_lets_ask(survey: SurveyPage) -> None:
    """Refuses, in the last draft, what the bank has retired, and parts of a scale that is asked as a whole."""
    check_may_be_asked(asked_in(survey.get_latest_revision_as_object()))


def check_may_be_edited(survey: SurveyPage, *, by) -> None:
    """Refuses to change what is being decided on, is frozen, or was locked by somebody."""
    if survey.status == SurveyPage.Status.IN_APPROVAL:
        raise NotAllowed("This survey is being decided on, so nobody changes it. Take it back first to work on it.")
    lock = survey.get_lock()
    if lock and lock.for_user(by):
        raise NotAllowed(strip_tags(str(lock.get_message(by))))


def check_use(instrument: Instrument) -> None:
    """Refuses a survey, asked here or elsewhere, of those who are talked with and never measured."""
    for problem in use_problems(instrument):
        raise NotAllowed(problem)


def check_promise(instrument: Instrument) -> None:
    """Refuses a promise that cannot be kept here, and words that say more than it does."""
    for problem in unkept_promises(instrument):
        raise NotAllowed(problem)


def unkept_promises(instrument: Instrument) -> Iterator[str]:
    """What is wrong with a promise and with what staff add to its words, in sentences."""
    yield from promise_problems(instrument.promise, instrument.kind, instrument.audience)
    for language, added in instrument.promise_added.items():
        yield from added_problems(added, instrument.audience, language)


def check_within_limits(instrument: Instrument, themes: Mapping[str, str]) -> None:
    """Refuses what this audience cannot be asked, or not in this way; `themes` is what each question is about."""
    for problem in beyond_limits(instrument, themes):
        raise NotAllowed(problem)


def check_series(instrument: Instrument) -> None:
    """Refuses that a code asked elsewhere is asked here in another form, or after other answers: it is another base."""
    asked = {item.code: item for item in instrument.items}
    for edition in Edition.objects.all():
        for item in edition.document["items"]:
            here = asked.get(item["code"])
            if here and (here.kind != item["kind"] or write_rule(here.rule) != item["rule"]):
                raise NotAllowed(
                    f"{here.code} is asked in another way in {edition}. Give the question a code of its own."
                )


def check_second_person(survey: SurveyPage, *, by) -> None:
    """Refuses that somebody decides on what they submitted or edited, or decides twice."""
    if problem := why_not_second_person(survey, by=by):
        raise NotAllowed(problem)


def why_not_second_person(survey: SurveyPage, *, by) -> str:
    """What makes this person the first and not the second, in a sentence; nothing if they may decide."""
    if survey.submitted_by_id == by.pk:
        return "You submitted this survey, so someone else must decide on it."
    if survey.approved_by_id == by.pk:
        return "You approved this survey for the care council, so someone else must freeze it."
    if by.pk in editors_of(survey):
        return (
            "You edited this survey, or let a finding in it pass, since it was last frozen, so someone else must "
            "decide on it."
        )
    return ""


def editors_of(survey: SurveyPage) -> set[int]:
    """The ids of those who edited the survey, in any of its languages, since it was last frozen."""
    versions = [survey.pk, *survey.get_translations().values_list("pk", flat=True)]
    frozen = PageLogEntry.objects.filter(page=survey.pk, action="design.freeze").order_by("-timestamp").first()
    edits = PageLogEntry.objects.filter(page__in=versions, action__in=EDITS, user__isnull=False)
    if frozen:
        edits = edits.filter(timestamp__gt=frozen.timestamp)
    return set(edits.values_list("user", flat=True))


def check_council_approved(survey: SurveyPage) -> None:
    """Refuses to freeze what the care council has not approved, or has refused."""
    if survey.approved_by_id is None:
        raise NotAllowed(f"{survey.care_council or 'The care council'} has not approved this survey yet.")


def check_was_changed_since_refusal(survey: SurveyPage) -> None:
    """Refuses that what the care council refused comes back to it unchanged."""
    refused = PageLogEntry.objects.filter(page=survey.pk, action="design.refuse").order_by("-timestamp").first()
    if refused and refused.data.get("wording") == wording_of(survey):
        raise NotAllowed("The care council refused this wording. Change the survey before you submit it again.")


def check_awaits_an_answer(survey: SurveyPage) -> None:
    """Refuses an answer where nobody refused anything, or to what was answered already."""
    if not awaits_an_answer(survey):
        raise NotAllowed("No refusal of this survey waits for an answer.")


def awaits_an_answer(survey: SurveyPage) -> bool:
    """Whether it was sent back, and nobody has said anything to that or gone on since."""
    if survey.status != SurveyPage.Status.DRAFT:
        return False
    last = PageLogEntry.objects.filter(page=survey.pk, action__in=DECISIONS).order_by("-timestamp", "-pk")
    return last.values_list("action", flat=True).first() == "design.refuse"


def wording_of(survey: SurveyPage) -> str:
    """A hash of everything the council decides on: what is asked, in the bank's words, and who listens to it."""
    draft = survey.get_latest_revision_as_object()
    about = {field: str(getattr(draft, field)) for field in LUNDY}
    try:
        return digest({"asked": write(compose(draft)), **about})
    except (BadInstrument, ValidationError):
        # It cannot be asked yet; then what is in its screens is all there is to go by.
        return digest({"screens": str(draft.screens.get_prep_value()), **about})


def check_may_approve(survey: SurveyPage, *, by) -> None:
    """Refuses an approval twice, by the wrong person, or out of turn."""
    if survey.status != SurveyPage.Status.IN_APPROVAL or survey.approved_by_id is not None:
        raise NotAllowed("This survey does not wait for the care council.")
    check_second_person(survey, by=by)


def check_reason(reason: str) -> None:
    """Refuses a refusal without a word on why."""
    if not reason.strip():
        raise NotAllowed("Say in a sentence why, so that whoever wrote it can change it.")
