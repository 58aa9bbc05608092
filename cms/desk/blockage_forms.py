"""The forms of the board: words for everybody, who looks after it, what is answered, and why it is taken off."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from cms.desk.promise_forms import DAY, OwnedForm, box
from feedback.promises.blockage_actions import ANSWERS, Answer
from feedback.promises.blockages import Blockage
from feedback.promises.models import LONGEST_TOLD, LONGEST_WORDS
from surveys.instrument.wording import LANGUAGES

Status = Blockage.Status


def _given(request: HttpRequest, step: str):
    return request.POST if request.method == "POST" and request.POST.get("step") == step else None


class WordedForm(forms.Form):
    """What gets in the way, in words for everybody."""

    language = forms.ChoiceField(label="The language you write in", choices=list(LANGUAGES.items()), initial="en")

    def __init__(self, request: HttpRequest, step: str, **kwargs) -> None:
        super().__init__(_given(request, step), **kwargs)
        self.fields["words"] = box("What gets in the way, in your own words", LONGEST_WORDS, required=True)
        self.order_fields(["words", "language"])


class LooksAfterForm(OwnedForm):
    """Who looks after something on the board, and as whom they are shown."""

    def __init__(self, request: HttpRequest, blockage: Blockage) -> None:
        super().__init__(request, blockage.place, initial={"shown_as": blockage.shown_as, "owner": blockage.owner_id})
        if request.POST.get("step") != "give":
            self.data, self.is_bound = {}, False


class AnswerForm(forms.Form):
    """What is answered in public."""

    status = forms.ChoiceField(
        label="What you answer",
        choices=[
            (Status.CHANGED, "We changed it"),
            (Status.WILL, "We will, by a day"),
            (Status.CANNOT, "We can’t, because"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you answer."},
    )
    due_on = forms.DateField(label="By which day, if you will", required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, request: HttpRequest, blockage: Blockage) -> None:
        super().__init__(_given(request, "answer"))
        may = Blockage.TRANSITIONS[Status(blockage.status)] & set(ANSWERS)
        self.fields["status"].choices = [one for one in self.fields["status"].choices if one[0] in may]
        self.fields["text"] = box(
            "What everybody reads: what you changed, will do, or why not", LONGEST_TOLD, required=True
        )
        self.order_fields(["status", "text", "due_on"])

    def answer(self) -> Answer:
        """What is answered, from a form that is whole."""
        given = self.cleaned_data
        return Answer(given["status"], given["text"], given["due_on"])


class RecallForm(forms.Form):
    """Why something is taken off the board, where everybody read it."""

    def __init__(self, request: HttpRequest, blockage: Blockage) -> None:
        super().__init__(_given(request, "recall"))
        is_public = blockage.status in Blockage.PUBLIC
        label = (
            "Why it is taken off; everybody reads this" if is_public else "Nobody has read it, so no reason is needed"
        )
        self.fields["because"] = box(label, LONGEST_TOLD, required=is_public)


class JoinForm(forms.Form):
    """Which other one on the board is the same."""

    other = forms.ChoiceField(
        label="The same as",
        error_messages={"required": "Choose the other one.", "invalid_choice": "Choose the other one."},
    )

    def __init__(self, request: HttpRequest, others: list[Blockage], step: str = "join") -> None:
        super().__init__(_given(request, step))
        self.others = {str(one.pk): one for one in others}
        self.fields["other"].choices = [("", "Choose"), *((pk, one.words) for pk, one in self.others.items())]

    def chosen(self) -> Blockage:
        """The other one."""
        return self.others[self.cleaned_data["other"]]
