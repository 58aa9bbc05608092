"""A mother answers before and after her conference with one card, in Polish; a child at a review comes only after."""

import re

from django.utils.translation import gettext, override

from feedback.config.demo.before_and_after import CARD_OF_A_CHILD, CARD_OF_A_MOTHER


def in_language(language, message):
    with override(language):
        said = gettext(message)
    assert language == "en" or said != message
    return said


def goes_on(visitor):
    visitor.page.locator("section.s:visible a.next:visible").first.click()


def answers(visitor, language, look, *, accessible=True):
    """Walks through the questions, chooses the first answer of each, and sends them."""
    send = visitor.page.get_by_role("button", name=in_language(language, "Send"), exact=True)
    screens = 0
    while not send.is_visible():
        screens += 1
        choice = visitor.page.locator("section.s:visible[data-kind=choice] label").first
        if choice.count():
            choice.click()
        if words := visitor.page.locator("section.s:visible textarea").all():
            words[0].fill("Chciałabym dostać raport wcześniej.")
        visitor.looks(f"{look}-{screens}", full=True, accessible=accessible)
        goes_on(visitor)
    visitor.looks(f"{look}-send", full=True, accessible=accessible)
    return send


def types_code(visitor, language, code):
    visitor.page.fill("#code", code)
    visitor.page.get_by_role("button", name=in_language(language, "Go on")).click()


def test_a_mother_answers_before_and_after_her_conference_in_polish_with_one_card(visitor):
    mother = visitor("mother")
    mother.opens(f"/a/pl/#{CARD_OF_A_MOTHER}")
    mother.page.wait_for_function("() => !location.hash")
    assert mother.page.input_value("#code") == CARD_OF_A_MOTHER
    mother.looks("1-scanned")
    mother.page.get_by_role("button", name="Idź dalej").click()
    mother.sees(in_language("pl", "Is it still to come, or is it over?")).looks("2-which")
    mother.page.get_by_role("link", name=in_language("pl", "It is still to come: questions for before")).click()
    mother.sees("Przed konferencją").page.wait_for_function(f"() => !location.href.includes('{CARD_OF_A_MOTHER}')")
    send = answers(mother, "pl", "3-before")
    send.click()
    mother.sees(in_language("pl", "Thank you. We have received it.")).looks("4-thanks", full=True)

    mother.opens("/a/pl/")
    types_code(mother, "pl", f" {CARD_OF_A_MOTHER[:5].upper()} {CARD_OF_A_MOTHER[5:]}")
    mother.sees("Po konferencji")
    answers(mother, "pl", "5-after").click()
    mother.sees(in_language("pl", "Thank you. We have received it.")).looks("6-thanks", full=True)
    mother.opens("/a/pl/")
    types_code(mother, "pl", CARD_OF_A_MOTHER)
    mother.sees(in_language("pl", "This card has done its work")).looks("7-spent")
    assert mother.page.context.cookies() == []
    mother.was_alone()


def test_a_child_without_a_script_answers_only_after_a_review(visitor):
    child = visitor("review-plain", java_script_enabled=False)
    child.opens("/a/")
    types_code(child, "en", "zzzzz22222")
    child.sees("We do not know this code yet.").looks("1-wrong", accessible=False)
    types_code(child, "en", CARD_OF_A_CHILD)
    child.sees("Is it still to come, or is it over?").looks("2-which", accessible=False)
    child.page.get_by_role("link", name="It is over: questions for afterwards").click()
    child.sees("After your review meeting")
    send = answers(child, "en", "3-after", accessible=False)
    child.page.fill("#code", CARD_OF_A_MOTHER)
    send.click()
    child.sees("Please type the code that is on your card.").looks("4-foreign", accessible=False)
    child.page.fill("#code", CARD_OF_A_CHILD)
    child.page.get_by_role("button", name="Send", exact=True).click()
    child.sees("Thank you. We got it.").looks("5-thanks", accessible=False)
    child.opens("/a/")
    types_code(child, "en", CARD_OF_A_CHILD)
    child.sees("This card has done its work").looks("6-spent", accessible=False)


def test_an_officer_prepares_a_pack_and_prints_cards_in_urdu_that_a_mother_opens(visitor):
    officer = visitor("pack-officer", phone=False).signs_in("participation-officer")
    officer.opens("/desk/work/before-and-after/").looks("1-list", full=True)
    officer.page.select_option("#occasion", "conference")
    officer.page.select_option("#audience", "PARENT_CARER")
    officer.page.select_option("#council", label="Thistledown: The Lanterns")
    officer.page.fill("#decision_maker", "The head of those who lead conferences")
    officer.page.get_by_role("button", name="Prepare both sides").click()
    officer.sees("There are such questions in this area already.").looks("2-refused", full=True)
    officer.page.select_option("#occasion", "visit")
    officer.page.get_by_role("button", name="Prepare both sides").click()
    officer.sees("Both are drafted.").page.get_by_role("link", name="First visit: parents and carers").click()
    officer.sees("They can be opened when both are frozen.").looks("3-prepared", full=True)
    officer.opens("/desk/work/before-and-after/")
    officer.page.get_by_role("link", name="Child protection conference: parents and carers").click()
    officer.sees("Used both times").looks("4-open", full=True)
    officer.page.select_option("#language", "ur")
    officer.page.get_by_role("button", name="Make cards to print").click()
    code = officer.sees("Print these cards now").looks("5-cards", full=True).page.locator(".code").first.inner_text()
    mother = visitor("pack-urdu")
    mother.opens(f"/a/ur/#{re.sub(r'[^a-z0-9]', '', code)}")
    mother.page.get_by_role("button", name=in_language("ur", "Go on")).click()
    mother.sees(in_language("ur", "Is it still to come, or is it over?")).looks("1-which")
    mother.page.get_by_role("link", name=in_language("ur", "It is still to come: questions for before")).click()
    mother.sees("کانفرنس سے پہلے")
    answers(mother, "ur", "2-before")
    mother.was_alone()
