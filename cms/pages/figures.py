"""What public pages show of a release; it is read through the one door and nothing else."""

from __future__ import annotations

from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.statement import four_sentences
from feedback.releases.models import Release
from feedback.releases.released import chosen_for_others
from feedback.releases.service_information import in_words, service_information
from feedback.releases.tested import said_to_everybody


def figures_of(release: Release) -> dict:
    """What every page that shows the figures of a release shows of it."""
    return {
        "release": release,
        "period": in_words(release.quarter),
        "chosen_for_others": chosen_for_others(release),
        "tested": said_to_everybody(release),
        "questions": service_information(release),
        "why_nobody_is_found": four_sentences(ProtectionRules(**release.rules)),
    }
