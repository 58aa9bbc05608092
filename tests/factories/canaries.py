"""Sentences planted wherever something personal can stand, to be looked for after it was erased."""

import uuid
from datetime import timedelta

from axes.models import AccessAttempt
from django.db.models import JSONField
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log
from wagtail.models import Comment as PageComment

from feedback.accounts.models import FactorReset, RoleHeld, User
from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.comments import Comment
from feedback.anonymisation.floods import Flood, FloodStep
from feedback.anonymisation.moderation_actions import decide_comment
from feedback.anonymisation.proposal_actions import propose_words
from feedback.anonymisation.proposals import Correction, WordProposal
from feedback.anonymisation.quotable import mark_of
from feedback.anonymisation.themes import CommentTheme
from feedback.anonymisation.told_talk import ToldTalk
from feedback.findings.models import FindingKind, FindingState, SharedFinding
from feedback.privacy.inventory import our_models
from feedback.promises.blockages import Blockage
from feedback.promises.models import ChildQuestion, Promise, QuestionAnswer
from feedback.releases.models import Interpretation, IntruderTest, Measure, MeasureState, Quote, Release, ReleaseState
from feedback.safeguarding.actions import close_concern, finish_reading, read_concern
from feedback.safeguarding.concern_steps import take_step
from feedback.safeguarding.contacts import close_contact, read_contact
from feedback.safeguarding.letters import say_they_were_read
from feedback.safeguarding.models import CodeOpening, Concern
from feedback.safeguarding.replies import reply
from surveys.bank.models import QuestionPage
from surveys.design.overrides import LintOverride
from surveys.design.workbench import Remark, Suggestion, TryNote, Vote
from surveys.fieldwork.licence_actions import read_scale
from surveys.fieldwork.licences import LicensedScale
from surveys.instrument.licensed import as_document
from surveys.responses.blockages import NamedBlockage
from surveys.responses.chosen_hearers import ChosenHearers
from surveys.responses.coded_cards import CodedCard
from surveys.responses.letters import Letter
from surveys.responses.models import PaperEntry, Response
from surveys.responses.receipts import receipt_of
from surveys.responses.talks import Talk, TalkText
from surveys.responses.together import KEPT_DAYS, FamilyCard, Goal, GoalStep, Sitting
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.contacting import asks_for_a_person
from tests.factories.designing import question
from tests.factories.flooding import flood
from tests.factories.licensed import INVENTED
from tests.factories.paper import keys, officers
from tests.factories.people import staff
from tests.factories.writing_back import writes_back

CHILD, STAFF = "zyzzyva-of-a-child", "quagga-of-staff"


def plant(code="canary"):
    """Somebody answers, asks for a person and is answered; all of it says so. Gives back the receipts."""
    wave = asking.open_wave(code=code)
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    worrying = arrives(wave, f"he hits me {CHILD}")
    quiet = arrives(wave, f"all is well {CHILD}")
    message = asks_for_a_person(wave.area, words=CHILD, name=CHILD, reach=CHILD)
    sweep()
    concern = Concern.objects.get(response_key=worrying.pk)
    read_concern(concern, by=lead)
    reply(worrying.pk, text=f"We heard {CHILD}", by=lead)
    writes_back(worrying, f"thank you {CHILD}")
    say_they_were_read(worrying.pk, through=1, by=lead)
    close_concern(concern, reason=f"They wrote {CHILD}", by=lead)
    take_step(concern, "note", by=lead, reason=f"Noted {CHILD}", place=f"At {CHILD}")
    _plant_an_opening(concern, lead)
    finish_reading(quiet.pk, is_worrying=False, by=lead)
    read_contact(message, by=lead)
    close_contact(message, reason=f"Rang {CHILD}", by=lead)
    sweep()
    moderate(wave)
    keys(wave, officers(wave.area, "ann")[0], 7, q_words=f"on paper {CHILD}", q_listened="no")
    return wave, [receipt_of(worrying.pk), receipt_of(quiet.pk)]


def _plant_an_opening(concern, lead):
    """Somebody asks for the number of the card that came with it."""
    said = {"reason": f"They wrote {CHILD}", "decision": f"I read {CHILD}", "telling": f"We told {CHILD}"}
    today = timezone.localdate()
    CodeOpening.objects.create(concern=concern, asked_by=lead, asked_on=today, until=today, **said)
    CodedCard.objects.create(response_key=concern.response_key, card=CHILD)
    wave = Response.objects.get(pk=concern.response_key).wave
    # No words are ever stored here; it is planted to show that they would be sealed, and erased.
    ChosenHearers.objects.create(
        response_key=concern.response_key, wave=wave, chosen=[CHILD], heard={CHILD: {"on": CHILD}}
    )
    _plant_a_card(wave.area, lead)


def _plant_a_card(area, by):
    """A family answered a scale and set a goal, which a lead has read."""
    today = timezone.localdate()
    made = read_scale(INVENTED.read_bytes())
    scale = LicensedScale.objects.create(
        area=area, record=made.record, version=made.version, number=made.number, expires_on=made.expires_on,
        content=as_document(made), digest=made.digest, loaded_by=by, loaded_on=today,
    )  # fmt: skip
    card = FamilyCard.objects.create(
        id=uuid.uuid4(), area=area, audience="PARENT_CARER", digest=uuid.uuid4().bytes, begun_on=today, used_on=today
    )
    Sitting.objects.create(
        id=uuid.uuid4(), card=card, scale=scale, record=made.record, version=made.version, number=1, language="en",
        mode="electronic", answers={"1": CHILD}, scores=[[CHILD, None, 1, 7]], on=today,
    )  # fmt: skip
    goal = Goal.objects.create(
        id=uuid.uuid4(), card=card, area=area, number=1, words=CHILD, language="en", set_on=today, is_screened=True,
        read_on=today,
    )  # fmt: skip
    GoalStep.objects.create(goal=goal, number=1, step=[CHILD], on=today)
    NamedBlockage.objects.create(
        id=uuid.uuid4(), area=area, namer="family", words=CHILD, language="en", named_on=today, is_screened=True,
        decided_on=today,
    )  # fmt: skip
    talk = Talk.objects.create(
        id=uuid.uuid4(), area=area, kind="interview", quarter="2026Q1", people={"AGE_12_17": "few"}, language="en",
        recorded_by=by, recorded_on=today, is_screened=True, read_on=today,
    )  # fmt: skip
    said = {"sort": "words", "theme": "time", "words": CHILD}
    text = TalkText.objects.create(id=uuid.uuid4(), talk=talk, number=1, decided_on=today, **said)
    # Recalled by nobody, it stays for as long as the area: a test of its own recalls it.
    ToldTalk.objects.create(
        area=area, text_key=text.pk, talk_key=talk.pk, language="en", decided_by=by, decided_on=today, **said
    )


def moderate(wave):
    """A moderator keeps the words of every comment as they are, and asks somebody about none."""
    moderator = staff("moderator", Role.MODERATOR, area=wave.area)
    for comment in Comment.objects.filter(area=wave.area):
        decide_comment(comment, decision="usable", marked=set(), label="OTHER", by=moderator)
    _quote(wave, moderator)
    propose_words(comment, [Correction("names", CHILD)], by=moderator)


def _quote(wave, by):
    """All of them are quoted in a release, which a test of quotes does by its rules."""
    release = Release.objects.create(code=f"quoted-{wave.code}", area=wave.area, quarter="2025Q4", rules={})
    for comment in Comment.objects.filter(area=wave.area):
        quote = Quote(release=release, words=comment.text, mark=mark_of(comment.pk), language="en", chosen_by=by)
        quote.chosen_on = timezone.localdate()
        quote.save()
        _ask_back(comment, by)


def _ask_back(comment, by):
    """It was marked as a question too, let out, and an answer was sent back."""
    said = {"by": by, "on": timezone.localdate(), "status": "returned"}
    question = ChildQuestion.objects.create(
        area=comment.area, words=comment.text, language="en", mark=mark_of(comment.pk), status="waiting",
        marked_by=by, marked_on=timezone.localdate(), let_out_on=timezone.localdate(),
    )  # fmt: skip
    QuestionAnswer.objects.create(question=question, number=1, language="pl", asked=CHILD, reason=CHILD, **said)


def plant_staff(wave):
    """A member of staff whose name stands wherever a name can."""
    person = User.objects.create_user(
        STAFF, email=f"{STAFF}@example.org", password="long-enough-for-this", first_name=STAFF, last_name=STAFF,
        phone=STAFF,
    )  # fmt: skip
    RoleHeld.objects.create(user=person, role=Role.PARTICIPATION_OFFICER, area=wave.area)
    log(person, "accounts.give_role", user=person)
    FactorReset.objects.create(user=person, reason=STAFF, asked_by=staff("admin", area=wave.area))
    release = Release.objects.create(code=f"r-{wave.code}", area=wave.area, quarter="2026Q1", rules={})
    ReleaseState.objects.create(release=release, status="draft", by=person, on=timezone.localdate(), reason=STAFF)
    Interpretation.objects.create(release=release, question="q", round=0, may_mean="It may be the weather.", by=person)
    IntruderTest.objects.create(
        release=release, who="other", outside=STAFF, hours=1, result="nobody", tried_on=timezone.localdate(),
        by=person, on=timezone.localdate(),
    )  # fmt: skip
    TOTPDevice.objects.create(user=person, name=STAFF)
    StaticDevice.objects.create(user=person, name=STAFF).token_set.create(token=STAFF)
    AccessAttempt.objects.create(username=STAFF, user_agent=STAFF, failures_since_start=1, get_data="", post_data="")
    _plant_on_the_workbench(wave.edition.survey, person)
    LintOverride.objects.create(
        survey=wave.edition.survey, item="words", rule="negation", wording="x", reason=STAFF, by=person,
        on=timezone.localdate(),
    )  # fmt: skip
    PageComment.objects.create(page=wave.edition.survey, user=person, text=STAFF, contentpath="title")
    _plant_in_what_is_told(wave.area, person)
    FloodStep.objects.create(
        flood=flood(wave), number=1, status=Flood.Status.PLAUSIBLE, by=person, on=timezone.localdate(), reason=STAFF
    )
    return person


def _plant_in_what_is_told(area, person):
    """They name a theme, share a finding and answer for a promise."""
    today = timezone.localdate()
    CommentTheme.objects.create(area=area, name=STAFF, description=STAFF, named_by=person, named_on=today)
    kind = FindingKind.objects.create(code="canary", edition=1, name="x", means="x", by=person, on=today)
    finding = SharedFinding.objects.create(code="canary", area=area, kind=kind, title="x", description="x")
    FindingState.objects.create(finding=finding, status="draft", by=person, on=today, reason=STAFF)
    measure = Measure.objects.create(area=area, code="canary", name="x", kind="process", voice="child", theme="other")
    MeasureState.objects.create(measure=measure, status="returned", by=person, on=today, reason=STAFF)
    Promise.objects.create(
        area=area, theme="other", owner=person, shown_as=STAFF, due_on=today, made_on=today, made_by=person
    )
    Blockage.objects.create(area=area, words="x", week=today, owner=person, shown_as=STAFF, worded_by=person)


def _plant_on_the_workbench(survey, person):
    """They suggest, vote, remark and note, and say who they are each time."""
    said = {"made_by": person, "made_on": timezone.localdate()}
    asked = QuestionPage.objects.first() or question("canary")
    suggestion = Suggestion.objects.create(
        survey=survey, question=asked, audience="AGE_8_11", text="x", reason=STAFF, answer=STAFF, **said
    )
    Vote.objects.create(suggestion=suggestion, voter=person, stance=Vote.Stance.AGREE, reason=STAFF)
    Remark.objects.create(survey=survey, item="canary", text=STAFF, **said)
    TryNote.objects.create(survey=survey, item="canary", children=1, text=STAFF, **said)


def grow_old(wave, *, days):
    """So many days pass for what was planted."""
    before = timezone.localdate() - timedelta(days=days)
    Response.objects.filter(wave=wave).update(received_on=before)
    from feedback.safeguarding.models import ConcernState
    from surveys.responses.models import ContactMessage

    ConcernState.objects.update(on=before)
    Letter.objects.update(sent_on=before, read_on=before)
    WordProposal.objects.update(proposed_on=before)
    NamedBlockage.objects.exclude(decided_on=None).update(decided_on=before)
    TalkText.objects.update(decided_on=before)
    FamilyCard.objects.update(used_on=timezone.localdate() - timedelta(days=KEPT_DAYS))
    ContactMessage.objects.exclude(done_on=None).update(done_on=before)
    PaperEntry.objects.filter(wave=wave).update(keyed_on=before)


# Published on the pages of an area, until an administrator changes it.
OF_AN_AREA = {f"frame.Area.{name}" for name in ("contact_name", "contact_email", "contact_phone", "safeguarding_email")}
# Personal, and with no place for a sentence: a hash, a code, a file that is not a respondent's, counts.
NO_SENTENCE = {
    "accounts.User.password",
    "bank.ForgottenRecording.sha256",
    "bank.Option.recording",
    "bank.Wording.recording",
    "design.SpokenWords.recording",
    "design.Vote.stance",
    "anonymisation.WordProposal.word_mark",
    "releases.BlockTally.tallies",
    "promises.ChildQuestion.mark",
    "releases.Quote.mark",
    "responses.PaperEntry.told",
    "responses.Response.told",
    "anonymisation.CodedResponse.answers",
    "inspection.InspectionSample.sheets",
}


def fields_with_room():
    """Every personal field in which a sentence can stand."""
    for model in our_models():
        for name in model.Privacy.personal:
            field = model._meta.get_field(name)
            label = f"{model._meta.label}.{name}"
            if label not in NO_SENTENCE | OF_AN_AREA and (
                isinstance(field, JSONField) or field.get_internal_type() in {"CharField", "TextField", "FileField"}
            ):
                yield model, field, label
