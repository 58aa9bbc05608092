"""The noise: keyed, drawn once per population and answer, and made to add up (A1, A2 rule 4, A3)."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cache, lru_cache
from math import ceil, sqrt
from pathlib import Path

from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.table import Tally

PERSON = b"sdc-noise-v1"
SECRET_BYTES = 32
ONE_CHOICE = 2
BOUND_IN_SD = 4
_WHOLE = 2**64
_CUT_FILE = Path(__file__).with_name("noise_cuts.json")


class ProtectionError(ValueError):
    """Raised when figures cannot be protected; nothing may be published then."""


def cut_points(sd: float, bound: int) -> tuple[int, ...]:
    """Where 64 random bits are cut into -bound..bound, so that the noise is a discrete Gaussian with this sd.

    The probability of v is proportional to exp(-v²/(2 sd²)); a cut is round(2^64 · cumulative), the last one 2^64.
    """
    with localcontext() as context:
        context.prec = 60
        weights = [(-Decimal(v * v) / (2 * Decimal(repr(sd)) ** 2)).exp() for v in range(-bound, bound + 1)]
        total, cumulative, cuts = sum(weights), Decimal(0), []
        for weight in weights:
            cumulative += weight
            cuts.append(int((cumulative / total * _WHOLE).to_integral_value(ROUND_HALF_EVEN)))
    return (*cuts[:-1], _WHOLE)


def checksum(cuts: tuple[int, ...]) -> str:
    """The SHA-256, in hexadecimal, of cut points written in a row."""
    return hashlib.sha256(" ".join(map(str, cuts)).encode()).hexdigest()


@cache
def cuts_of(sd: float, bound: int) -> tuple[int, ...]:
    """The cut points of this noise: those kept in a file, if they are these and undamaged, else worked out."""
    kept = json.loads(_CUT_FILE.read_text())
    if (kept["sd"], kept["bound"]) != (sd, bound):
        return cut_points(sd, bound)
    cuts = tuple(int(cut) for cut in kept["cuts"])
    if checksum(cuts) != kept["sha256"]:
        raise ProtectionError("The file of cut points is damaged. Restore noise_cuts.json; publish nothing until then.")
    return cuts


def noise(
    keysum: int, *, n: int, base_key: int, question: str, option: str, secret: bytes, rules: ProtectionRules
) -> int:
    """By how much one count is moved, in respondents.

    The same respondents always give the same noise, whatever table they are counted in (P5); a cell that nobody
    chose has noise of its own, from its population's key, the question and the option (P6).
    """
    if len(secret) != SECRET_BYTES:
        raise ProtectionError(f"The secret has {len(secret)} bytes; it must have {SECRET_BYTES}.")
    if n < 0:
        raise ProtectionError("A count is below nought, so a response was taken away that was never counted.")
    message = b"\x01" + keysum.to_bytes(8, "big") if n else message_of_nobody(base_key, question, option)
    hashed = hashlib.blake2b(message, digest_size=8, key=secret, person=PERSON).digest()
    return bisect_right(cuts_of(rules.sd, rules.bound), int.from_bytes(hashed, "big")) - rules.bound


def message_of_nobody(base_key: int, question: str, option: str) -> bytes:
    """What is hashed for a cell that nobody chose, so that it has a noise of its own."""
    return b"\x00" + base_key.to_bytes(8, "big") + question.encode() + b"\x1f" + option.encode()


def rules_for_cells(most_cells: int, rules: ProtectionRules) -> ProtectionRules:
    """The rules of a question where one respondent's answer can change so many cells of a table at once.

    One choice changes two cells: the one it was in, the one it is in now. Where several answers can be given together
    it may be more, and an all-knowing attacker's best guess is right Phi(sqrt(cells · tables) / (2 sd)) of the time
    (A1), so the noise grows with the square root of half the cells.
    """
    return rules if most_cells <= ONE_CHOICE else _noisier(most_cells, rules)


# A page asks for the same few rules hundreds of times.
@lru_cache(maxsize=256)
def _noisier(most_cells: int, rules: ProtectionRules) -> ProtectionRules:
    sd = round(rules.sd * sqrt(most_cells / ONE_CHOICE), 4)
    return replace(rules, sd=sd, bound=ceil(BOUND_IN_SD * sd), mask=ceil(rules.mask * sd / rules.sd))


def protect(
    tallies: Mapping[str, Tally],
    *,
    question: str,
    secret: bytes,
    rules: ProtectionRules,
    respondents: float | None = None,
) -> dict[str, float]:
    """The protected value of each option: its count plus noise, moved so that all of them sum to the respondents.

    The sum is the true number of respondents, which is no answer; a question asked only after certain answers passes
    the protected value of those as `respondents` instead (A2 rule 4). Raises ProtectionError if there is no option.
    """
    base_key = sum(tally.keysum for tally in tallies.values())
    moved = _moved(tallies, base_key=base_key, question=question, secret=secret, rules=rules)
    whole = sum(tally.n for tally in tallies.values()) if respondents is None else respondents
    share = (whole - sum(moved.values())) / len(moved)
    return {option: value + share for option, value in moved.items()}


def protect_several(
    tallies: Mapping[str, Tally], *, everybody: Tally, question: str, secret: bytes, rules: ProtectionRules
) -> dict[str, float]:
    """The protected value of each option where several can be given together: its count plus noise, no more.

    They do not sum to anything, and how many did *not* choose one is never a cell of its own. `rules` are those of
    `rules_for_cells`.
    """
    return _moved(tallies, base_key=everybody.keysum, question=question, secret=secret, rules=rules)


def _moved(
    tallies: Mapping[str, Tally], *, base_key: int, question: str, secret: bytes, rules: ProtectionRules
) -> dict[str, float]:
    if not tallies:
        raise ProtectionError(f"{question} has no options, so there is nothing to protect.")
    return {
        option: float(t.n)
        + noise(t.keysum, n=t.n, base_key=base_key, question=question, option=option, secret=secret, rules=rules)
        for option, t in tallies.items()
    }
