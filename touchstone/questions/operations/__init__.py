"""题库办理: what can be done with a bank, a question, a licence? One verb, one function, one transaction, one ledger line."""

from touchstone.kernel.rules import WordsMissing
from touchstone.questions.operations._case import ChangedMeanwhile, NothingHere, RowOutcome
from touchstone.questions.operations.banks import CITY_BANK, open_bank, open_city_bank
from touchstone.questions.operations.blueprints import end_blueprint, lift_enemies, make_blueprint, note_enemies
from touchstone.questions.operations.composing import ask_paper, choose_paper, compose_paper, discard_paper
from touchstone.questions.operations.exporting import export_questions, exported_file
from touchstone.questions.operations.figures import answers_template, receive_answers, reckon_answers
from touchstone.questions.operations.flag import flag_resting_on
from touchstone.questions.operations.guiding import answer_guidance, write_guidance
from touchstone.questions.operations.importing import confirm_import, receive_import, undo_import
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
from touchstone.questions.operations.opening import Opened, check_may_open, open_contents, open_many, openable, why_not_open
from touchstone.questions.operations.reviewing import appoint_reviewers, eligible_reviewers, give_review, submit_question
from touchstone.questions.operations.sealing import holders_eligible, seal_again, seal_paper, take_share
from touchstone.questions.operations.settling import VERDICTS, confirm_still_right, settle_stale
from touchstone.questions.operations.unsealing import DOCUMENTS, give_share, printed_form, use_paper
from touchstone.questions.operations.writing import OPEN_TO_CHANGE, About, add_picture, draft_question, rewrite_question

__all__ = [
    "CITY_BANK",
    "DOCUMENTS",
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
    "answers_template",
    "appoint_reviewers",
    "approve_question",
    "approve_questions",
    "ask_licence",
    "ask_paper",
    "ask_to_revise",
    "check_may_open",
    "choose_paper",
    "compose_paper",
    "confirm_import",
    "confirm_still_right",
    "contribute_question",
    "discard_paper",
    "draft_question",
    "eligible_reviewers",
    "end_blueprint",
    "end_licence",
    "export_questions",
    "exported_file",
    "flag_resting_on",
    "give_review",
    "give_share",
    "grant_licence",
    "holders_eligible",
    "lend_questions",
    "lift_enemies",
    "make_blueprint",
    "note_enemies",
    "open_bank",
    "open_city_bank",
    "open_contents",
    "open_many",
    "openable",
    "printed_form",
    "receive_answers",
    "receive_import",
    "reckon_answers",
    "refuse_licence",
    "retire_question",
    "retire_questions",
    "revise_question",
    "rewrite_question",
    "seal_again",
    "seal_paper",
    "settle_stale",
    "submit_question",
    "take_share",
    "undo_import",
    "use_paper",
    "why_not_open",
    "write_guidance",
]
