"""Loads the demo by doing what people would do: design, freeze, open, answer, screen, close, propose, approve."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from wagtail.log_actions import log

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.config.demo import hearing
from feedback.config.demo.answers import WORRYING, months_of, rows
from feedback.config.demo.asking_back import children_are_answered
from feedback.config.demo.asking_for_a_person import somebody_asks
from feedback.config.demo.banking import question_in_bank
from feedback.config.demo.before_and_after import somebody_answers_twice
from feedback.config.demo.blocking import a_board_is_looked_through, somebody_names_what_is_in_the_way
from feedback.config.demo.commenting import a_lead_reads, named
from feedback.config.demo.hearing import somebody_is_heard
from feedback.config.demo.intruding import somebody_tried
from feedback.config.demo.locker import look_together
from feedback.config.demo.measuring import a_board_wants_to_know
from feedback.config.demo.own_settings import decide, put_on_duty
from feedback.config.demo.pages import make_pages
from feedback.config.demo.promising import somebody_promises
from feedback.config.demo.questions import QUESTIONS, SURVEYS
from feedback.config.demo.quoting import a_moderator_decides, an_analyst_chooses
from feedback.config.demo.readings import readings
from feedback.config.demo.recorded import words_around
from feedback.config.demo.reporting import a_report_is_published, a_year_is_published, what_came_before_is_read
from feedback.config.demo.second_factors import set_up_demo_app
from feedback.config.demo.shapes import DemoQuestion, DemoSurvey
from feedback.config.demo.sharing import findings_are_shared, themes_are_named, what_was_promised_answers
from feedback.config.demo.talking_together import people_talk_together
from feedback.config.demo.translating import translate_question, translate_survey, translations
from feedback.disclosure.blocks import Quarter
from feedback.inspection.actions import give_grant
from feedback.releases.actions import close_area_through, propose, release_through
from feedback.releases.interpretation_actions import interpret
from feedback.releases.readings import questions_to_interpret
from surveys.bank import actions as bank_actions
from surveys.bank.models import QuestionBankPage, QuestionPage
from surveys.bank.starting_bank import load_starting_bank
from surveys.design.actions import approve, freeze, submit
from surveys.design.models import CareCouncil, Edition, SurveyPage
from surveys.design.trees import surveys_of
from surveys.fieldwork.actions import make_link, open_wave, plan_wave
from surveys.fieldwork.models import OpenLink, Wave
from surveys.frame.models import Area, JourneyStage, Service, Stratum

PASSWORD = "look-around-earshot"  # noqa: S105 - printed by make demo; only the demo has it
AREAS = (("thistledown", "Thistledown", "The Lanterns"), ("port-wrenley", "Port Wrenley", "Tide Turners"))
SERVICES = (("family-help", "Family help team"), ("fostering", "Fostering team"), ("safeguarding", "Safeguarding team"))
STAGES = (
    ("plan", "Having a plan"),
    ("looked-after", "Being looked after"),
    ("assessment", "First visits and assessment"),
    ("leaving", "Leaving care"),
)
# How many could be asked, where it is fewer than of the others.
FEWER = {"AGE_4_5": (160, 40), "CARE_LEAVER": (120, 31), "PROFESSIONAL": (140, 36), "REFERRER": (160, 42)}
COUNTED_BY_TEAM = {"AGE_8_11", "AGE_12_17"}
DAYS_IN_THE_FIELD = 40
EVERYWHERE = {Role.BOARD_ANALYST, Role.OUTPUT_CHECKER, Role.NATIONAL_OVERSEER}
# Two people key each booklet of paper, and reset a lost second factor.
SECOND_OFFICER = "second-participation-officer"
SECOND_ADMINISTRATOR = "second-administrator"
# Somebody stands behind the lead on duty.
SECOND_LEAD = "second-safeguarding-lead"
# Whom a young person can choose beside their social worker.
SECOND_PRACTITIONER = "second-practitioner"
QUARTERS_OF_ANSWERS = 5
IN_THE_OPEN_QUARTER = 8
DAYS_OF_INSPECTION = 28
ALONE = "Answered alone where possible, on any device, without a name."
ALOUD = "Held aloud with somebody the child likes, without a name; stopped when the child has had enough."


class Demo:
    """One load of the demo; `today` decides which quarters are over."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.last = Quarter.of(today).previous()
        self.first = _quarters_before(self.last, QUARTERS_OF_ANSWERS - 1)
        # One for all: making each its own takes longer than the rest of them, and protects nothing that is printed.
        password = make_password(PASSWORD)
        self.people = {role: _account(_username(role), password) for role in Role}
        self.officer = self.people[Role.PARTICIPATION_OFFICER]
        self.second_officer = _account(SECOND_OFFICER, password)
        self.second_administrator = _account(SECOND_ADMINISTRATOR, password)
        self.second_lead = _account(SECOND_LEAD, password)
        self.second_practitioner = _account(SECOND_PRACTITIONER, password)
        self.young = self.people[Role.CARE_COUNCIL_MEMBER]

    def load(self) -> None:
        """Everything, in the order in which it happens."""
        areas = [self._area(*area) for area in AREAS]
        self._give_roles(areas)
        for area in areas:
            self._decide(area)
        self._bank()
        waves = {area: [self._wave(area, survey) for survey in SURVEYS] for area in areas}
        for place, area in enumerate(areas):
            self._answers(waves[area], place)
        somebody_asks(waves[areas[0]])
        self._conversation(areas[0])
        administrator, worker = self.people[Role.ADMINISTRATOR], self.people[Role.PRACTITIONER]
        look_together(areas[0], administrator=administrator, worker=worker, today=self.today)
        somebody_names_what_is_in_the_way(areas[0])
        sweep()
        lead, moderator = self.people[Role.SAFEGUARDING_LEAD], self.people[Role.MODERATOR]
        what_came_before_is_read(areas, self.last, lead=lead, moderator=moderator)
        for area in areas:
            a_lead_reads(area, lead)
        analyst, checker = self.people[Role.BOARD_ANALYST], self.people[Role.OUTPUT_CHECKER]
        a_board_wants_to_know(areas, today=self.today, by=analyst, checker=checker)
        said = readings()
        before = self.last.previous()
        people = {"analyst": analyst, "checker": checker, "young": self.young}
        a_year_is_published(areas, until=before, readings=said, **people)
        release_through(before, area=None, proposed_by=analyst, approved_by=checker, readings=said)
        a_moderator_decides(moderator)
        for area in areas:
            for draft in close_area_through(area, until=self.last, by=analyst):
                an_analyst_chooses(draft, analyst)
                interpret(draft, {name: said[name] for name in questions_to_interpret(draft)}, by=analyst)
                propose(draft, by=analyst)
        themes_are_named(areas[0], analyst=analyst, checker=checker)
        overseer = self.people[Role.NATIONAL_OVERSEER]
        findings_are_shared(areas, analyst=analyst, checker=checker, overseer=overseer)
        somebody_tried(areas[0], today=self.today, by=self.people[Role.BOARD_OFFICER])
        make_pages(areas, self._ways_in(waves))
        a_report_is_published(areas[0], writer=self.people[Role.BOARD_OFFICER], reader=checker)
        self._answer_families(areas)

    def _answer_families(self, areas: list[Area]) -> None:
        """What is done with them once figures are out: asked before and after, promised, looked through."""
        three = {"officer": self.officer, "young": self.young, "second": self.second_officer}
        analyst, owner = self.people[Role.BOARD_ANALYST], self.people[Role.PRACTITIONER]
        somebody_answers_twice(areas[0], **three, analyst=analyst, today=self.today)
        for area in areas:
            self._let_an_inspector_in(area)
            self._promise(area)
        people = {"officer": self.officer, "second": self.people[Role.BOARD_OFFICER], "owner": owner}
        a_board_is_looked_through(areas[0], today=self.today, **people)
        lead, moderator = self.people[Role.SAFEGUARDING_LEAD], self.people[Role.MODERATOR]
        people_talk_together(
            areas[0], today=self.today, recorders=(self.officer, owner), lead=lead, moderator=moderator
        )

    def _promise(self, area: Area) -> None:
        """Some of it is late, so that children, its owner and the board officers see it."""
        people = {"officer": self.officer, "owner": self.people[Role.PRACTITIONER], "young": self.young}
        somebody_promises(area, today=self.today, **people)
        what_was_promised_answers(area, by=self.people[Role.BOARD_ANALYST])
        asked = {"moderator": self.people[Role.MODERATOR], "officer": self.officer, "young": self.young}
        children_are_answered(area, today=self.today, **asked)

    def _area(self, code: str, name: str, council: str) -> Area:
        area = Area.objects.create(code=code, name=name, is_fictional=True)
        for service, title in SERVICES:
            Service.objects.create(area=area, code=service, name=title)
        for place, (stage, title) in enumerate(STAGES):
            JourneyStage.objects.get_or_create(code=stage, defaults={"name": title, "position": place})
        CareCouncil.objects.create(area=area, name=council, about="Children and young people with social workers.")
        for survey in SURVEYS:
            self._count(area, survey)
        return area

    def _decide(self, area: Area) -> None:
        """What is the area's own, and who is on duty there."""
        decide(area, year=self.first.year, by=self.people[Role.ADMINISTRATOR])
        put_on_duty(area, [self.people[Role.SAFEGUARDING_LEAD], self.second_lead], today=self.today)

    def _give_roles(self, areas: list[Area]) -> None:
        """Each role in each area; those who make and check national figures hold theirs everywhere."""
        second = [
            (Role.PARTICIPATION_OFFICER, self.second_officer),
            (Role.ADMINISTRATOR, self.second_administrator),
            (Role.SAFEGUARDING_LEAD, self.second_lead),
            (Role.PRACTITIONER, self.second_practitioner),
        ]
        held = [*self.people.items(), *second]
        for role, account in held:
            for area in [None] if role in EVERYWHERE else areas:
                RoleHeld.objects.create(user=account, role=role, area=area, since=self.today)

    def _let_an_inspector_in(self, area: Area) -> None:
        """One area has people enough for a sample, the other too few: the inspector draws it, or reads why not."""
        inspector, officer = self.people[Role.INSPECTOR], self.people[Role.BOARD_OFFICER]
        days = {"since": self.today, "until": self.today + timedelta(days=DAYS_OF_INSPECTION - 1)}
        give_grant(inspector, area=area, inspection="Joint inspection (invented)", **days, by=officer)

    def _count(self, area: Area, survey: DemoSurvey) -> None:
        sizes = FEWER.get(survey.audience, (410, 95))
        size = sizes[[code for code, *_ in AREAS].index(area.code)]
        Stratum.objects.create(
            area=area, audience=survey.audience, children=size, source="Invented for the demo", counted_on=self.today
        )
        if survey.audience in COUNTED_BY_TEAM:
            for service, share in zip(area.services.order_by("code"), (0.5, 0.3, 0.2), strict=True):
                Stratum.objects.create(
                    area=area, service=service, audience=survey.audience, children=round(size * share),
                    source="Invented for the demo", counted_on=self.today,
                )  # fmt: skip

    def _bank(self) -> None:
        from wagtail.models import Page

        root = Page.get_first_root_node()
        bank = QuestionBankPage.objects.first() or root.add_child(
            instance=QuestionBankPage(title="Question bank", slug="question-bank")
        )
        self.questions = {question.code: question_in_bank(bank, question) for question in QUESTIONS}
        self.texts = translations()
        for language, texts in self.texts.items():
            for question in self.questions.values():
                translate_question(question, language, texts)
        for question in self.questions.values():
            self._agree_on(question)
        load_starting_bank()

    def _agree_on(self, question: QuestionPage) -> None:
        """What is asked in the demo was drafted, approved and confirmed by three people."""
        log(question, "wagtail.create", user=self.officer)
        bank_actions.submit(question, by=self.officer)
        bank_actions.approve(question, by=self.young)
        bank_actions.confirm(question, by=self.second_officer)

    def _wave(self, area: Area, design: DemoSurvey) -> Wave:
        council = area.care_councils.get()
        asked = [question for question in QUESTIONS if design.audience in question.wordings]
        survey = SurveyPage(
            title=design.title,
            slug=f"{area.code}-{design.wave}",
            care_council=council,
            audience=design.audience,
            kind=design.kind,
            introduction=design.introduction,
            space=ALOUD if design.kind == "conversation" else ALONE,
            voice="Short questions, two ways out of each, and room for own words.",
            decision_maker=f"The director of children’s services in {area.name}",
            report_back_on=self.today + timedelta(days=90),
            screens=[("question", self._screen(question)) for question in asked],
        )
        survey.spoken = words_around(design.wave)
        surveys_of(area).add_child(instance=survey)
        edition = self._freeze(survey, design.wave)
        # One wave ends soon, so that the desk has something to remind of.
        days = 12 if (area.code, design.audience) == (AREAS[0][0], "AGE_8_11") else DAYS_IN_THE_FIELD
        wave = plan_wave(
            edition, code=f"{area.code}-{design.wave}", name=f"{design.title} ({area.name})", area=area,
            ends_on=self.today + timedelta(days=days), by=self.officer,
        )  # fmt: skip
        open_wave(wave, by=self.officer)
        make_link(wave, place="Waiting room", area=area, service=area.services.first(), by=self.officer)
        return wave

    def _freeze(self, survey: SurveyPage, wave: str) -> Edition:
        """Translated, approved by the care council, and frozen by a second person."""
        for language, texts in self.texts.items():
            translate_survey(survey, wave, language, texts)
        submit(survey, by=self.officer)
        approve(survey, by=self.young)
        return freeze(survey, by=self.second_officer)

    def _conversation(self, area: Area) -> None:
        """One in which a young person chooses who hears them."""
        worker = self.people[Role.PRACTITIONER]
        somebody_is_heard(
            area,
            hearing.draft_of(area, self.questions, today=self.today),
            lambda survey: self._freeze(survey, hearing.WAVE),
            hearers={hearing.SOCIAL_WORKER: worker, hearing.ADVOCATE: self.second_practitioner},
            today=self.today,
            by=self.officer,
        )
        # With cards; the worker whom its questions are about cannot hold it, the advocate can.
        somebody_is_heard(
            area,
            hearing.draft_of(area, self.questions, today=self.today, design=hearing.CARDS, about=hearing.SOCIAL_WORKER),
            lambda survey: self._freeze(survey, hearing.CARDS.wave),
            hearers={hearing.SOCIAL_WORKER: worker, hearing.ADVOCATE: self.second_practitioner},
            today=self.today,
            by=self.officer,
            design=hearing.CARDS,
            said=hearing.WITH_CARDS,
        )

    def _screen(self, question: DemoQuestion) -> dict:
        show_if = [{"question": question.after[0], "options": list(question.after[1])}] if question.after else []
        return {"question": self.questions[question.code], "show_if": show_if}

    def _answers(self, waves: list[Wave], place: int) -> None:
        with tempfile.TemporaryDirectory() as directory:
            for wave, survey in zip(waves, SURVEYS, strict=True):
                file = Path(directory) / f"{wave.code}.csv"
                _write(file, list(self._rows(wave, survey, survey.answer[place])))
                call_command("import_responses", file, wave=wave.code, stdout=open_nowhere())

    def _rows(self, wave: Wave, survey: DemoSurvey, people: int) -> Iterator[dict[str, str]]:
        place = {
            "area": wave.area.code,
            "services": [code for code, _ in SERVICES],
            "stages": [code for code, _ in STAGES],
        }
        quarter = self.last
        for _ in range(QUARTERS_OF_ANSWERS):
            yield from rows(survey, **place, quarter=quarter, people=people)
            quarter = quarter.previous()
        now = Quarter.of(self.today)
        this_month = f"{self.today:%Y-%m}"
        for number, row in enumerate(rows(survey, **place, quarter=now, people=IN_THE_OPEN_QUARTER)):
            row["month"] = min(row["month"], this_month)
            if survey.audience == "AGE_8_11" and wave.area.code == "thistledown" and number == 0:
                row["should_change"] = WORRYING
            if wave.area.code == "thistledown":
                row.update(named(survey.audience, number))
            yield row

    def _ways_in(self, waves: dict[Area, list[Wave]]) -> dict[str, list[dict[str, str]]]:
        found = {}
        for area, of_area in waves.items():
            links = [OpenLink.objects.get(wave=wave) for wave in of_area]
            found[area.code] = [
                {"title": design.way_in, "text": design.invited, "wave": wave.code, "poster": link.code}
                for wave, design, link in zip(of_area, SURVEYS, links, strict=True)
            ]
        return found


def open_nowhere():
    """Where a command may write what nobody wants to read."""
    import io

    return io.StringIO()


def _write(file: Path, found: list[dict[str, str]]) -> None:
    columns = list(dict.fromkeys(name for row in found for name in row))
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(found)


def _quarters_before(quarter: Quarter, many: int) -> Quarter:
    return _quarters_before(quarter.previous(), many - 1) if many else quarter


def _username(role: Role) -> str:
    return role.value.replace("_", "-")


def usernames() -> list[str]:
    """Who can sign in to the demo: one account for each role, named after it, and a second of those who need two."""
    return [*map(_username, Role), SECOND_OFFICER, SECOND_ADMINISTRATOR, SECOND_LEAD, SECOND_PRACTITIONER]


def _account(username: str, password: str) -> User:
    account = User.objects.create(username=username, email=f"{username}@example.org", is_staff=True, password=password)
    set_up_demo_app(account)
    return account


__all__ = ["AREAS", "PASSWORD", "Demo", "months_of", "usernames"]
