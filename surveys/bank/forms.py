"""The form in which a question is worded."""

from __future__ import annotations

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from surveys.bank.policies import NotAllowed, check_words_may_be_asked
from surveys.bank.words import Words, changed, how_it_asks, words

LONGEST_REASON = 500
SAY_WHY = "A care council approved these words. Say in a sentence why they change; it stands in the question's history."


class QuestionForm(WagtailAdminPageForm):
    """Asks why approved words change, and publishes no other words in their place."""

    reason = forms.CharField(
        label="Why the words change",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Needed where a care council approved them. Whoever works on questions reads it, so name nobody.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # As the last draft has them, before the form puts anything in.
        self._before = how_it_asks(self.instance) if self.instance.pk else words("", [], [])

    def clean(self) -> dict:
        """Refuses a change of approved words without a reason, and publishing what nobody approved."""
        cleaned = super().clean()
        self._after = self._typed(cleaned)
        if self._changed and self._was_approved and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", SAY_WHY)
        if "action-publish" in self.data:
            self._check_may_be_published()
        return cleaned

    @property
    def _was_approved(self) -> bool:
        return bool(self.instance.pk and self.instance.approved_on and self.instance.is_original)

    @property
    def _changed(self) -> dict[str, list[str]]:
        return changed(self._before, self._after) if self.instance.pk else {}

    def _check_may_be_published(self) -> None:
        if not self.instance.pk:
            return
        try:
            check_words_may_be_asked(type(self.instance).objects.get(pk=self.instance.pk), self._after)
        except NotAllowed as problem:
            self.add_error(None, problem)

    def _typed(self, cleaned: dict) -> Words:
        """The words that were typed; while some of it cannot be used, and is refused, those from before."""
        if not all(self.formsets[name].is_valid() for name in ("wordings", "options")):
            return self._before
        texts = [(row["audience"], row["text"], row["hint"]) for row in self._rows("wordings")]
        fields = ("audience", "code", "label", "excludes_others", "picture")
        offered = [tuple(row[field] for field in fields) for row in self._rows("options")]
        return words(cleaned.get("kind", self.instance.kind), texts, offered)

    def _rows(self, name: str) -> list[dict]:
        """What was typed for the parts of the question, in their order."""
        return [form.cleaned_data for form in self.formsets[name].ordered_forms if form.cleaned_data]

    def save(self, commit: bool = True):
        """The question, which knows what changed and why until the log knows it."""
        page = super().save(commit=commit)
        page.change = {"changed": self._changed, "reason": (self.cleaned_data.get("reason") or "").strip()}
        return page
