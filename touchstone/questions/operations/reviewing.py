"""审题办理: a question is sent for review; two who are not its author judge it, unseen by each other until both have."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import people_with
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import WordsMissing
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.currency import rests_on_a_standard_in_force
from touchstone.policy.questions.reviewing import ITEMS, REVIEWERS, ReviewFacts, judged_by_others, tally
from touchstone.policy.questions.similarity import REPEAT_FROM, not_a_repeat
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.facts import standing_facts
from touchstone.questions.models import Question, Review
from touchstone.questions.operations._case import LAW, current_version, locked_question, must_hold, note, owes
from touchstone.questions.operations.flag import close_work_list
from touchstone.questions.queries.similar import alike, comparable_banks
from touchstone.questions.states import QUESTION_MOVES, QuestionState


@transaction.atomic
def submit_question(*, number: str, by: Actor, at: datetime) -> Question:
    """This function will send a question for review; the keeper names those who judge it or has them drawn.

    :raises Refusal: when it repeats another, or was not changed since it was sent back.
    """
    question = locked_question(number)
    permissions.check_may(by, "write", question.bank)
    target = QUESTION_MOVES.check("submit", QuestionState(question.state))
    if current_version(question).reviews.exists():
        raise Refusal("退回以后还没有修改，不能再次送审。", LAW, "请先按审题意见修改，保存为新的版本后再送审。")
    check_up_to_date(question, at)
    check_no_repeat(question, at)
    question.move_to(target)
    owes(question, "question.appoint", "试题已送审，请指定或抽取审题人", Role.BANK_KEEPER, by=by, at=at)
    note("question.submitted", question, by=by, at=at, version=question.current)
    return question


def check_up_to_date(question: Question, at: datetime) -> None:
    """This function will let pass a question whose standard and element stand as they did when it was written. :raises Refusal: saying what moved."""
    finding = rests_on_a_standard_in_force(standing_facts(question), at.date())
    must_hold((finding,), f"试题{question.number}已经过时。", "请修改题目并对应现行标准的鉴定点；内容没有变化的，由题库管理员复核确认。")


def check_no_repeat(question: Question, at: datetime) -> None:
    """This function will let pass a question that repeats none of its bank or the city's. :raises Refusal: naming those it repeats."""
    percent = in_force(REPEAT_FROM, at.date()).value
    found = alike(question.grams, comparable_banks(question.bank), percent=percent, but=question.pk, limit=3)
    if found:
        finding = not_a_repeat(found[0].percent, at.date())
        must_hold((finding,), f"试题与{'、'.join(one.question.number for one in found)}重复。", "请修改题目，或停用重复的试题。")


@transaction.atomic
def appoint_reviewers(*, number: str, reviewers: Sequence[int] | None, by: Actor, at: datetime) -> list[Review]:
    """This function will ask people (by user) to judge a question; with None they are drawn, from a seed that is kept.

    :raises Refusal: for too few, the author, somebody without the role, or when they were asked already.
    """
    question = locked_question(number)
    permissions.check_may(by, "appoint", question.bank)
    if question.state != QuestionState.IN_REVIEW:
        raise MoveRefused(f"试题当前为“{question.get_state_display()}”，不能指定审题人。", LAW, "送审以后才指定审题人。")
    version = current_version(question)
    if version.reviews.exists():
        raise Refusal("这一版试题已经有审题人。", LAW, "请等待审题意见。")
    offered = eligible_reviewers(question, at)
    seed = ""
    if reviewers is None:
        needed = in_force(REVIEWERS, at.date()).value
        seed = secrets.token_hex(16)
        reviewers = sorted(offered, key=lambda user: hashlib.sha256(f"{seed}|{user}".encode()).hexdigest())[:needed]
    if strange := [user for user in reviewers if user not in offered and user != version.written_by_id]:
        raise Refusal(f"所选的{len(strange)}人不是本题库的审题人。", LAW, "请从列出的审题人中选择。")
    facts = ReviewFacts(version.written_by_id, tuple(reviewers))
    must_hold((judged_by_others(facts, at.date()),), "审题人不符合要求。", "本题库的审题人不足的，请增加审题人岗位。")
    made = Review.objects.bulk_create(Review(version=version, reviewer_id=user, asked_at=at) for user in reviewers)
    owes(question, "question.review", "请审题", Role.QUESTION_REVIEWER, by=by, at=at)
    note("question.reviewers_appointed", question, by=by, at=at, version=version.sequence, reviewers=list(reviewers), seed=seed)
    return made


def eligible_reviewers(question: Question, at: datetime) -> dict[int, str]:
    """This function will give the reviewers of the bank's office who did not write the question: name by user."""
    author = current_version(question).written_by_id
    people = people_with(Role.QUESTION_REVIEWER, question.bank.office, at.date()).filter(user__is_active=True).select_related("user")
    return {one.user.pk: one.name for one in people.order_by("name_key", "id") if one.user.pk not in {author, question.written_by_id}}


@transaction.atomic
def give_review(
    *, number: str, marks: Mapping[str, Mapping[str, str]], passes: bool, word: str, by: Actor, at: datetime
) -> Question:
    """This function will take one reviewer's judgement. When all are in, the question has passed or goes back to its author.

    :raises NotAllowed: for whom nobody asked. :raises WordsMissing: for a mark that is missing, or a no without words.
    """
    question = locked_question(number)
    permissions.check_may(by, "review", question.bank)
    version = current_version(question)
    review = Review.objects.select_for_update().filter(version=version, reviewer_id=by.user_id).first()
    if review is None:
        raise NotAllowed(f"您不是试题{number}的审题人。", LAW, "审题人由题库管理员指定或者抽取。")
    if question.state != QuestionState.IN_REVIEW or review.passes is not None:
        raise MoveRefused("您已经提出审题意见，或者审题已经结束。", LAW, "可以在试题页面查看结果。")
    given = _marks(marks, at)
    if not passes and not word.strip():
        raise WordsMissing("要求修改须写明修改意见。", LAW, "请写明哪里要改、怎样改。")
    if passes and any(one["outcome"] == "no" for one in given.values()):
        raise Refusal("有审题要点不符合，不能通过。", LAW, "请改为要求修改，或者更正该要点。")
    review.marks, review.passes, review.word, review.given_at = given, passes, word.strip(), at
    review.save()
    note("question.judged", question, by=by, at=at, version=version.sequence)
    outcome = tally([one.passes for one in version.reviews.all()], at.date())
    if outcome is not None:
        _conclude(question, outcome, by, at)
    return question


def _marks(marks: Mapping[str, Mapping[str, str]], at: datetime) -> dict[str, dict[str, str]]:
    given = {}
    for item in ITEMS.on(at.date()).value:
        mark = marks.get(item.key, {})
        if mark.get("outcome") not in {"yes", "no"}:
            raise WordsMissing(f"审题要点“{item.title}”没有判断。", LAW, "请逐项选择符合或者不符合。")
        given[item.key] = {"outcome": mark["outcome"], "word": mark.get("word", "").strip()[:300]}
    return given


def _conclude(question: Question, passed: bool, by: Actor, at: datetime) -> None:
    verb = "pass_review" if passed else "ask_to_revise"
    question.move_to(QUESTION_MOVES.check(verb, QuestionState(question.state)))
    if passed:
        owes(question, "question.approve", "审题通过，请审定入库", Role.BANK_KEEPER, by=by, at=at)
    else:
        owes(question, "question.revise", "审题人要求修改，请修改后再送审", Role.QUESTION_AUTHOR, by=by, at=at)
        close_work_list(question.bank, by=by, at=at)
    event = "question.passed" if passed else "question.sent_back"
    note(event, question, by=by.with_key(""), at=at, version=question.current)
