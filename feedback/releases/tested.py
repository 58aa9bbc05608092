"""What may be said of a release because somebody tried to find a person in it; *anonymised* is printed here only.

The sentences are for everybody: they tell that somebody tried, never who by name. Where a record says that somebody was
found, or is not sure, no page says how, because that would be a recipe.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from feedback.releases.intruder_tests import IntruderTest
from feedback.releases.models import Release
from feedback.releases.once import read_once
from surveys.frame.policies import NotAllowed

Result = IntruderTest.Result
STOPS = frozenset({Result.RIGHT, Result.NOT_KNOWN, Result.NOT_SURE})
"""What keeps a release from going out; somebody who was wrong has found nobody."""


class Verdict(Enum):
    """What the records in force say together; the worst of them counts."""

    NOT_TRIED = "not_tried"
    NOBODY_FOUND = "nobody_found"
    WRONGLY_FOUND = "wrongly_found"
    PERHAPS_FOUND = "perhaps_found"


@read_once
def tests_of(release: Release) -> list[IntruderTest]:
    """The records of a release that no later record puts right, in the order in which they were written."""
    return list(release.intruder_tests.in_force())


def verdict_on(results: Iterable[str]) -> Verdict:
    """What these results say together."""
    found = set(results)
    if not found:
        return Verdict.NOT_TRIED
    if found & STOPS:
        return Verdict.PERHAPS_FOUND
    return Verdict.NOBODY_FOUND if found == {Result.NOBODY} else Verdict.WRONGLY_FOUND


def verdict_of(release: Release) -> Verdict:
    """What the records of a release say together."""
    return verdict_on(test.result for test in tests_of(release))


def anonymised_claim(release: Release) -> str:
    """The one sentence a page, a file or a statement may print on whether a release is anonymised."""
    tests = tests_of(release)
    match verdict_on(test.result for test in tests):
        case Verdict.NOBODY_FOUND:
            return f"These figures are anonymised: {_tried(tests)} to find a person in them, and nobody was found."
        case Verdict.WRONGLY_FOUND:
            return (
                "Somebody who tried to find a person in these figures thought that they had, and were wrong. Do not "
                "guess who is behind a figure: it would be about somebody else."
            )
        case Verdict.PERHAPS_FOUND:
            return (
                "Somebody tried to find a person in these figures, and it is not certain that nobody can be found. We "
                "are deciding whether to take them back."
            )
        case _:
            return (
                "Nobody has yet tried to find a person in these figures and written down what came of it. How they are "
                "protected is described, and we claim no more than that."
            )


def _tried(tests: Sequence[IntruderTest]) -> str:
    hours = sum(test.hours for test in tests)
    who = "somebody" if len(tests) == 1 else f"{len(tests)} people, each by themselves,"
    return f"{who} tried for {hours} {'hour' if hours == 1 else 'hours'}"


def told(release: Release) -> list[str]:
    """A line for each record, for everybody: who, when, how long, with what, and the result."""
    tests = tests_of(release)
    if verdict_on(test.result for test in tests) is Verdict.PERHAPS_FOUND:
        return []
    return [_line(test) for test in tests]


def said_to_everybody(release: Release) -> dict[str, object]:
    """What `pages/release_tested.html` shows: the sentence, and a line for each record."""
    return {"said": anonymised_claim(release), "told": told(release)}


def _line(test: IntruderTest) -> str:
    hours = f"{test.hours} {'hour' if test.hours == 1 else 'hours'}"
    return (
        f"{test.get_who_display()} tried for {hours}, until {test.tried_on:%-d %B %Y}. "
        f"Known before: {'; '.join(test.knew_in_words)}. "
        f"Looked at: {'; '.join(test.sources_in_words)}. {test.get_result_display()}."
    )


def statement_of_tests(release: Release) -> str:
    """The part of statement.txt on the test, to be put behind how the figures were protected."""
    lines = "".join(f"- {line}\n" for line in told(release))
    return f"\nThe test of a motivated intruder\n\n{anonymised_claim(release)}\n{lines}"


def metadata_of_tests(release: Release) -> dict[str, object]:
    """What metadata.json and published.json say of the test: the sentence, and the records in codes."""
    says_how = verdict_of(release) is not Verdict.PERHAPS_FOUND
    return {
        "tested": anonymised_claim(release),
        "intruder_tests": [_in_codes(test) for test in tests_of(release)] if says_how else [],
    }


def _in_codes(test: IntruderTest) -> dict[str, object]:
    return {
        "who": test.who,
        "until": test.tried_on.isoformat(),
        "hours": test.hours,
        "knew": test.knew,
        "sources": test.sources,
        "result": test.result,
    }


def why_it_stops(release: Release) -> str:
    """Why a release may not go out, or should be withdrawn, in a sentence; nothing if no record speaks against it."""
    found = {test.result for test in tests_of(release)} & STOPS
    if not found:
        return ""
    if found == {Result.NOT_SURE}:
        said = "Somebody who tried to find a person in this release is not sure that they did not."
    else:
        said = "Somebody who tried to find a person in this release says that they did."
    if release.status == Release.Status.PUBLISHED:
        return f"{said} Withdraw it as a whole, and tell the lead for data protection today."
    return f"{said} It cannot be published. Return it with the reason, and tell the lead for data protection."


def check_nobody_was_found(release: Release) -> None:
    """Refuses to publish what somebody was found in, or may have been."""
    if why := why_it_stops(release):
        raise NotAllowed(why)
