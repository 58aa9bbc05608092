"""Two leads do the same at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from feedback.safeguarding.code_actions import agree_to_code, ask_for_code, refuse_code
from feedback.safeguarding.codes import CodeOpening
from tests.factories.opening import coded_wave, two_leads, worry

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def both(*attempts):
    """How many came through, tried at once over connections of their own."""

    def act(do):
        try:
            do()
        except ValidationError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(len(attempts)) as pool:
        return sum(pool.map(act, attempts))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one write at a time")
def test_two_ask_and_one_is_asked():
    wave = coded_wave()
    one, two = two_leads(wave.area)
    concern, _, _ = worry(wave, read_by=one)
    same = type(concern).objects.get(pk=concern.pk)
    assert (
        both(
            lambda: ask_for_code(concern, reason="They are hit.", by=one),
            lambda: ask_for_code(same, reason="They are hit.", by=two),
        )
        == 1
    )
    assert CodeOpening.objects.count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one write at a time")
def test_one_agrees_and_another_refuses_and_one_of_it_holds():
    from feedback.accounts.roles import Role
    from tests.factories.people import staff

    wave = coded_wave()
    one, two = two_leads(wave.area)
    three = staff("three", Role.SAFEGUARDING_LEAD, area=wave.area)
    concern, _, _ = worry(wave, read_by=one)
    opening = ask_for_code(concern, reason="They are hit.", by=one)
    same = CodeOpening.objects.get(pk=opening.pk)
    assert (
        both(lambda: agree_to_code(opening, reason="Yes.", by=two), lambda: refuse_code(same, reason="No.", by=three))
        == 1
    )
