"""Surveys that can be frozen, and the people who decide on them."""

from datetime import date

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from feedback.accounts.roles import Role
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.design.models import SurveyPage
from tests.factories import asking
from tests.factories.people import staff

LISTENED_TO = {
    "space": "Alone.", "voice": "Short.", "decision_maker": "The director", "report_back_on": date(2027, 1, 1)
}  # fmt: skip


def question(code="listened", *, audience="AGE_8_11"):
    """A question of the bank with two options."""
    asking.root()
    bank = QuestionBankPage.objects.first() or asking.root().add_child(instance=QuestionBankPage(title="Question bank"))
    page = QuestionPage(title=f"Question {code}?", code=code, slug=code.replace("_", "-"))
    page.wordings = [Wording(audience=audience, text=f"Question {code}?")]
    page.options = [Option(code=option, label=option.title()) for option in ("yes", "no")]
    return bank.add_child(instance=page)


def draft(area, **fields):
    """A survey of one question, with all that is needed to freeze it."""
    asked = QuestionPage.objects.first() or question()
    screens = [("question", {"question": asked, "show_if": []})]
    return asking.survey(of=area, screens=screens, **{**LISTENED_TO, **fields})


def draft_of(area, *codes, audience="AGE_8_11", **fields):
    """A survey of these questions, each made for it."""
    screens = [("question", {"question": question(code, audience=audience), "show_if": []}) for code in codes]
    return asking.survey(of=area, screens=screens, audience=audience, **{**LISTENED_TO, **fields})


def designers(area):
    """Who submits, who approves for the council, and who freezes, in this area."""
    return (
        staff("author", Role.PARTICIPATION_OFFICER, area=area),
        staff("young", Role.CARE_COUNCIL_MEMBER, area=area),
        staff("second", Role.PARTICIPATION_OFFICER, area=area),
    )


def edits(client, survey, button="", **changes):
    """What the page's form sends when somebody saves it, or presses another of its buttons."""
    page = SurveyPage.objects.get(pk=survey.pk).get_latest_revision_as_object()
    screens = [
        ("question", {"question": str(screen.value["question"].pk), "show_if": {"count": 0}}) for screen in page.screens
    ]
    data = {
        "title": page.title, "slug": page.slug, "care_council": page.care_council_id, "audience": page.audience,
        "kind": page.kind, "promise": page.promise, "introduction": page.introduction, "is_checked": "on",
        "space": page.space, "voice": page.voice, "decision_maker": page.decision_maker,
        "report_back_on": page.report_back_on, "spoken": inline_formset([]), "comments": inline_formset([]),
        "screens": streamfield(screens), **changes,
    }  # fmt: skip
    data = nested_form_data(data)
    for number in range(len(screens)):
        data[f"screens-{number}-value-show_if-count"] = "0"
        data[f"screens-{number}-id"] = page.screens[number].id
    if button:
        data[button] = "yes"
    return client.post(reverse("wagtailadmin_pages:edit", args=[survey.pk]), data)


def again(survey):
    """The survey as it is in the database."""
    return SurveyPage.objects.get(pk=survey.pk)
