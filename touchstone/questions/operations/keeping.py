"""题库管理: what passed its review is approved into the bank, asked back, revised or retired; one or many, each with its outcome."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.policy.questions.reviewing import judged_by_others, passed_by_all
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.facts import review_facts
from touchstone.questions.models import PaperItem, Question
from touchstone.questions.operations._case import LAW, RowOutcome, current_version, locked_question, must_hold, note, owes, words
from touchstone.questions.operations.flag import close_work_list
from touchstone.questions.operations.reviewing import check_no_repeat, check_up_to_date
from touchstone.questions.states import QUESTION_MOVES, PaperState, QuestionState
from touchstone.tasks.operations import close_tasks

IN_USE = (PaperState.COMPOSED, PaperState.SEALED, PaperState.OPENED)


@transaction.atomic
def approve_question(*, number: str, by: Actor, at: datetime) -> Question:
    """This function will approve a question into the bank. :raises Refusal: when a reviewer is missing or against it, or it repeats another."""
    question = locked_question(number)
    permissions.check_may(by, "keep", question.bank)
    target = QUESTION_MOVES.check("approve", QuestionState(question.state))
    facts = review_facts(current_version(question))
    must_hold((judged_by_others(facts, at.date()), passed_by_all(facts, at.date())), f"试题{number}还不能入库。", "请重新送审。")
    check_up_to_date(question, at)
    check_no_repeat(question, at)
    question.approved_at = at
    question.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已入库")
    close_work_list(question.bank, by=by, at=at)
    note("question.approved", question, by=by, at=at, version=question.current)
    return question


@transaction.atomic
def ask_to_revise(*, number: str, reason: str, by: Actor, at: datetime) -> Question:
    """This function will send a question that passed its review back to its author all the same. :raises WordsMissing: without a reason."""
    question = locked_question(number)
    permissions.check_may(by, "keep", question.bank)
    target = QUESTION_MOVES.check("ask_to_revise", QuestionState(question.state))
    if question.state == QuestionState.IN_REVIEW:
        raise Refusal("审题中的试题由审题人提出修改意见。", LAW, "请等待审题意见。")
    reason = words(reason, "要求修改须写明理由。", "请写明哪里要改。")
    question.move_to(target)
    owes(question, "question.revise", "题库管理员要求修改", Role.QUESTION_AUTHOR, by=by, at=at)
    close_work_list(question.bank, by=by, at=at)
    note("question.sent_back", question, by=by, at=at, reason=reason, version=question.current)
    return question


@transaction.atomic
def revise_question(*, number: str, reason: str, by: Actor, at: datetime) -> Question:
    """This function will take a question out of the bank to be revised; it comes back through a new review.

    :raises Refusal: while a paper that is not yet used holds it. :raises WordsMissing: without a reason.
    """
    question = locked_question(number)
    permissions.check_may(by, "write", question.bank)
    target = QUESTION_MOVES.check("revise", QuestionState(question.state))
    reason = words(reason, "修订须写明理由。", "例如：标准已经更新，第三步的要求变了。")
    check_in_no_paper(question, "修订")
    question.approved_at, question.retired_because = None, ""
    question.move_to(target)
    owes(question, "question.revise", "试题须修订", Role.QUESTION_AUTHOR, by=by, at=at)
    close_work_list(question.bank, by=by, at=at)
    note("question.to_revise", question, by=by, at=at, reason=reason, version=question.current)
    return question


@transaction.atomic
def retire_question(*, number: str, reason: str, by: Actor, at: datetime) -> Question:
    """This function will take a question out of use for good; what it said stays, sealed, with its history.

    :raises Refusal: while a paper that is not yet used holds it. :raises WordsMissing: without a reason.
    """
    question = locked_question(number)
    permissions.check_may(by, "keep", question.bank)
    target = QUESTION_MOVES.check("retire", QuestionState(question.state))
    reason = words(reason, "停用须写明理由。", "例如：内容已经过时；理由随试题保存。")
    check_in_no_paper(question, "停用")
    question.retired_because = reason
    question.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已停用")
    close_work_list(question.bank, by=by, at=at)
    note("question.retired", question, by=by, at=at, reason=reason)
    return question


def check_in_no_paper(question: Question, act: str) -> None:
    """This function will let pass a question that no paper still to be used holds. :raises Refusal: naming the papers."""
    held = PaperItem.objects.filter(question=question, form__paper__state__in=IN_USE)
    papers = sorted(set(held.values_list("form__paper__number", flat=True)))
    if papers:
        raise Refusal(f"试题{question.number}在尚未使用的试卷{'、'.join(papers[:3])}中，不能{act}。", LAW, "请先作废或使用该试卷，再办理。")


def approve_questions(*, numbers: Sequence[str], by: Actor, at: datetime) -> list[RowOutcome]:
    """This function will approve many questions, each by itself, and say what came of each."""
    return in_turn(numbers, "已入库", lambda number: approve_question(number=number, by=by.with_key(""), at=at))


def retire_questions(*, numbers: Sequence[str], reason: str, by: Actor, at: datetime) -> list[RowOutcome]:
    """This function will retire many questions, each by itself, and say what came of each."""
    return in_turn(numbers, "已停用", lambda number: retire_question(number=number, reason=reason, by=by.with_key(""), at=at))


def in_turn(numbers: Sequence[str], done: str, act: Callable[[str], object]) -> list[RowOutcome]:
    """This function will do one thing to many questions and give an outcome for each; a refusal stops only its own."""
    found = []
    for number in numbers:
        try:
            act(number)
        except Refusal as refusal:
            found.append(RowOutcome(number, False, str(refusal) + "".join(refusal.details)))
        else:
            found.append(RowOutcome(number, True, done))
    return found
