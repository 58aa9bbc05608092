"""The forms of promises: one for everybody and each audience, in words of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from feedback.accounts.rights import people_with
from feedback.promises.actions import Plan
from feedback.promises.citing import citable, cited
from feedback.promises.models import EVERYBODY, LONGEST_SHOWN_AS, LONGEST_TOLD, LONGEST_WORDS, OWN, READERS, Promise
from feedback.promises.policies import NAMES, Outcome, Said
from surveys.bank.themes import Theme
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES

PLACES = (EVERYBODY, *READERS)
DAY = {"type": "date"}
WILL, CANNOT = "will", "cannot"
# Longer than any text that is kept, so that a sentence says by how much; nothing is read beyond it.
MOST_TYPED = 5000


def box(label: str, longest: int, *, required: bool = False) -> forms.CharField:
    """A box for words that everybody reads; a sentence says by how much they are too long."""
    widget = forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"})
    words = {"max_length": f"This is far too long: use at most {longest} letters."}
    return forms.CharField(label=label, required=required, max_length=MOST_TYPED, widget=widget, error_messages=words)


def said_by(problem: ValidationError, form: forms.Form) -> None:
    """Puts what was refused beside the fields it is about."""
    for name, sentences in getattr(problem, "message_dict", {None: problem.messages}).items():
        form.add_error(name if name in form.fields else None, sentences)


class OwnedForm(forms.Form):
    """Who answers for it, and as whom they are shown."""

    owner = forms.ChoiceField(error_messages={"invalid_choice": "Choose one of the people who are offered."})
    shown_as = forms.CharField(
        label="How the owner is shown in public: a role, or a name if they want that", max_length=LONGEST_SHOWN_AS
    )
    agreed = forms.BooleanField(
        label="The owner knows, and agreed to be shown like this",
        error_messages={"required": "Ask the owner first: children will see who looks after this."},
    )

    def __init__(self, request: HttpRequest, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(request.POST if request.method == "POST" else None, *args, **kwargs)
        self.people = {str(person.pk): person for person in people_with([OWN], where=area)}
        named = [(pk, person.get_full_name() or person.get_username()) for pk, person in self.people.items()]
        self.fields["owner"].choices = [("", "Choose"), *sorted(named, key=lambda one: one[1].lower())]


class PromiseForm(OwnedForm):
    """A new promise: about what, in whose words, who answers for it, and by when."""

    theme = forms.ChoiceField(label="What it is about", choices=[("", "Choose"), *Theme.choices])
    language = forms.ChoiceField(label="The language you write in", choices=list(LANGUAGES.items()), initial="en")
    answers = forms.ChoiceField(label="What was asked and published, if it answers that", required=False)
    kind = forms.ChoiceField(
        label="What you say",
        choices=[(WILL, "We will do it"), (CANNOT, "We can’t do it, because …")],
        initial=WILL,
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(
        label="By which day (not if it cannot be done)", required=False, widget=forms.DateInput(attrs=DAY)
    )
    field_order = ("theme", "answers", "kind", "due_on", "language", "owner", "shown_as", "agreed")

    def __init__(self, request: HttpRequest, area: Area) -> None:
        super().__init__(request, area)
        self.area = area
        self.fields["answers"].choices = [("", "Nothing that was published"), *citable(area)]
        for place in PLACES:
            self.fields[f"said_{place}"] = box("You said", LONGEST_WORDS, required=place == EVERYBODY)
            self.fields[f"will_{place}"] = box("We will; or: we can’t, because", LONGEST_TOLD)

    def first(self) -> list[forms.BoundField]:
        """What is not in anybody's words."""
        return [self[name] for name in self.field_order]

    def places(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField, bool]]:
        """The two boxes of each audience, and whether there is something in them."""
        for place in PLACES:
            said, will = self[f"said_{place}"], self[f"will_{place}"]
            yield NAMES[place], said, will, place == EVERYBODY or bool(said.value() or will.value())

    def texts(self) -> list[tuple[str, str, str]]:
        """Every text that is typed so far, with its audience and language."""
        language = self["language"].value() or "en"
        boxes = [(place, str(self[f"{part}_{place}"].value() or "")) for place in PLACES for part in ("said", "will")]
        return [(place, language, text[:MOST_TYPED]) for place, text in boxes if text]

    def plan(self) -> Plan:
        """What somebody wants to promise, from a form that is whole."""
        given, language = self.cleaned_data, self.cleaned_data["language"]
        is_promised = given["kind"] == WILL
        release, question = cited(self.area, given["answers"])
        written = [(one, given[f"said_{one}"], given[f"will_{one}"]) for one in PLACES]
        written = [(one, said, will) for one, said, will in written if said or will]
        return Plan(
            theme=given["theme"],
            owner=self.people[given["owner"]],
            shown_as=given["shown_as"],
            words=[Said(one, language, said, will if is_promised else "") for one, said, will in written],
            due_on=given["due_on"],
            language=language,
            release=release,
            question=question,
            because=() if is_promised else _because(written, language),
        )

    def try_to(self, do: Callable[[], Promise]) -> Promise | None:
        """What comes of it; or nothing, and the form says why."""
        try:
            return do()
        except ValidationError as problem:
            said_by(problem, self)
            return None


def _because(written: list[tuple[str, str, str]], language: str) -> list[Outcome]:
    # One that is left empty is refused with a sentence, and must not read as if something were promised.
    return [Outcome(one, language, why) for one, _, why in written] or [Outcome(EVERYBODY, language, "")]


class OutcomeForm(forms.Form):
    """What we did, or why not, or why another day: in the words of each audience the promise is about."""

    def __init__(self, request: HttpRequest, promise: Promise, *, asks_day: bool, label: str) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.language = promise.language
        audiences = {words.audience for words in promise.words.all()}
        self.audiences = [place for place in PLACES if place in audiences]
        if asks_day:
            self.fields["due_on"] = forms.DateField(label="The new day", widget=forms.DateInput(attrs=DAY))
        for place in self.audiences:
            self.fields[f"told_{place}"] = box(f"{label}, for {NAMES[place]}", LONGEST_TOLD, required=True)

    def told(self) -> list[Outcome]:
        """The words of each audience."""
        return [Outcome(one, self.language, self.cleaned_data.get(f"told_{one}", "")) for one in self.audiences]

    def texts(self) -> list[tuple[str, str, str]]:
        """Every text that is typed so far, with its audience and language."""
        boxes = [(one, str(self[f"told_{one}"].value() or "")) for one in self.audiences]
        return [(one, self.language, text[:MOST_TYPED]) for one, text in boxes]


class WordsForm(forms.Form):
    """The words of a promise in another language, for those of its audiences that somebody wants to write them for."""

    language = forms.ChoiceField(label="Language")

    def __init__(self, request: HttpRequest, promise: Promise) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.promise = promise
        first = [words for words in promise.words.all() if words.language == promise.language]
        self.first = sorted(first, key=lambda one: PLACES.index(one.audience))
        others = [(code, name) for code, name in LANGUAGES.items() if code != promise.language]
        self.fields["language"].choices = others
        self.ended = {words.audience: words.text for words in promise.states.last().words.all()}
        for words in self.first:
            who = NAMES[words.audience]
            self.fields[f"said_{words.audience}"] = box(f"{words.you_said} ({who})", LONGEST_WORDS)
            if words.we_will:
                self.fields[f"will_{words.audience}"] = box(f"{words.we_will} ({who})", LONGEST_WORDS)
            if told := self.ended.get(words.audience):
                self.fields[f"told_{words.audience}"] = box(f"{told} ({who})", LONGEST_TOLD)

    def words(self) -> tuple[list[Said], list[Outcome]]:
        """What was written: of the promise, and of what came of it."""
        given, language = self.cleaned_data, self.cleaned_data["language"]
        places = [words.audience for words in self.first]
        said = [
            Said(one, language, given[f"said_{one}"], given.get(f"will_{one}", ""))
            for one in places
            if given[f"said_{one}"] or given.get(f"will_{one}")
        ]
        told = [Outcome(one, language, given.get(f"told_{one}", "")) for one in places]
        return said, told
