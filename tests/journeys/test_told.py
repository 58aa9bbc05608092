"""A board member who has never been here reads what was said, how sure that is, who is missing and what to ask next."""

import re


def test_a_board_member_reads_from_the_overview_to_a_question_and_back(visitor):
    board = visitor("told", phone=False).opens("/thistledown/results/")
    board.sees("What was said").sees("How sure are we?").sees("Who is missing?").sees("What to ask next")
    board.looks("overview", full=True)
    board.page.get_by_role("link", name="Everything about this question").click()
    board.sees("As they saw and heard it").sees("Has it changed?").sees("Ask next").looks("question", full=True)
    for chapter in ("Step by step of the journey", "Theme by theme", "Over time", "Who is missing", "All questions"):
        board.page.get_by_role("navigation", name="Read on").get_by_role("link", name=chapter).click()
        board.page.get_by_role("heading", level=1, name=re.compile(chapter)).wait_for()
        board.looks(chapter.replace(" ", "-").lower(), full=True)
    board.was_alone()


def test_every_table_at_the_desk_on_a_phone(visitor):
    officer = visitor("told-desk").signs_in("board-officer").opens("/desk/work/releases/")
    officer.page.get_by_role("link", name="Thistledown").first.click()
    officer.page.get_by_role("link", name="Every table and period").click()
    officer.page.get_by_label("Table").select_option(label="By service")
    officer.page.get_by_role("button", name="Show").click()
    officer.sees("The grey band is the likely range of everybody").looks("tables", full=True)
    officer.was_alone()
