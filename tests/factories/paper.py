"""Booklets that officers key."""

from urllib.parse import urlencode

from django.http import QueryDict

from feedback.accounts.roles import Role
from surveys.answering import keying
from tests.factories.people import staff


def officers(area, *names):
    """So many participation officers of an area."""
    return [staff(name, Role.PARTICIPATION_OFFICER, area=area) for name in names]


def typed(number=12, *, edition=1, language="en", after=None, **fields):
    """What is typed of a booklet: `q_listened="no"`, `helper="read"`; a list is several values."""
    fields = {"number": number, "edition": edition, "language": language, "after": after or "", **fields}
    return QueryDict(urlencode({name: value for name, value in fields.items() if value is not None}, doseq=True))


def keys(wave, person, number=12, **fields):
    """Somebody begins a booklet and keys it, as the screens do."""
    about = {name: fields[name] for name in ("edition", "language") if name in fields}
    sheet = keying.begin(wave, typed(number, **about), by=person)
    return keying.key(wave, typed(number, after=sheet.after, **fields), by=person)


def decides(wave, person, number=12, *, taken, **fields):
    """The second person says what the paper says: `taken={"listened": "first"}`."""
    about = {name: fields[name] for name in ("edition", "language") if name in fields}
    sheet = keying.begin(wave, typed(number, **about), by=person)
    decided = {keying.TAKEN + code: reading for code, reading in taken.items()}
    return keying.settle(wave, typed(number, after=sheet.after, **fields, **decided), by=person)
