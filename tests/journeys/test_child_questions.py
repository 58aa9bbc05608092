"""A moderator marks what a child asks, an officer lets it out and answers, a young person agrees, a child reads it."""

ANSWER = "You can. Ask your worker to show you what they wrote, and to read it with you."
QUESTIONS = "/desk/work/child-questions/"


def finds(person, words):
    person.page.locator(".desk-cards h3 a", has_text=words).first.click()


def test_a_question_is_answered_by_several_people(visitor):
    moderator = visitor("questions-1-moderator", phone=False).signs_in("moderator")
    moderator.opens(QUESTIONS + "find/thistledown/").sees("Find questions in Thistledown").looks("find", full=True)
    # Which words are usable depends on what other journeys decided on before.
    card = moderator.page.locator(".desk-cards li", has=moderator.page.locator("[name=mark]")).last
    words = card.locator("blockquote").inner_text()
    card.get_by_role("button", name="It is a question").click()
    moderator.sees("A second person lets it out before anybody reads it.")
    officer = visitor("questions-2-officer", phone=False).signs_in("participation-officer")
    officer.opens(QUESTIONS).sees("For a second person to let out").looks("waits", full=True)
    finds(officer, words)
    officer.page.get_by_role("button", name="Let it out").click()
    officer.sees("Everybody sees it, and from today how long it waits.")
    officer.page.get_by_label("The answer").fill(ANSWER)
    officer.page.get_by_role("button", name="Check the words first").click()
    officer.sees("What the linter says of the words").looks("checked", full=True)
    officer.page.get_by_role("button", name="Keep it for a second person").click()
    officer.sees("A second person, or the care council, lets it out.")
    young = visitor("questions-3-young").signs_in("care-council-member")
    young.opens(QUESTIONS).sees("Answers for a second person")
    finds(young, words)
    young.sees(ANSWER).looks("decides", full=True)
    young.page.get_by_role("button", name="Let it out").click()
    young.sees("Children read it from now on.")
    child = visitor("questions-4-child").opens("/questions/thistledown/").sees(ANSWER).looks("read", full=True)
    child.sees("Nobody has answered yet. It has waited 33 days.")
    child.opens("/questions/thistledown/ar/").sees("ما سأله الأطفال").looks("arabic", full=True)
    child.was_alone()
