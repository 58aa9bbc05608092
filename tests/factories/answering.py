"""Responses that arrived."""

import uuid

from surveys.responses.actions import Place, new_response, record

WORRY = "he hits me when he is drunk"


def arrives(wave, words, *, key=None):
    """A response with these words, stored as a device's delivery stores it."""
    response = new_response(
        key or uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id), answers={"words": words},
        language="en", helper="alone",
    )  # fmt: skip
    record(response)
    return response
