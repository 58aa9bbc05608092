"""An analyst proposes what the board wants to know, another person approves it, and a board officer reads it."""


def test_a_measure_is_made_refused_and_read(visitor):
    analyst = visitor("measure-analyst", phone=False).signs_in("board-analyst")
    analyst.opens("/desk/work/measures/?area=thistledown").sees("Feels safer than before").looks("measures")
    analyst.page.get_by_role("link", name="Make a measure").click()
    form = {
        "Code": "plan-with-a-say",
        "Name": "Had a say, above the target",
        "Questions, and the answers that tell it": "had_a_say: yes",
        "It would be good news if": "Young people can say what they changed.",
        "It would be bad news if": "They were asked when it was decided.",
        "First question to ask": "What was changed?",
        "Second question to ask": "Who was not asked?",
        "Third question to ask": "Who told them what became of it?",
    }
    for label, text in form.items():
        analyst.page.get_by_label(label, exact=True).fill(text)
    analyst.page.get_by_label("12 to 17 year olds").check()
    analyst.page.get_by_role("button", name="Propose this measure").click()
    analyst.sees("makes a target, a ranking or a traffic light").looks("measure-refused")
    analyst.problems.clear()  # a refusal is an answer of the 400s, and a browser writes that down
    analyst.page.get_by_label("Name", exact=True).fill("Had a say in their plan")
    analyst.page.get_by_role("button", name="Propose this measure").click()
    analyst.sees("What it would read").sees("It waits for a second person.")
    analyst.sees("Did you have a say in your plan?").looks("measure")
    analyst.was_alone()

    checker = visitor("measure-checker", phone=False).signs_in("output-checker")
    checker.opens("/desk/work/measures/?area=thistledown").sees("Waiting for a second person")
    checker.page.get_by_role("link", name="Had a say in their plan").click()
    checker.sees("Approve it, or send it back").looks("measure-to-approve")
    checker.page.get_by_role("button", name="Approve", exact=True).click()
    checker.sees("Approved. Everybody reads it so").sees("What it reads now").looks("measure-approved")
    checker.was_alone()

    officer = visitor("measure-officer").signs_in("board-officer")
    officer.opens("/desk/work/measures/?area=thistledown").sees("Had a say in their plan")
    officer.page.get_by_role("link", name="Had a say in their plan").click()
    officer.sees("Three questions to ask").looks("measure-read")
    officer.opens("/desk/work/population/").sees("Invented for the demo").looks("population")
    officer.was_alone()
