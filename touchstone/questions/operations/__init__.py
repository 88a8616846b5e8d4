"""题库办理: what can be done with a bank, a question, a licence? One verb, one function, one transaction, one ledger line."""

from touchstone.questions.operations._case import ChangedMeanwhile, NothingHere, RowOutcome, WordsMissing
from touchstone.questions.operations.banks import CITY_BANK, open_bank, open_city_bank
from touchstone.questions.operations.flag import flag_resting_on
from touchstone.questions.operations.guiding import answer_guidance, write_guidance
from touchstone.questions.operations.keeping import (
    approve_question,
    approve_questions,
    ask_to_revise,
    retire_question,
    retire_questions,
    revise_question,
)
from touchstone.questions.operations.lending import contribute_question, lend_questions
from touchstone.questions.operations.licensing import ask_licence, end_licence, grant_licence, refuse_licence
from touchstone.questions.operations.opening import Opened, check_may_open, open_contents, open_many, why_not_open
from touchstone.questions.operations.reviewing import appoint_reviewers, eligible_reviewers, give_review, submit_question
from touchstone.questions.operations.settling import VERDICTS, confirm_still_right, settle_stale
from touchstone.questions.operations.writing import OPEN_TO_CHANGE, About, add_picture, draft_question, rewrite_question

__all__ = [
    "CITY_BANK",
    "OPEN_TO_CHANGE",
    "VERDICTS",
    "About",
    "ChangedMeanwhile",
    "NothingHere",
    "Opened",
    "RowOutcome",
    "WordsMissing",
    "add_picture",
    "answer_guidance",
    "appoint_reviewers",
    "approve_question",
    "approve_questions",
    "ask_licence",
    "ask_to_revise",
    "check_may_open",
    "confirm_still_right",
    "contribute_question",
    "draft_question",
    "eligible_reviewers",
    "end_licence",
    "flag_resting_on",
    "give_review",
    "grant_licence",
    "lend_questions",
    "open_bank",
    "open_city_bank",
    "open_contents",
    "open_many",
    "refuse_licence",
    "retire_question",
    "retire_questions",
    "revise_question",
    "rewrite_question",
    "settle_stale",
    "submit_question",
    "why_not_open",
    "write_guidance",
]
