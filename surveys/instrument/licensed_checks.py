"""Whether what was loaded of a scale is whole: every item, every language, every value that a score can have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from surveys.instrument.licensed import Licensed
from surveys.instrument.scoring import Band, attainable


def check_licensed(one: Licensed) -> list[str]:
    """Everything that is wrong with it, as sentences; what follows from a fault is not said with it."""
    return list(_words(one)) or list(_points(one)) or list(_bands(one))


def _words(one: Licensed) -> Iterator[str]:
    if not one.languages:
        yield "There is no line notice. The notice must be shown with the items: add it in each language."
    if missing := [item for item in one.about.items if item not in one.items]:
        yield f"There is no line for the item {missing[0]}. {one.about.name} has {len(one.about.items)}: add it."
    if strange := [item for item in one.items if item not in one.about.items]:
        yield f"{one.about.name} has no item {strange[0][:60]}. Remove its line."
    if not one.options:
        yield "There is no line for an option. Add those of the licensed version."
    for what, texts in _spoken(one):
        if missing := [language for language in one.languages if language not in texts]:
            yield f"{what} is not there in {missing[0]}, in which the notice is. Add it, or remove the language."
        if more := [language for language in texts if language not in one.languages]:
            yield f"{what} is there in {more[0]}, in which there is no notice. Add the notice of that licensed version."


def _spoken(one: Licensed) -> Iterator[tuple[str, dict[str, str]]]:
    yield from ((f"The item {item}", dict(texts)) for item, texts in one.items.items())
    yield from ((f"The option {option.code}", dict(option.texts)) for option in one.options)
    yield from ((f"A band of {band.scale}", dict(band.texts)) for band in one.bands)
    yield from ((f"The meaning of {scale}", dict(texts)) for scale, texts in one.meanings.items())
    if one.introduction:
        yield "The introduction", dict(one.introduction)


def _points(one: Licensed) -> Iterator[str]:
    if strange := [item for option in one.options for item in option.items if item not in one.items]:
        yield f"An option is of the item {strange[0][:60]}, which is not there. Correct its items."
        return
    for item in one.items:
        points = [option.points for option in one.options_of(item) if option.points is not None]
        if len(set(points)) < 2:
            yield f"The item {item} has fewer than two options with points. Write the points of each option."
        elif one.about.points and sorted(points) != list(one.about.points):
            needed = ", ".join(map(str, one.about.points))
            yield f"The options of the item {item} must give {needed} points, each once. Compare your copy."
    scales = {rule.code for rule in one.rules}
    if strange := [code for code in (*one.meanings, *(band.scale for band in one.bands)) if code not in scales]:
        yield f"There is no scale {strange[0][:60]}. Write one of {', '.join(sorted(scales))}."
    if missing := [rule.code for rule in one.rules if rule.code not in one.meanings]:
        yield f"There is no line meaning of the scale {missing[0]}. Say in a sentence what a higher number means."
    if one.bands and not one.norm:
        yield "There are bands, and no line licence,norm. Say of whom and of which country the norm is."


def _bands(one: Licensed) -> Iterator[str]:
    values: dict[str, frozenset[Decimal]] = {}
    for rule in one.rules:
        values[rule.code] = attainable(rule, one.ranges, values)
        bands = [band for band in one.bands if band.scale == rule.code]
        if bands:
            yield from _gaps(rule.code, sorted(values[rule.code]), bands)


def _gaps(scale: str, values: list[Decimal], bands: list[Band]) -> Iterator[str]:
    for value in values:
        many = sum(band.lowest <= value <= band.highest for band in bands)
        if many != 1:
            is_in = "in no band" if many == 0 else "in more than one band"
            yield f"A score of {value} in the scale {scale} is {is_in}. Correct lowest and highest."
            return
