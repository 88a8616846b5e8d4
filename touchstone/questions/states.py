"""题库状态: how do a question and a paper move?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role

_BANK = notice("三(二)3")
_AUTHORS = {Role.QUESTION_AUTHOR, Role.BANK_KEEPER}


class QuestionState(StrEnum):
    """A question is written, judged by two who do not see each other, revised, approved, and one day retired."""

    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    TO_REVISE = "to_revise"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        return {
            "drafted": "编写中",
            "in_review": "审题中",
            "to_revise": "待修改",
            "reviewed": "待入库",
            "approved": "已入库",
            "retired": "已停用",
        }[self.value]


WAITING_ON = {
    QuestionState.DRAFTED: Side.BODY,
    QuestionState.IN_REVIEW: Side.BODY,
    QuestionState.TO_REVISE: Side.BODY,
    QuestionState.REVIEWED: Side.BODY,
    QuestionState.APPROVED: Side.NOBODY,
    QuestionState.RETIRED: Side.NOBODY,
}
"""The side is whoever owns the bank: a body for its own, the centre for the city bank."""
QUESTION_MOVES = Moves(
    move("submit", {QuestionState.DRAFTED, QuestionState.TO_REVISE}, QuestionState.IN_REVIEW, by=_AUTHORS, title="送审", clause=_BANK),
    move("pass_review", {QuestionState.IN_REVIEW}, QuestionState.REVIEWED, by=Role.QUESTION_REVIEWER, title="审题通过", clause=_BANK),
    move("ask_to_revise", {QuestionState.IN_REVIEW, QuestionState.REVIEWED}, QuestionState.TO_REVISE,
         by={Role.QUESTION_REVIEWER, Role.BANK_KEEPER}, title="要求修改", clause=_BANK),
    move("approve", {QuestionState.REVIEWED}, QuestionState.APPROVED, by=Role.BANK_KEEPER, title="入库", clause=_BANK),
    move("revise", {QuestionState.APPROVED, QuestionState.RETIRED}, QuestionState.TO_REVISE, by=_AUTHORS, title="修订", clause=_BANK),
    move("retire", set(QuestionState) - {QuestionState.RETIRED}, QuestionState.RETIRED, by=Role.BANK_KEEPER, title="停用", clause=_BANK),
)  # fmt: skip


class PaperState(StrEnum):
    """A paper is asked for, composed (or cannot be), sealed in parts to two officers, opened at its hour, used."""

    ASKED = "asked"
    IMPOSSIBLE = "impossible"
    COMPOSED = "composed"
    SEALED = "sealed"
    OPENED = "opened"
    USED = "used"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return {
            "asked": "组卷中",
            "impossible": "组不出",
            "composed": "已组卷",
            "sealed": "已封存",
            "opened": "已启封",
            "used": "已使用",
            "discarded": "已作废",
        }[self.value]


PAPER_WAITING_ON = {
    PaperState.ASKED: Side.CLOCK,
    PaperState.IMPOSSIBLE: Side.BODY,
    PaperState.COMPOSED: Side.BODY,
    PaperState.SEALED: Side.CLOCK,
    PaperState.OPENED: Side.BODY,
    PaperState.USED: Side.NOBODY,
    PaperState.DISCARDED: Side.NOBODY,
}
PAPER_MOVES = Moves(
    move("compose", {PaperState.ASKED}, PaperState.COMPOSED, by=Role.PLATFORM, title="组成", clause=_BANK),
    move("give_up", {PaperState.ASKED}, PaperState.IMPOSSIBLE, by=Role.PLATFORM, title="组卷不成", clause=_BANK),
    move("seal", {PaperState.COMPOSED}, PaperState.SEALED, by=Role.BANK_KEEPER, title="封存", clause=_BANK),
    move("seal_again", {PaperState.SEALED}, PaperState.SEALED, by=Role.BANK_KEEPER, title="重新封存", clause=_BANK),
    move("open", {PaperState.SEALED}, PaperState.OPENED, by={Role.BANK_KEEPER, Role.PAPER_KEEPER}, title="启封", clause=_BANK),
    move("use", {PaperState.OPENED}, PaperState.USED, by=Role.BANK_KEEPER, title="登记使用", clause=_BANK),
    move("discard", {PaperState.IMPOSSIBLE, PaperState.COMPOSED, PaperState.SEALED, PaperState.OPENED}, PaperState.DISCARDED,
         by=Role.BANK_KEEPER, title="作废", clause=_BANK),
)  # fmt: skip
