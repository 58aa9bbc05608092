"""Questions of the bank, the people who agree on their words, and what the editor's form sends."""

from django.urls import reverse
from wagtail.log_actions import log
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from feedback.accounts.roles import Role
from surveys.bank import actions
from surveys.bank.models import QuestionPage
from tests.factories.designing import question
from tests.factories.people import staff


def people(area):
    """Who writes, who approves for the care council, and who confirms, in this area."""
    return (
        staff("author", Role.CARE_COUNCIL_MEMBER, area=area),
        staff("young", Role.CARE_COUNCIL_MEMBER, area=area),
        staff("officer", Role.PARTICIPATION_OFFICER, area=area),
    )


def drafted(by, code="listened", **fields):
    """A question that somebody drafted in the editor."""
    page = question(code, **fields)
    log(page, "wagtail.create", user=by)
    return page


def approved(area, code="listened", **fields):
    """A question whose words are agreed on."""
    author, young, officer = people(area)
    page = drafted(author, code, **fields)
    actions.submit(page, by=author)
    actions.approve(page, by=young)
    actions.confirm(page, by=officer)
    return page


def again(page):
    """The question as it is in the database."""
    return QuestionPage.objects.get(pk=page.pk)


def words(client, page, texts, *, reason="", button="", **changes):
    """What the editor's form sends when somebody changes the texts, by audience."""
    draft = again(page).get_latest_revision_as_object()
    known = {wording.audience: wording.pk for wording in draft.wordings.all()}
    wordings = [
        {"id": known.get(audience, ""), "audience": audience, "text": text, "hint": "", "picture": "", "ORDER": place}
        for place, (audience, text) in enumerate(texts.items())
    ]
    options = [
        {"id": option.pk, "audience": option.audience, "code": option.code, "label": option.label, "picture": ""}
        for option in draft.options.all()
    ]
    data = nested_form_data({
        "title": draft.title, "slug": draft.slug, "code": draft.code, "theme": draft.theme, "stage": draft.stage,
        "purpose": draft.purpose, "is_outcome": "on", "kind": draft.kind, "licence": draft.licence,
        "provenance": draft.provenance, "is_checked": "on", "reason": reason, "comments": inline_formset([]),
        "wordings": inline_formset(wordings, initial=len(known)),
        "options": inline_formset(options, initial=len(options)), **changes,
    })  # fmt: skip
    if button:
        data[button] = "yes"
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
