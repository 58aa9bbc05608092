"""What an administrator fills in about the care councils of an area: those that are there, and one more."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from surveys.design.council_actions import MOST_COUNCILS, NOT_THERE, CouncilSaid
from surveys.design.models import CareCouncil
from surveys.frame.models import Area


class CouncilForm(forms.Form):
    """One care council; a row that is left empty is none."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    name = forms.CharField(
        label="What it calls itself", max_length=CareCouncil._meta.get_field("name").max_length, required=False
    )
    about = forms.CharField(
        label="Who is in it",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In a sentence, without names of children.",
    )

    def __init__(self, *args, **kwargs) -> None:
        """Remembers what was shown, so that only what was changed is changed."""
        super().__init__(*args, **kwargs)
        for name in ("name", "about"):
            self.fields[name].show_hidden_initial = True

    def said(self) -> CouncilSaid:
        """What was filled in."""
        given = self.cleaned_data
        return CouncilSaid(given.get("number"), given.get("name", ""), given.get("about", ""))


class _Rows(forms.BaseFormSet):
    """The rows of care councils."""

    refused: ValidationError | None = None

    def clean(self) -> None:
        """Says above the rows what is wrong with a number, which nobody sees."""
        if any("number" in form.errors for form in self.forms):
            raise ValidationError(NOT_THERE)

    def said(self) -> list[CouncilSaid]:
        """The rows that somebody changed."""
        return [form.said() for form in self.forms if {"name", "about"} & set(form.changed_data)]

    def refuse(self, problem: ValidationError) -> None:
        """Says above the rows why they were not kept."""
        self.refused = problem

    def non_form_errors(self):
        """What is wrong with the rows, or why they were not kept."""
        said = super().non_form_errors()
        return said if self.refused is None else [*said, *self.refused.messages]


Councils = forms.formset_factory(
    CouncilForm, formset=_Rows, extra=1, max_num=MOST_COUNCILS, absolute_max=MOST_COUNCILS + 1, validate_max=True
)


def rows_of_councils(area: Area) -> list[dict[str, object]]:
    """The care councils an area has, as the form shows them."""
    return [{"number": one.pk, "name": one.name, "about": one.about} for one in area.care_councils.all()]
