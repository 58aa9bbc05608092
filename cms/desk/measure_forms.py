"""What an analyst fills in about a measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from feedback.releases.measure import FrameworkTheme, Measure
from feedback.releases.service_information import AUDIENCES
from surveys.bank.themes import Theme
from surveys.frame.counts import every_stage
from surveys.frame.models import CODE

ASK = ("ask_1", "ask_2", "ask_3")
# Those of a measure that stand in the form under another name.
SHOWN_AS = {"ask": "ask_1"}
LONGEST_QUESTIONS = 4000


class MeasureForm(forms.Form):
    """All of a measure but its code and its voice, which stay."""

    name = forms.CharField(max_length=120, help_text="What is known then, as a reader says it: “Feels safer”.")
    kind = forms.ChoiceField(label="what came of it, or how it was done", choices=Measure.Kind.choices)
    theme = forms.ChoiceField(choices=Theme.choices)
    framework_theme = forms.ChoiceField(
        label="theme of the 2012 performance information framework", choices=FrameworkTheme.choices
    )
    stage = forms.ChoiceField(label="step of the journey", required=False)
    audiences = forms.MultipleChoiceField(
        label="who answers", choices=list(AUDIENCES.items()), widget=forms.CheckboxSelectMultiple
    )
    questions = forms.CharField(
        label="questions, and the answers that tell it",
        max_length=LONGEST_QUESTIONS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One question a line: its code, a colon, and the codes of its answers. The list below has them all.",
    )
    good_news_if = forms.CharField(
        label="it would be good news if", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    bad_news_if = forms.CharField(
        label="it would be bad news if", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    ask_1 = forms.CharField(label="first question to ask", max_length=200)
    ask_2 = forms.CharField(label="second question to ask", max_length=200)
    ask_3 = forms.CharField(label="third question to ask", max_length=200)

    def __init__(self, *args: Any, measure: Measure | None = None, **kwargs: Any) -> None:
        """Shows a measure, and remembers what was shown, so that only what was changed is changed."""
        super().__init__(*args, initial=shown(measure) if measure else None, **kwargs)
        self.fields["stage"].choices = [("", "The whole journey"), *every_stage().values_list("code", "name")]
        for field in self.fields.values():
            field.show_hidden_initial = measure is not None

    def clean_questions(self) -> dict[str, list[str]]:
        """The lines as questions and answers."""
        return read_lines(self.cleaned_data["questions"])

    def fields_given(self) -> dict[str, Any]:
        """Everything that was filled in, by the names a measure has."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in (*ASK, "code")}
        return {**given, "ask": [self.cleaned_data[name] for name in ASK]}

    def fields_changed(self) -> dict[str, Any]:
        """What is other than it was shown."""
        changed = {"ask" if name in ASK else name for name in self.changed_data}
        return {name: value for name, value in self.fields_given().items() if name in changed}

    def tried(self, act: Callable[[], Measure]) -> Measure | None:
        """Does it; or puts what is wrong under the fields it belongs to."""
        try:
            return act()
        except ValidationError as problem:
            for name, sentences in _by_field(problem).items():
                shown_as = SHOWN_AS.get(name, name)
                for sentence in sentences:
                    self.add_error(shown_as if shown_as in self.fields else None, sentence)
        return None


class NewMeasureForm(MeasureForm):
    """A measure that is made, with what stays of it."""

    code = forms.CharField(max_length=63, validators=[CODE], help_text="Short and for good, like feels-safer.")
    voice = forms.ChoiceField(
        label="whose voice", choices=Measure.VoiceOf.choices, help_text="One only: two voices are never added up."
    )
    field_order = ("code", "name", "voice", "kind")


def _by_field(problem: ValidationError) -> Mapping[str, list[str]]:
    return problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}


def shown(measure: Measure) -> dict[str, Any]:
    """A measure as its form shows it."""
    names = ("name", "kind", "theme", "framework_theme", "stage", "audiences", "good_news_if", "bad_news_if")
    lines = "\n".join(f"{code}: {', '.join(options)}" for code, options in measure.questions.items())
    return {
        **{name: getattr(measure, name) for name in names},
        "questions": lines,
        **dict(zip(ASK, measure.ask, strict=False)),
    }


def read_lines(text: str) -> dict[str, list[str]]:
    """Questions and answers from lines like `listened: yes, sometimes`."""
    found: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        code, colon, options = line.partition(":")
        if not line.strip():
            continue
        if not colon:
            raise ValidationError(f"Line {number} has no colon. Write it like this: listened: yes, sometimes")
        if code.strip() in found:
            raise ValidationError(f"“{code.strip()}” is there twice. Put its answers on one line.")
        found[code.strip()] = [option.strip() for option in options.split(",") if option.strip()]
    return found
