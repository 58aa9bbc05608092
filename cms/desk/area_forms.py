"""What an administrator fills in about an area; each form names its fields, so that nothing else can be changed."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from feedback.disclosure.rules import OF_AN_AREA
from surveys.frame.actions import MOST_HELP_NUMBERS
from surveys.frame.clocks import (
    CLOCK_FIELDS,
    NOW_AT_MOST,
    NOW_DEPUTY_AT_MOST,
    NOW_MANAGER_AT_MOST,
    SOON_AT_MOST,
    SOON_DEPUTY_AT_MOST,
    SOON_MANAGER_AT_MOST,
)
from surveys.frame.languages import ENGLISH
from surveys.frame.models import Area, HelpNumber, Thresholds
from surveys.frame.pictures import ENDINGS, LARGEST
from surveys.instrument.wording import LANGUAGES

OTHERS = [(code, name) for code, name in LANGUAGES.items() if code != ENGLISH]


class AreaForm(forms.ModelForm):
    """How an area looks, who answers questions, which languages it offers, and how long answers are kept."""

    languages = forms.MultipleChoiceField(
        label="Languages offered beside English",
        choices=OTHERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A survey is shown in those of them it has been translated into.",
    )

    class Meta:
        model = Area
        fields = (
            "known_as", "welcome", "accent", "contact_name", "contact_email", "contact_phone", "safeguarding_email",
            "languages", "retention_days",
        )  # fmt: skip
        widgets = {"welcome": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "known_as": "On the phone and on the public pages. Left empty, it is the area’s name.",
            "welcome": "One or two sentences at the top of the area’s public page.",
            "accent": "Like #0b5c73. It must be dark enough to be read on our pages; we check that.",
            "contact_name": "A team rather than a person. Shown on the public pages, as are address and number.",
            "safeguarding_email": "Not shown to anybody outside. Told that something waits, never what.",
            "retention_days": "From 7 to 365. Then words are erased.",
        }

    def __init__(self, *args, **kwargs) -> None:
        """Shows the languages as ticks, and remembers what was shown, so that only what was changed is changed."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True
        self.initial["languages"] = [code for code in self.instance.languages if code != ENGLISH]

    def clean_languages(self) -> list[str]:
        """English and what was ticked, in our order."""
        return [ENGLISH, *(code for code, _ in OTHERS if code in self.cleaned_data["languages"])]


class ClockForm(forms.ModelForm):
    """Office hours, by when worries are looked at, and when deputy and manager are called."""

    class Meta:
        model = Area
        fields = CLOCK_FIELDS
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("opens_at", "closes_at")}
        help_texts = {
            "nation": "On these days the clock of soon stands still, as at weekends.",
            "closes_at": "At least four hours after it opens. Hours are the same from Monday to Friday.",
            "now_minutes": f"Of what may be danger now, day and night: {NOW_AT_MOST} at most.",
            "now_deputy_minutes": f"If nobody has looked: {NOW_DEPUTY_AT_MOST} at most.",
            "now_manager_minutes": f"After the deputy: {NOW_MANAGER_AT_MOST} at most.",
            "soon_hours": f"Of everything else: {SOON_AT_MOST} at most, and no more than one day of your office.",
            "soon_deputy_hours": f"If nobody has looked: {SOON_DEPUTY_AT_MOST} at most.",
            "soon_manager_hours": f"After the deputy: {SOON_MANAGER_AT_MOST} at most.",
        }

    def __init__(self, *args, **kwargs) -> None:
        """Remembers what was shown, so that only what was changed is changed."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True


class HelpNumberForm(forms.Form):
    """One number to call; a row that is left empty is no number."""

    name = forms.CharField(label="Who answers", max_length=60, required=False)
    number = forms.CharField(label="Number", max_length=24, required=False)
    hours = forms.CharField(
        label="When", max_length=40, required=False, help_text="Digits are read in every language: 24/7, or 9–17."
    )
    readers = forms.ChoiceField(label="Shown to", choices=HelpNumber.Readers.choices, required=False)

    def clean(self) -> dict:
        """Asks for the other half of a number that is half there, and says what is wrong beside its field."""
        given = super().clean() or {}
        if not any(given.get(name) for name in ("name", "number", "hours")) or self.errors:
            return given
        try:
            self.as_number().clean_fields(exclude=["area"])
        except ValidationError as problem:
            self.add_error(None, problem)
        return given

    def as_number(self) -> HelpNumber:
        """What was filled in."""
        fields = ("name", "number", "hours", "readers")
        return HelpNumber(**{field: self.cleaned_data.get(field, "") for field in fields})


class _Rows(forms.BaseFormSet):
    """The rows of numbers; the same one twice is refused."""

    def clean(self) -> None:
        """Refuses a number that is there twice."""
        found = [number.digits for number in self.numbers()]
        if len(set(found)) < len(found):
            raise ValidationError("One number is there twice. Take one of the two out.")

    def numbers(self) -> list[HelpNumber]:
        """The rows that are filled in."""
        filled = (form for form in self.forms if form.is_valid() and form.cleaned_data.get("number"))
        return [form.as_number() for form in filled]


HelpNumbers = forms.formset_factory(
    HelpNumberForm,
    formset=_Rows,
    extra=MOST_HELP_NUMBERS,
    max_num=MOST_HELP_NUMBERS,
    absolute_max=MOST_HELP_NUMBERS,
    validate_max=True,
)


def rows_of(numbers: Iterable[HelpNumber]) -> list[dict[str, str]]:
    """The numbers an area has, as its form shows them."""
    fields = ("name", "number", "hours", "readers")
    return [{field: getattr(number, field) for field in fields} for number in numbers]


class ThresholdsForm(forms.ModelForm):
    """From how many people on an area shows figures."""

    class Meta:
        model = Thresholds
        fields = OF_AN_AREA


class LogoForm(forms.Form):
    """A picture beside the area's name."""

    logo = forms.FileField(
        label="Logo",
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        help_text=(
            f"JPEG, PNG, GIF, WebP, AVIF or HEIC, {LARGEST // 1024 // 1024} MB at most. It is drawn anew: where and "
            "with what it was made is not kept. SVG is not taken, because it can carry a script."
        ),
    )
