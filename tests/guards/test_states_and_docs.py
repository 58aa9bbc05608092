"""Transition tables cover every state, and the generated pages say what the code says."""

from pathlib import Path

import pytest

from feedback.config.reference import models_with_states, outdated

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.mark.parametrize("model", list(models_with_states()), ids=lambda model: model.__name__)
def test_the_table_covers_every_state(model):
    states = set(model.Status)
    assert set(model.TRANSITIONS) == states
    reached = set().union(*model.TRANSITIONS.values())
    assert reached <= states
    assert states - reached <= {model._meta.get_field("status").default}


def test_the_generated_pages_are_up_to_date():
    assert outdated(REFERENCE) == []
