"""What goes along when an area becomes part of another, and what stays where it was, each with its reason.

A guard compares this with every model that belongs to an area, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.anonymisation.comments import Comment
from feedback.anonymisation.proposals import WordProposal
from feedback.safeguarding.models import Concern, Setting
from surveys.fieldwork.licences import LicensedScale
from surveys.frame.models import Area
from surveys.responses.blockages import NamedBlockage
from surveys.responses.letters import Letter
from surveys.responses.models import ContactMessage, Response
from surveys.responses.together import FamilyCard, Goal

Moves = Mapping[type[models.Model], Q]
# What somebody has to read, answer or find again; with a condition, only what nobody is done with.
CARRIED: Moves = {
    Response: Q(),
    Letter: Q(),
    ContactMessage: Q(),
    Concern: Q(),
    NamedBlockage: Q(),
    FamilyCard: Q(),
    Goal: Q(),
    WordProposal: Q(),
    Comment: Q(status=Comment.Status.REDACTED),
}
# Carried too, in a way of their own.
ONE_BY_ONE = (LicensedScale, Setting)
STAYS: Mapping[str, str] = {
    "frame.Area": "Says itself which area it became part of.",
    "frame.HelpNumber": "Of the old area’s pages, which lead to the other’s.",
    "frame.Thresholds": "What was promised to those who answered before.",
    "frame.Service": "Made known in the other area beside its own, by code.",
    "frame.Stratum": "How many there were when they could be asked.",
    "design.CareCouncil": "Who designed what was asked.",
    "design.AreaSurveysPage": "Where the old area’s surveys are.",
    "fieldwork.Wave": "Closed before; what comes late goes along.",
    "fieldwork.OpenLink": "Leads to a closed wave.",
    "fieldwork.Invitation": "Leads to a closed wave.",
    "fieldwork.OccasionPack": "Its waves are closed.",
    "accounts.RoleHeld": "Who may do what in the other area is for its administrator to say.",
    "safeguarding.Duty": "Who is on duty in the other area is on duty for what went there.",
    "safeguarding.Alarm": "The other area’s own counts what went there.",
    "safeguarding.Delivery": "Says whom of the old duty a message could not reach.",
    "anonymisation.CommentTheme": "Rests on quotes of what the old area published.",
    "responses.Talk": "Is read, decided on and erased by the other area by itself.",
    "anonymisation.ToldTalk": "Is told by the other area by itself.",
    "anonymisation.CodedResponse": "Goes along by itself while it is in no block.",
    "anonymisation.ClosedQuarter": "What was closed stays closed.",
    "releases.Measure": "Reads what the old area published.",
    "releases.OpenedCodes": "Stays beside the release it is about.",
    "releases.PopulationFigure": "Was counted in the old area.",
    "releases.Release": "What was published stays where it is.",
    "releases.ClosedWindow": "What was closed stays closed.",
    "releases.BlockTally": "Belongs to a closed block.",
    "inspection.Grant": "Was given for the old area.",
    "inspection.InspectionSample": "Was drawn in the old area.",
    "promises.ChildQuestion": "Stands on the other area’s page by itself.",
    "promises.Promise": "Is answered for by the other area by itself.",
    "promises.Blockage": "Stands on the other area’s board by itself.",
    "promises.BlockageReview": "Says when the old board was looked through.",
    "findings.SharedFinding": "Rests on what the old area published.",
    "pages.HomePage": "Leads to the other area’s pages.",
}


def carry_words(old: Area, into: Area) -> None:
    """Moves what somebody has to read, answer or find again to the other area; done twice, it does nothing more."""
    _carry_settings(old, into)
    _carry_licences(old, into)
    for model, waiting in CARRIED.items():
        model._default_manager.filter(waiting, area=old).update(area=into)


def carry_what_came_late(*, by=None) -> None:
    """The same for what came after an area had become part of another; the sweep has no person behind it."""
    for old in Area.objects.exclude(merged_into=None).select_related("merged_into").order_by("merged_on", "pk"):
        carry_words(old, old.merged_into)


def _carry_settings(old: Area, into: Area) -> None:
    """A place of the same name is one place from now on."""
    there = dict(Setting.objects.filter(area=into).values_list("name", "pk"))
    for place in Setting.objects.filter(area=old):
        if place.name in there:
            Concern.objects.filter(setting=place).update(setting=there[place.name])
        else:
            Setting.objects.filter(pk=place.pk).update(area=into)


def _carry_licences(old: Area, into: Area) -> None:
    """Of one version the other area’s own loading stays in use, and the old one is kept for what was answered."""
    today = timezone.localdate()
    current = set(LicensedScale.objects.current().filter(area=into).values_list("record", "version"))
    for scale in LicensedScale.objects.filter(area=old):
        ended = scale.ended_on or (today if (scale.record, scale.version) in current else None)
        LicensedScale.objects.filter(pk=scale.pk).update(area=into, ended_on=ended)


__all__ = ["CARRIED", "ONE_BY_ONE", "STAYS", "carry_what_came_late", "carry_words"]
