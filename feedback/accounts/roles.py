"""One table says which role may do what; everything else asks it."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """The roles of staff and care council members."""

    CARE_COUNCIL_MEMBER = "care_council_member", "Care council member"
    PARTICIPATION_OFFICER = "participation_officer", "Participation officer"
    PRACTITIONER = "practitioner", "Practitioner"
    SAFEGUARDING_LEAD = "safeguarding_lead", "Safeguarding lead"
    MODERATOR = "moderator", "Moderator"
    BOARD_ANALYST = "board_analyst", "Board analyst"
    OUTPUT_CHECKER = "output_checker", "Output checker"
    BOARD_OFFICER = "board_officer", "Board officer"
    INSPECTOR = "inspector", "Inspector"
    NATIONAL_OVERSEER = "national_overseer", "National overseer"
    ADMINISTRATOR = "administrator", "Administrator"


# What each action means, in the words of whoever does it. No other action exists.
ACTIONS: dict[str, str] = {
    "accounts.write": "Give roles and end them",
    "bank.approve": "Approve a question of the shared bank for a care council, or send it back",
    "bank.confirm": "Confirm a question as the second adult, send it back, or answer a refusal",
    "bank.publish": "Let a question be asked as worded now, unless other words were approved; say what is a scale",
    "bank.retire": "Retire a question with a reason",
    "bank.submit": "Say that a question is ready to be decided on; take it back, or up again",
    "bank.write": "Look at the shared bank, and word its questions as drafts",
    "design.approve": "Approve or refuse a survey for the care council",
    "design.freeze": "Freeze a survey as the second person; publish its translations; forget a recording",
    "design.override": "Let a finding of the linter pass, with a reason; it counts as editing the survey",
    "design.submit": "Say that a survey is ready to be looked at, and go on working on it afterwards",
    "design.view": "Choose among the surveys of the area",
    "design.write": "Draft surveys and comment on them",
    "fieldwork.close_wave": "Close a wave",
    "fieldwork.decide_aside": "As the second person, say whether answers count that were put aside",
    "fieldwork.hear_conversation": "Hear a child who chose you, answer them, raise a worry; each look is logged",
    "fieldwork.hold_conversation": "Open the conversations that are in the field, and print their booklets",
    "fieldwork.invite": "Make cards, and print booklets",
    "fieldwork.key_booklet": "Key booklets of paper",
    "fieldwork.load_scale": "Load a scale held under licence, and end its use",
    "fieldwork.look_together": "With a family: answer a scale, set a goal, look at both by the words on their card",
    "fieldwork.make_link": "Make posters",
    "fieldwork.name_hearer": "Name whom the children of a wave can choose to be heard by, and end it",
    "fieldwork.open_wave": "See waves, open them, and pin a newer edition",
    "fieldwork.plan_wave": "Plan a wave from a frozen edition",
    "fieldwork.put_aside": "Say what more answers than is plausible may be, and put those of the day aside",
    "fieldwork.record_talk": "Write down a focus group or an interview, and see what became of it",
    "fieldwork.erase_talk": "See all talks of the area, without their words; erase one that somebody else wrote down",
    "fieldwork.tell_wave": "Leave a message for everybody who answered in a wave, and take it back",
    "findings.check": "Publish a finding written by others, send it back, withdraw it",
    "findings.keep_kinds": "Keep the list of kinds of findings, and bring in findings from elsewhere",
    "findings.view": "See published findings of all areas at the desk",
    "findings.write": "Write what was found in published releases; say that another area’s finding was found here too",
    "frame.write": "Set up an area, and upload its pictures",
    "inspection.draw": "Draw the inspection sample of an area and a year, where an inspection lets one in",
    "inspection.give_grant": "Let a named inspector in, from a day to a day, and end it",
    "inspection.look": "See what an inspection that lets one in is about; each look is logged",
    "inspection.see_looks": "See which inspections looked at what, and when",
    "moderation.decide": "Read comments beside what was written, and decide on them; each look is logged",
    "moderation.review_words": "Decide on words that a moderator proposed for the lists of redaction",
    "pages.approve_report": "Approve an annual report that others wrote, which publishes it, or send it back",
    "pages.publish": "Publish public pages, and take them back",
    "pages.write": "Draft public pages, and upload pictures and documents for them",
    "promises.answer_question": "Answer a question that a child asked",
    "promises.approve_answer": "Let an answer that others wrote go out to children, or send it back with a reason",
    "promises.doubt": "Say in public for the care council that a promise was not kept",
    "promises.keep_any": "Say what came of any promise of the area, or give it to another owner",
    "promises.let_question_out": "As the second person, let a question of a child be read by everybody; recall it",
    "promises.mark_question": "Look through usable comments for questions, and mark one; recall it",
    "promises.own": "Answer for a promise, and say what came of it",
    "promises.promise": "Promise something about what was said, word it, and take a mistake back",
    "promises.name_blockage": "Name what gets in the way; who named it is kept nowhere",
    "promises.review_blockages": "Read what gets in the way, word it, publish what others worded; each look is logged",
    "promises.see_blockages": "See at the desk what gets in the way, as everybody reads it",
    "promises.see": "See the promises of the area at the desk",
    "releases.approve": "Approve a release made by others",
    "releases.import_population": "Bring in counts and outcomes of the population from a file",
    "releases.approve_measure": "Approve a measure that others proposed, or send it back",
    "releases.measure": "Propose measures and changes of them; retire them and take them up again",
    "releases.order_quotes": "Put the quotes of a release in order for the care council",
    "releases.propose": "Close a quarter, say what its figures may mean, and propose what can be shown",
    "releases.publish": "Publish an approved release",
    "releases.recall_quote": "Recall a quote for good, wherever it is shown",
    "releases.record_test": "Write down who tried to find somebody in a release, and what came of it",
    "releases.return": "Send a release back",
    "releases.view": "See releases, also before they are published",
    "releases.view_published": "See published releases at the desk",
    "releases.withdraw": "Withdraw a published release as a whole",
    "responses.import": "Load answers from a file",
    "safeguarding.ask_code": "Ask for the number of a card, see it once two agree, say who told the child",
    "safeguarding.close_concern": "Close or refer a worry",
    "safeguarding.close_contact": "Say what was done for somebody who asked for a person",
    "safeguarding.decide_code": "Decide, as the second person, whether the number of a card is seen",
    "safeguarding.plan_duty": "Plan who is on duty",
    "safeguarding.read_concern": "Read worries and texts; each look is logged",
    "safeguarding.read_contact": "Read who asked for a person; each look is logged",
    "safeguarding.reply": "Reply through a receipt",
    "safeguarding.see_looks": "See who has looked at what children wrote",
    "themes.confirm": "Confirm a theme of comments that others named; each look is logged",
    "themes.name": "Read usable comments, name themes and put comments to them; each look is logged",
}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.CARE_COUNCIL_MEMBER: frozenset(
        {
            "bank.write",
            "bank.submit",
            "bank.approve",
            "design.view",
            "design.write",
            "design.submit",
            "design.approve",
            "inspection.see_looks",
            "promises.see",
            "promises.doubt",
            "promises.approve_answer",
            "releases.order_quotes",
        }
    ),
    Role.PARTICIPATION_OFFICER: frozenset(
        {
            "bank.write",
            "bank.publish",
            "bank.submit",
            "bank.confirm",
            "bank.retire",
            "design.view",
            "design.write",
            "design.submit",
            "design.override",
            "design.freeze",
            "fieldwork.plan_wave",
            "fieldwork.open_wave",
            "fieldwork.close_wave",
            "fieldwork.make_link",
            "fieldwork.invite",
            "fieldwork.key_booklet",
            "fieldwork.record_talk",
            "fieldwork.erase_talk",
            "fieldwork.tell_wave",
            "fieldwork.name_hearer",
            "fieldwork.put_aside",
            "fieldwork.decide_aside",
            "responses.import",
            "inspection.see_looks",
            "promises.see",
            "promises.promise",
            "promises.name_blockage",
            "promises.review_blockages",
            "promises.see_blockages",
            "promises.own",
            "promises.let_question_out",
            "promises.answer_question",
            "promises.approve_answer",
        }
    ),
    Role.PRACTITIONER: frozenset(
        {
            "fieldwork.hold_conversation",
            "fieldwork.hear_conversation",
            "fieldwork.look_together",
            "fieldwork.record_talk",
            "promises.see",
            "promises.name_blockage",
            "promises.see_blockages",
            "promises.own",
        }
    ),
    Role.SAFEGUARDING_LEAD: frozenset(
        {
            "safeguarding.read_concern",
            "safeguarding.close_concern",
            "safeguarding.read_contact",
            "safeguarding.close_contact",
            "safeguarding.reply",
            "safeguarding.see_looks",
            "safeguarding.plan_duty",
            "safeguarding.ask_code",
            "safeguarding.decide_code",
            "releases.recall_quote",
            "fieldwork.hear_conversation",
            "promises.see",
            "promises.name_blockage",
            "promises.see_blockages",
            "promises.own",
        }
    ),
    Role.MODERATOR: frozenset({"moderation.decide", "releases.recall_quote", "promises.mark_question"}),
    Role.BOARD_ANALYST: frozenset(
        {
            "releases.propose",
            "releases.view",
            "releases.recall_quote",
            "themes.name",
            "findings.view",
            "findings.write",
            "releases.measure",
            "releases.import_population",
            "promises.see",
            "promises.name_blockage",
            "promises.see_blockages",
            "promises.own",
            "promises.mark_question",
        }
    ),
    Role.OUTPUT_CHECKER: frozenset(
        {
            "releases.view",
            "releases.approve",
            "releases.return",
            "releases.publish",
            "releases.withdraw",
            "releases.recall_quote",
            "releases.record_test",
            "releases.approve_measure",
            "fieldwork.decide_aside",
            "themes.confirm",
            "findings.view",
            "findings.check",
            "pages.approve_report",
            "promises.let_question_out",
            "promises.approve_answer",
        }
    ),
    Role.BOARD_OFFICER: frozenset(
        {
            "releases.view",
            "releases.record_test",
            "pages.write",
            "pages.publish",
            "pages.approve_report",
            "inspection.give_grant",
            "findings.view",
            "inspection.see_looks",
            "promises.see",
            "promises.promise",
            "promises.name_blockage",
            "promises.review_blockages",
            "promises.see_blockages",
            "promises.own",
            "promises.keep_any",
            "promises.let_question_out",
            "promises.answer_question",
            "promises.approve_answer",
        }
    ),
    Role.INSPECTOR: frozenset({"inspection.look", "inspection.draw"}),
    Role.NATIONAL_OVERSEER: frozenset({"releases.view_published", "findings.view", "findings.keep_kinds"}),
    Role.ADMINISTRATOR: frozenset({"accounts.write", "frame.write", "moderation.review_words", "fieldwork.load_scale"}),
}


# Everybody who works here may come to the desk; what they find there depends on their role.
ENTER_THE_DESK = "wagtailadmin.access_admin"


def roles_with(permission: str) -> list[Role]:
    """The roles that carry a permission."""
    if permission == ENTER_THE_DESK:
        return list(Role)
    return [role for role, granted in PERMISSIONS.items() if permission in granted]
