"""What was asked before there were states was approved; what came from elsewhere, or was never asked, is a draft."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Locale

from surveys.bank.models import QuestionPage
from surveys.design.models import Edition
from tests.factories import asking, designing

pytestmark = pytest.mark.django_db
migration = import_module("surveys.bank.migrations.0006_questions_asked_were_approved")


def test_questions_of_our_editions_are_approved_since_the_first_freezing_and_no_other():
    for code in ("asked", "elsewhere", "draft"):
        designing.question(code)
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    translated = QuestionPage.objects.get(code="asked").copy_for_translation(welsh, copy_parents=True)
    first = asking.edition(asking.text_item("asked"))
    Edition.objects.create(
        survey=first.survey, number=2, document=first.document, digest="2", frozen_on=date(2026, 5, 5),
        frozen_by=first.frozen_by,
    )  # fmt: skip
    asking.edition(asking.text_item("elsewhere"), kind="imported")
    migration.approve_what_was_asked(apps, None)
    states = {
        page.code: (page.status, page.approved_on) for page in QuestionPage.objects.filter(locale__language_code="en")
    }
    assert states == {
        "asked": ("approved", date(2026, 1, 1)),
        "elsewhere": ("draft", None),
        "draft": ("draft", None),
    }
    translated.refresh_from_db()
    assert (translated.status, translated.is_checked) == ("draft", False)
