"""What people do with packs: bring in questions that are new. What the bank has is never overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.log_actions import log

from surveys.bank.drafting import LONGEST_TITLE, bank_tree, free_slug, put_beside
from surveys.bank.models import Option, QuestionPage, Theme, Wording
from surveys.bank.packs import NEW, beside_bank
from surveys.bank.recordings import stored_as
from surveys.instrument.packs import Pack, PackedQuestion, Words

WORD = "bank.write"


@transaction.atomic
def import_questions(pack: Pack, codes: Collection[str], *, by) -> list[QuestionPage]:
    """Stores the chosen questions of a pack as drafts, all of them or none; refuses a code that the bank has by now."""
    if not by.has_perm(WORD):
        raise PermissionDenied("You have no role that lets you do this.")
    states = {one.question.code: one for one in beside_bank(pack)}
    taken = sorted(code for code in codes if code not in states or states[code].state != NEW)
    if taken:
        raise ValidationError(f"{taken[0]} is in the bank already, or is not in the file. Look at the file again.")
    if not codes:
        raise ValidationError("Choose a question first.")
    made = [_store(one.question, by) for one in states.values() if one.question.code in codes]
    named = {sound for one in states.values() if one.question.code in codes for sound in _sounds(one.question)}
    for sha256 in named:
        _keep(sha256, pack.sounds[sha256])
    return made


def _sounds(question: PackedQuestion) -> set[str]:
    said = [*question.wordings.values(), *(option.labels for option in question.options)]
    return {words.sound for one in said for words in one.values() if words.sound}


def _keep(sha256: str, sound: bytes) -> None:
    """Stores a recording under its hash, unless it is there."""
    name = stored_as(sha256)
    if default_storage.exists(name):
        return
    kept = default_storage.save(name, ContentFile(sound))
    if kept != name:  # Somebody stored the same in this moment.
        default_storage.delete(kept)


def _store(question: PackedQuestion, by) -> QuestionPage:
    tree = bank_tree()
    page = QuestionPage(
        title=_title(question, "en"),
        slug=free_slug(tree, question.code.lower().replace("_", "-")),
        code=question.code,
        kind=question.kind,
        theme=question.theme if question.theme in Theme.values else Theme.OTHER,
        is_outcome=question.is_outcome,
        live=False,
        **{"purpose": question.purpose, **_from_where(question)},
    )
    page.wordings, page.options = _wordings(question, "en"), _options(question, "en")
    tree.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    for language in question.languages[1:]:
        put_beside(
            page,
            language,
            title=_title(question, language),
            wordings=_wordings(question, language),
            options=_options(question, language),
        )
    log(page, "bank.import_question", user=by)
    return page


def _from_where(question: PackedQuestion) -> Mapping[str, str]:
    """Licence and provenance; where the bank has no field for them they stand in what the question is for."""
    fields = {field.name for field in QuestionPage._meta.get_fields()}
    said = {name: getattr(question, name) for name in ("licence", "provenance") if getattr(question, name)}
    known = {
        name: text[: QuestionPage._meta.get_field(name).max_length] for name, text in said.items() if name in fields
    }
    unknown = [f"{name.capitalize()}: {text}" for name, text in said.items() if name not in fields]
    return {**known, **({"purpose": "\n".join([question.purpose, *unknown]).strip()} if unknown else {})}


def _title(question: PackedQuestion, language: str) -> str:
    said = (wording[language].text for wording in question.wordings.values() if language in wording)
    return next(said, question.code)[:LONGEST_TITLE]


def _recorded(words: Words, language: str) -> dict[str, str]:
    """The columns of a recording; it is used beside these very words only."""
    if not words.sound:
        return {}
    of = f"{language} {hashlib.sha256(words.text.encode()).hexdigest()}"
    return {"recording": stored_as(words.sound), "recording_of": of}


def _wordings(question: PackedQuestion, language: str) -> list[Wording]:
    said = [(audience, wording[language]) for audience, wording in question.wordings.items() if language in wording]
    return [
        Wording(audience=audience, text=words.text, hint=words.hint, **_recorded(words, language))
        for audience, words in said
    ]


def _options(question: PackedQuestion, language: str) -> list[Option]:
    return [
        Option(
            code=option.code,
            audience=option.audience,
            label=option.labels[language].text,
            excludes_others=option.excludes_others,
            picture=option.picture,
            sort_order=place,
            **_recorded(option.labels[language], language),
        )
        for place, option in enumerate(question.options)
        if language in option.labels
    ]
