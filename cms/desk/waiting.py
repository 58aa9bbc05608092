"""What waits for somebody today, and what they will find here: the home page of the desk, by role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest
from django.template.defaultfilters import date as written
from django.urls import reverse
from django.utils import timezone

from cms.desk.bank import questions_to_decide
from cms.desk.surveys import mine, steps_open
from cms.desk.turnout import ends_soon, left_of
from cms.desk.waiting_promises import in_words
from cms.desk.words_waiting import words_to_check
from cms.workflow.reports import APPROVE, reports_waiting_for
from feedback.accounts.policies import resets_to_decide
from feedback.anonymisation.comments import DECIDE
from feedback.anonymisation.moderation import how_many_wait
from feedback.anonymisation.turnout import whole_of
from feedback.anonymisation.turnout_words import answered
from feedback.disclosure.blocks import Quarter
from feedback.inspection.models import GIVE, LOOK, SEE_LOOKS, Grant
from feedback.privacy.reporting import how_retention_goes
from feedback.promises.models import SEE as SEE_PROMISES
from feedback.promises.waiting import promises_waiting
from feedback.releases.models import Release
from feedback.releases.policies import can_decide
from feedback.safeguarding.codes import ASK, CodeOpening
from feedback.safeguarding.contacts import READ_CONTACT, asked_for_a_person
from feedback.safeguarding.goal_actions import overdue_goals, unread_goals
from feedback.safeguarding.hearing import hearings_for, left_unheard, waves_to_hear
from feedback.safeguarding.models import Concern
from feedback.safeguarding.reading import READ_TEXTS, how_many_unread, nobody_waits
from feedback.safeguarding.rota import PLAN_DUTY
from feedback.safeguarding.rota_gaps import first_gaps
from feedback.safeguarding.talks import unread_talks
from surveys.answering import keying
from surveys.design.models import SurveyPage
from surveys.design.workbench import Suggestion
from surveys.fieldwork.hearers import HEAR
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area

# More places than this are said together.
MOST_PLACES = 8


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, or does not: a heading, a sentence, and where to go."""

    title: str
    text: str
    address: str = ""
    label: str = ""
    waits: bool = False


def what_waits(request: HttpRequest) -> list[Waiting]:
    """Everything for this person, what waits before what does not."""
    found = [waiting for job in JOBS for waiting in job(request)]
    return sorted(found, key=lambda one: not one.waits)


def _many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def worries(request: HttpRequest) -> Iterator[Waiting]:
    """Worries, and who asked for a person."""
    if not request.user.has_perm(READ_TEXTS):
        return
    found = Concern.objects.visible_to(request.user, READ_TEXTS).waiting()
    raised = found.count()
    asked = asked_for_a_person(request.user) if request.user.has_perm(READ_CONTACT) else None
    numbers = {"overdue": found.overdue(timezone.localdate()).count(), "for you": found.held_by(request.user).count()}
    which = "".join(f", {many} {what}" for what, many in numbers.items() if many)
    parts = [_many(raised, "worry waits", "worries wait") + which] if raised else []
    if asked and asked.messages:
        parts.append(
            f"{_many(asked.many, 'person asks', 'people ask')} to be contacted, the first since {written(asked.oldest)}"
        )
    text = f"{' and '.join(parts)}." if parts else nobody_waits(request.user)
    yield Waiting("Worries", text, reverse("desk:concerns"), "Look at the worries", bool(parts))


def codes(request: HttpRequest) -> Iterator[Waiting]:
    """Cards that somebody asked for: shown only where one waits, because it is rare."""
    if not request.user.has_perm(ASK):
        return
    if many := CodeOpening.objects.visible_to(request.user, ASK).unfinished().count():
        text = f"{_many(many, 'card was', 'cards were')} asked for: to decide on, or the child has not been told yet."
        yield Waiting("Codes opened", text, reverse("desk:code_openings"), "Look at what was asked", True)


def texts(request: HttpRequest) -> Iterator[Waiting]:
    """Texts nobody has read."""
    if not request.user.has_perm(READ_TEXTS):
        return
    unread = how_many_unread(request.user)
    left, goals = len(left_unheard(request.user)), unread_goals(by=request.user).count()
    text = unread.in_words
    if goals:
        text += f" {_many(goals, 'goal of a family waits', 'goals of families wait')} to be read{_late_goals(request)}."
    if talks := unread_talks(request.user).count():
        text += f" {_many(talks, 'focus group or interview waits', 'focus groups or interviews wait')} to be read."
    if left:
        text += f" {_many(left, 'conversation has', 'conversations have')} lost the person whom the child chose."
    yield Waiting(
        "Texts to read", text, reverse("desk:texts"), "Read the next", bool(unread.texts or left or goals or talks)
    )


def _late_goals(request: HttpRequest) -> str:
    late = overdue_goals(by=request.user)
    return f"; {late} overdue: older than one working day" if late else ""


def surveys(request: HttpRequest) -> Iterator[Waiting]:
    """Surveys to decide on, and those still being drafted."""
    if not request.user.has_perm("design.view"):
        return
    found = list(mine(request))
    for survey in found:
        if survey.status == SurveyPage.Status.IN_APPROVAL and {"approve", "freeze"} & steps_open(request, survey):
            to_do = "waits for the care council" if survey.approved_by_id is None else "waits for a second person"
            address = reverse("desk:survey", args=[survey.pk])
            text = f"{survey.title} ({survey.care_council.area}) {to_do}."
            yield Waiting("A survey to decide on", text, address, f"Decide on {survey.title}", waits=True)
    drafts = sum(survey.status == SurveyPage.Status.DRAFT for survey in found)
    in_approval = sum(survey.status == SurveyPage.Status.IN_APPROVAL for survey in found)
    text = f"{_many(drafts, 'draft', 'drafts')}, {in_approval} in approval, {len(found)} in all."
    yield Waiting("Surveys", text, reverse("desk:surveys"), "Go to the surveys")


def suggestions(request: HttpRequest) -> Iterator[Waiting]:
    """Other words that were suggested, and wait for the care council."""
    if not request.user.has_perm("design.approve"):
        return
    found = Suggestion.objects.visible_to(request.user, "design.approve").to_decide_by(request.user)
    of_surveys = found.order_by("survey__title").values_list("survey_id", "survey__title").annotate(many=Count("pk"))
    for number, title, many in of_surveys:
        text = f"{_many(many, 'wording was', 'wordings were')} suggested for {title}."
        yield Waiting(
            "Other words to decide on", text, reverse("desk:workbench", args=[number]), f"Go to {title}", True
        )


def questions(request: HttpRequest) -> Iterator[Waiting]:
    """Questions of the bank to decide on."""
    if many := len(questions_to_decide(request)):
        text = f"{_many(many, 'question of the bank waits', 'questions of the bank wait')} for your decision."
        address = f"{reverse('desk:bank')}?status=in_approval"
        yield Waiting("Questions to decide on", text, address, "Decide on questions", waits=True)


def fieldwork(request: HttpRequest) -> Iterator[Waiting]:
    """Waves that are open or planned: how many have answered, and how long each goes on."""
    if not request.user.has_perm("fieldwork.open_wave"):
        return
    found = Wave.objects.visible_to(request.user, "fieldwork.open_wave")
    statuses = list(found.values_list("status", flat=True))
    planned, is_open = statuses.count(Wave.Status.PLANNED), statuses.count(Wave.Status.OPEN)
    text = f"{_many(is_open, 'wave takes', 'waves take')} answers. "
    text += f"{_many(planned, 'waits', 'wait')} to be opened." if planned else "None waits to be opened."
    waves = list(found.in_the_field().select_related("area"))
    lines = [text, *(f"{wave.name}: {answered(whole_of(wave))}" for wave in waves)]
    yield Waiting("Fieldwork", "\n".join(lines), reverse("desk:waves"), "Go to the waves", bool(planned))
    for wave in filter(ends_soon, waves):
        address = reverse("desk:response", args=[wave.code])
        title, label = f"{wave.name} ends soon", f"Who is missing in {wave.name}"
        yield Waiting(title, f"{left_of(wave)} Look who is missing while there is time.", address, label, waits=True)


def paper(request: HttpRequest) -> Iterator[Waiting]:
    """Booklets that were keyed once, and wait for somebody else."""
    if not request.user.has_perm("fieldwork.key_booklet"):
        return
    found = Wave.objects.visible_to(request.user, "fieldwork.key_booklet")
    for wave, many in keying.to_key_again(found, by=request.user):
        text = (
            f"{_many(many, 'booklet was', 'booklets were')} keyed once in {wave.name}, and waits for the second time."
        )
        yield Waiting("Paper", text, reverse("desk:paper", args=[wave.code]), f"Key for {wave.name}", waits=True)


def conversations(request: HttpRequest) -> Iterator[Waiting]:
    """Conversations that are in the field."""
    if not request.user.has_perm(HOLD):
        return
    many = Wave.objects.visible_to(request.user, HOLD).in_the_field().of_conversations().count()
    text = f"{_many(many, 'conversation is', 'conversations are')} ready to be held with a child."
    if not many:
        text = "None is open in your area. Ask your participation officer for one."
    yield Waiting("Conversations", text, reverse("desk:conversations"), "Go to the conversations")


HOLD = "fieldwork.hold_conversation"


def hearings(request: HttpRequest) -> Iterator[Waiting]:
    """What children said who chose this person: shown to those who are named somewhere, or were told something."""
    if not request.user.has_perm(HEAR):
        return
    found = hearings_for(request.user)
    if not found and not waves_to_hear(request.user):
        return
    many = sum(one.heard_on is None for one in found)
    text = f"{_many(many, 'child has', 'children have')} said something that you have not read."
    if not many:
        text = "You have read everything that children said to you."
    yield Waiting("Conversations for you", text, reverse("desk:hearings"), "Read what they said", bool(many))


def comments(request: HttpRequest) -> Iterator[Waiting]:
    """Comments that wait for a moderator."""
    if not request.user.has_perm(DECIDE):
        return
    found = how_many_wait(request.user)
    text = "None waits. Comments come here once a safeguarding lead has read what was written."
    if found.comments:
        many = _many(found.comments, "comment waits", "comments wait")
        text = f"{many} for a moderator; the oldest since {written(found.oldest)}."
    yield Waiting("Comments", text, reverse("desk:comments"), "Go to the comments", bool(found.comments))


def releases_to_decide(request: HttpRequest) -> Iterator[Waiting]:
    """Releases that others proposed; never one's own."""
    if not request.user.has_perm("releases.approve"):
        return
    found = Release.objects.visible_to(request.user, "releases.approve").prefetch_related("states")
    waiting = found.waiting_for_a_second_person().select_related("area")
    to_check = [release for release in waiting if can_decide(release, by=request.user)]
    for release in to_check:
        address = reverse("desk:release", args=[release.code])
        yield Waiting("A release to check", f"{release} was proposed.", address, f"Check {release}", waits=True)
    if not to_check:
        text = "No release waits for you. Those you helped to make wait for somebody else."
        yield Waiting("Releases to check", text, reverse("desk:releases"), "See all releases")


def words(request: HttpRequest) -> Iterator[Waiting]:
    """Children's questions, and themes and findings that others wrote; shown only where one waits."""
    yield from (Waiting(*one, waits=True) for one in words_to_check(request))


def releases_to_make(request: HttpRequest) -> Iterator[Waiting]:
    """Quarters that can be closed, and releases that came back."""
    if not request.user.has_perm("releases.propose"):
        return
    last = str(Quarter.of(timezone.localdate()).previous())
    found = Release.objects.visible_to(request.user, "releases.propose").select_related("area")
    for release in found.filter(status__in=[Release.Status.RETURNED, Release.Status.DRAFT]):
        address = reverse("desk:release", args=[release.code])
        yield Waiting("A release to go on with", f"{release} is {release.get_status_display().lower()}.", address,
                      f"Go on with {release}", waits=True)  # fmt: skip
    made = set(found.filter(quarter=last).values_list("area", flat=True))
    areas = Area.objects.visible_to(request.user, "releases.propose").exclude(pk__in=made - {None})
    text = f"{last} is over and can be closed in {_many(areas.count(), 'area', 'areas')}." if areas else ""
    text = text or f"Every area has closed {last}."
    yield Waiting("Quarters", text, reverse("desk:blocks"), "See what may close", bool(areas))


def releases_to_see(request: HttpRequest) -> Iterator[Waiting]:
    """Releases, for those who neither make nor check them."""
    makes = any(request.user.has_perm(permission) for permission in ("releases.approve", "releases.propose"))
    if makes or not any(request.user.has_perm(p) for p in ("releases.view", "releases.view_published")):
        return
    yield Waiting("Releases", "What was heard, as it was protected.", reverse("desk:releases"), "Go to the releases")


def public_pages(request: HttpRequest) -> Iterator[Waiting]:
    """The public pages of the area."""
    if request.user.has_perm("pages.write"):
        text = "The home page of your area and what is below it. Nobody sees a draft until you publish it."
        yield Waiting("Public pages", text, reverse("desk:pages"), "Go to the pages")


def promises(request: HttpRequest) -> Iterator[Waiting]:
    """Promises that are due or late, have lost their owner, or are doubted."""
    if request.user.has_perm(SEE_PROMISES):
        found = promises_waiting(request.user)
        yield Waiting("Promises", in_words(found), reverse("desk:promises"), "Go to the promises", found.any)


def annual_reports(request: HttpRequest) -> Iterator[Waiting]:
    """The annual reports that wait for this person."""
    if not request.user.has_perm(APPROVE):
        return
    for page in reports_waiting_for(request.user):
        address = reverse("desk:annual_report", args=[page.pk])
        text = "Somebody wrote it and asks for a second person, who reads all of it before it is published."
        yield Waiting(f"Annual report: {page.title}", text, address, "Read it and decide", waits=True)


def administration(request: HttpRequest) -> Iterator[Waiting]:
    """Accounts, and the lost second factors that another administrator asked about."""
    if not request.user.has_perm("accounts.write"):
        return
    for reset in resets_to_decide(request.user):
        address = reverse("desk:account", args=[reset.user_id])
        text = f"{reset.asked_by} asks for the second factor of {reset.user} to be reset. It takes two people."
        yield Waiting("A lost second factor", text, address, f"Decide about {reset.user}", waits=True)
    text = "Invite people, give roles and end them. You see no answers and no worries here."
    yield Waiting("Accounts", text, reverse("desk:accounts"), "Go to the accounts")


def retention(request: HttpRequest) -> Iterator[Waiting]:
    """Whether what was kept long enough is erased every night, and what is not, and why."""
    if not request.user.has_perm("accounts.write"):
        return
    found, today = how_retention_goes(), timezone.localdate()
    lines = ["The sweep that erases has never run: put retention_sweep into cron."]
    if found.swept_on:
        lines = [f"Erased on {written(found.swept_on)}, in all areas:"]
        lines += [f"{many} {kind}" for kind, many in found.erased.items()] or [
            "nothing, because nothing was old enough"
        ]
        if found.is_late(today):
            lines.append("That is more than a day ago: look whether cron runs retention_sweep.")
    lines += [f"NOT erased, because it failed: {kind}. Tell the makers of the software." for kind in found.failed]
    lines += [f"{one.left} left of {one.kind}, {one.why_left}." for one in found.left]
    waits = bool(found.failed or found.left or found.is_late(today))
    yield Waiting("Erasing what was kept long enough", "\n".join(lines), waits=waits)


def areas(request: HttpRequest) -> Iterator[Waiting]:
    """What an area decides for itself."""
    if request.user.has_perm("frame.write"):
        text = "How your area looks, who is called, how long words are kept, from how many people on figures are shown."
        yield Waiting("Your area", text, reverse("desk:areas"), "Go to the area")


def duty(request: HttpRequest) -> Iterator[Waiting]:
    """Days on which nobody is on duty."""
    found = {area.pk: area for area in Area.objects.visible_to(request.user, PLAN_DUTY)}
    gaps = sorted(first_gaps(found.values(), timezone.localdate()).items(), key=lambda gap: gap[1]) if found else []
    for pk, day in gaps[:MOST_PLACES]:
        text = f"In {found[pk]}, nobody is on duty from {written(day)}."
        yield Waiting("Duty rota", text, reverse("desk:rota", args=[found[pk].code]), f"Plan {found[pk]}", waits=True)
    if (more := len(gaps) - MOST_PLACES) > 0:
        text = f"In {_many(more, 'more area', 'more areas')} nobody is on duty on one of the days ahead."
        yield Waiting("Duty rotas", text, reverse("desk:rotas"), "See the rotas", waits=True)


def inspections(request: HttpRequest) -> Iterator[Waiting]:
    """The inspections that let this person in today, or that are open in the areas of who lets people in."""
    today = timezone.localdate()
    if request.user.has_perm(LOOK):
        own = list(Grant.objects.visible_to(request.user, LOOK).on(today).select_related("area"))
        for grant in own:
            left = _many(grant.days_left(today), "day is", "days are")
            text = f"{left} left, until {written(grant.until)}. Every look of yours is logged."
            address = reverse("desk:inspection", args=[grant.pk])
            yield Waiting(f"Inspection: {grant}", text, address, f"Open {grant}", waits=True)
        if not own:
            text = "None is open for you today. The board officer of the area lets you in, from a day to a day."
            yield Waiting("Inspections", text, reverse("desk:inspections"), "See your inspections")
    if request.user.has_perm(SEE_LOOKS):
        many = Grant.objects.visible_to(request.user, SEE_LOOKS).on(today).count()
        text = f"{_many(many, 'inspector is', 'inspectors are')} let in today. You see what they look at, and when."
        if many or request.user.has_perm(GIVE):
            yield Waiting("Inspections", text, reverse("desk:inspections"), "Go to the inspections")


def published(request: HttpRequest) -> Iterator[Waiting]:
    """What everybody may read."""
    yield Waiting("Published results", "What children, young people and parents said, area by area.", "/", "Read them")


JOBS: tuple[Callable[[HttpRequest], Iterator[Waiting]], ...] = (
    worries,
    codes,
    texts,
    surveys,
    suggestions,
    questions,
    fieldwork,
    paper,
    conversations,
    hearings,
    comments,
    releases_to_decide,
    words,
    releases_to_make,
    releases_to_see,
    promises,
    public_pages,
    annual_reports,
    administration,
    retention,
    areas,
    duty,
    inspections,
    published,
)
