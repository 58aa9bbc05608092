"""A moderator decides on thirty comments on a phone, and marks words by touch; without a script it works as well."""

import pytest

THIRTY = 30


@pytest.fixture
def moderator(visitor):
    return visitor("moderator-phone").signs_in("moderator")


def reads(person):
    return person.page.locator("#reads").inner_text()


def test_thirty_comments_on_a_phone(moderator):
    person, page = moderator, moderator.page
    person.opens("/desk/work/comments/").looks("comments")
    page.get_by_role("link", name="Begin with the next").click()
    for number in range(THIRTY):
        person.sees("As others would read it")
        if number == 0:
            first = page.locator(".word").first
            before = reads(person)
            first.click()
            assert reads(person) != before
            first.click()
            assert reads(person) == before
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            person.looks("comment", full=True)
        where = page.url
        page.get_by_role("button", name="Usable", exact=False).first.click()
        page.wait_for_url(lambda url, where=where: url != where)
    person.looks("after-thirty")
    person.was_alone()


def test_without_a_script(visitor):
    person = visitor("moderator-plain", phone=False, java_script_enabled=False).signs_in("moderator")
    page = person.page
    person.opens("/desk/work/comments/")
    page.get_by_role("link", name="Begin with the next").click()
    before = reads(person)
    page.locator(".word input").first.click(force=True)
    page.get_by_role("button", name="Show how it reads").click()
    person.sees("As others would read it")
    assert reads(person) != before
    page.get_by_role("button", name="Not usable").click()
    person.sees("no word of it is kept")
