"""Questions of the same people are decided on once, and others by themselves."""

from feedback.releases.alike import Decided


def test_what_is_known_already_is_not_decided_again():
    asked = []

    def decide(counts, history):
        asked.append(counts)
        return [sum(counts.values())]

    decided = Decided(decide)
    found = [decided.on(dict(counts), []) for counts in ({"a": 1}, {"a": 2}, {"a": 1})]
    assert found == [[1], [2], [1]]
    assert asked == [{"a": 1}, {"a": 2}]
    assert decided.on({"a": 1}, ["before"]) == [1]
    assert len(asked) == 3
