"""调阅: what does a question say? The one way to learn it, with who, when and why kept for ever."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.rules import Finding, Outcome
from touchstone.ledger.operations import record_many
from touchstone.measurement.interchange.question import Question as Content
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.papers import in_no_sealed_paper
from touchstone.policy.questions.secrecy import LEAST_REASON, may_open
from touchstone.questions.contents import unsealed
from touchstone.questions.facts import judged_by, reader_facts, sealed_away
from touchstone.questions.models import Opening, Paper, Question, QuestionVersion
from touchstone.questions.operations._case import NothingHere, words
from touchstone.questions.operations._seal import clock
from touchstone.questions.states import QuestionState


@dataclass(frozen=True)
class Opened:
    """A question with what one of its versions says; `digest` names that version when it is saved again."""

    question: Question
    version: int
    digest: str
    content: Content


def open_contents(*, number: str, reason: str, by: Actor, at: datetime, version: int | None = None) -> Opened:
    """This function will open what a question says (its current version, when none is named), and keep who, when and why.

    :raises NotAllowed: when its secrecy forbids it. :raises WordsMissing: without a reason.
    """
    return open_many(numbers=[number], reason=reason, by=by, at=at, version=version)[0]


@transaction.atomic
def open_many(*, numbers: Sequence[str], reason: str, by: Actor, at: datetime, version: int | None = None) -> list[Opened]:
    """This function will open what several questions say, in the order asked, for one reason: all of them or none.

    :raises NotAllowed: naming the first that its secrecy forbids. :raises NothingHere: for a number that is none.
    """
    least = in_force(LEAST_REASON, at.date()).value
    reason = words(reason, "调阅试题内容须写明事由。", f"请用不少于{least}个字写明用途，事由随调阅记录保存。", least)
    found = {one.number: one for one in Question.objects.filter(number__in=numbers).select_related("bank__body", "standard", "occupation")}
    if missing := [number for number in numbers if number not in found]:
        raise NothingHere(f"没有编号为{missing[0]}的试题。", next_step="请从试题列表中选择。")
    _check_all(by, list(found.values()), at)
    wanted = {one.pk: one.current if version is None else version for one in found.values()}
    versions = {(one.question_id, one.sequence): one for one in QuestionVersion.objects.filter(question__in=wanted)}
    opened = [_opened(found[number], versions.get((found[number].pk, wanted[found[number].pk]))) for number in numbers]
    Opening.objects.bulk_create(
        Opening(
            question=one.question, version=one.version, opened_by_id=by.user_id, office_id=by.office_id or None, reason=reason, opened_at=at
        )
        for one in opened
    )  # fmt: skip
    lines = [(one.question.number, {"version": one.version, "secrecy": one.question.secrecy}) for one in opened]
    record_many("question.opened", lines, by=by, at=at, reason=reason)
    return opened


def _opened(question: Question, version: QuestionVersion | None) -> Opened:
    if version is None:
        raise NothingHere(f"试题{question.number}没有这个版本。", next_step="请从版本列表中选择。")
    return Opened(question, version.sequence, version.digest, unsealed(question.number, version.sequence, bytes(version.sealed)))


def check_may_open(by: Actor, question: Question, at: datetime) -> None:
    """This function will let pass who may open what a question says now. :raises NotAllowed: with the rule's sentence."""
    _check_all(by, [question], at)


def _check_all(by: Actor, questions: Collection[Question], at: datetime) -> None:
    for question in questions:
        _check_reader(by, question, at)
    sealed = _sealed_from(by, questions, at)
    for question in questions:
        if (paper := sealed.get(question.pk)) is not None:
            _check_seal(by, question, paper, at)


def _sealed_from(by: Actor, questions: Collection[Question], at: datetime) -> dict[int, Paper]:
    """Those that lie under seal for the actor, with the paper: for everybody but the platform, which prints it."""
    return {} if by.is_platform else sealed_away([one.pk for one in questions], at)


def _check_reader(by: Actor, question: Question, at: datetime) -> None:
    found = _may_read(by, question, at)
    if found.outcome is not Outcome.MET:
        raise NotAllowed(f"{found.reason}。", found.clause, f"您当前身份为“{by.label}”，确需使用的，请联系该题库的题库管理员。")


def _check_seal(by: Actor, question: Question, paper: Paper, at: datetime) -> None:
    """Nobody reads, question by question, what two holders keep under seal."""
    found = in_no_sealed_paper(paper.opens_at, at)
    if found.outcome is Outcome.MET or paper.opens_at is None:
        return
    which = f"试题{question.number}在封存的试卷{paper.number}中" if by.office_id == paper.bank.office_id else f"试题{question.number}在封存的试卷中"
    step = f"请在{clock(paper.opens_at)}启封以后调阅；发现试题有误、不能等的，请题库管理员先作废该试卷。"
    raise NotAllowed(f"{which}，启封以前任何人不调阅。", found.clause, step)


def openable(by: Actor, questions: Collection[Question], at: datetime) -> frozenset[int]:
    """This function will give (by key) those of some questions of the actor's own bank that the actor may open now; it opens nothing."""
    judged, sealed = judged_by(by, [one.pk for one in questions]), _sealed_from(by, questions, at)
    return frozenset(one.pk for one in questions if _may_read(by, one, at, judged).outcome is Outcome.MET and one.pk not in sealed)


def _may_read(by: Actor, question: Question, at: datetime, judged: Collection[int] | None = None) -> Finding:
    in_bank = question.state in {QuestionState.APPROVED, QuestionState.RETIRED}
    return may_open(reader_facts(by, question, judged), question.secrecy, in_bank, at.date())


def why_not_open(by: Actor, question: Question, at: datetime) -> str:
    """This function will give the sentence why somebody may not open a question; empty when they may. It opens nothing."""
    try:
        check_may_open(by, question, at)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""
