"""Puts the same page in another language beside it, as a draft that nobody who speaks the language has checked."""

from __future__ import annotations

from wagtail.models import Locale, Page


def put_beside(page: Page, language: str, **said) -> Page:
    """The page in another language, with what is said in it: the same codes, so that answers add up."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    same = {field.attname: getattr(page, field.attname) for field in page._meta.local_fields if not field.primary_key}
    slug = f"{page.slug}-{locale.language_code}"
    made = type(page)(**{**same, **said}, slug=slug, locale=locale, translation_key=page.translation_key)
    parent = page.get_parent()
    # Surveys and questions hang below trees of their own in each language.
    beside = parent.get_translation_or_none(locale) or parent.copy_for_translation(locale, copy_parents=True)
    return beside.add_child(instance=made)
