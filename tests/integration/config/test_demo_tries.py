"""What is refused because of chance is drawn anew; what goes wrong otherwise is said at once."""

import pytest

from feedback.accounts.models import User
from feedback.config.demo import trying
from feedback.config.demo.loading import Demo
from feedback.config.demo.trying import TRIES, load_demo
from surveys.frame.policies import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def loads(monkeypatch):
    """Counts the loads; as many of them as it holds problems fail with these."""
    tried, problems = [], []

    def load(demo):
        tried.append(User.objects.count())
        if problems:
            raise problems.pop(0)

    monkeypatch.setattr(Demo, "load", load)
    return tried, problems


def test_a_demo_that_is_refused_is_loaded_anew_from_nothing(loads):
    tried, problems = loads
    problems.extend([NotAllowed("told"), NotAllowed("told")])
    assert load_demo()
    assert len(tried) == TRIES == 3
    assert len(set(tried)) == 1
    assert User.objects.count() == tried[0]


def test_it_is_not_tried_for_ever_and_leaves_nothing(loads):
    tried, problems = loads
    problems.extend([NotAllowed("told")] * 5)
    with pytest.raises(NotAllowed):
        load_demo()
    assert len(tried) == TRIES
    assert not User.objects.exists()


def test_what_goes_wrong_otherwise_is_not_tried_again(loads):
    tried, problems = loads
    problems.append(LookupError("Something else."))
    with pytest.raises(LookupError, match="Something else"):
        load_demo()
    assert len(tried) == 1


def test_a_database_with_accounts_is_left_alone(loads):
    User.objects.create_user("somebody")
    with pytest.raises(NotAllowed, match="accounts of its own"):
        trying.load_demo()
    assert loads[0] == []
