"""The form page of Wagtail's documentation."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class FormField(AbstractFormField):
    """One question of the form."""

    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    """The form."""

    template = "wagtail_forms/form_page.html"
    landing_page_template = "wagtail_forms/form_page_landing.html"
