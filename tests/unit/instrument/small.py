"""Tiny instruments, one per behaviour."""

from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Audience


def item(code, *options, when=None, **fields):
    """A choice among options, or a text if there are none; `when="moved == yes"` shows it after that answer only."""
    rule = None
    if when:
        asked, answers = when.split(" == ")
        rule = Rule(asked, frozenset(answers.split("|")))
    fields.setdefault("kind", Kind.CHOICE if options else Kind.TEXT)
    offered = tuple(o if isinstance(o, Option) else Option(o, {"en": o.title()}) for o in options)
    return Item(code=code, texts={"en": f"{code}?"}, options=offered, rule=rule, **fields)


def several(code, *options, **fields):
    return item(code, *options, kind=Kind.MULTI, **fields)


def instrument(*items, audience=Audience.AGE_8_11, **fields):
    fields = {"title": {"en": "About you"}, "kind": "survey", "promise": "nobody_knows", "languages": ("en",), **fields}
    return Instrument(audience=audience, items=items, **fields)


YES_NO = ("yes", "no")
