"""办理公用: how is a question locked, what must be said in words, who owes the next step, and how is a line written?"""

from dataclasses import dataclass
from datetime import date, datetime

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, WordsMissing
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role
from touchstone.questions.models import Bank, Licence, Question, QuestionVersion
from touchstone.tasks.operations import close_tasks, open_task

LAW = notice("三(二)3")


class NothingHere(Refusal):
    """There is no such thing, or none of yours."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved the question after this person had opened it; nothing of either is lost."""


@dataclass(frozen=True)
class RowOutcome:
    """What came of one question of many: done, or the sentence why not."""

    number: str
    done: bool
    sentence: str


def locked_question(number: str) -> Question:
    """This function will give a question, locked until the transaction ends. :raises NothingHere: when there is none of this number."""
    found = Question.objects.select_for_update(of=("self",)).select_related("bank__body", "standard", "occupation").filter(number=number).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的试题。", LAW, "请从试题列表中选择。")
    return found


def current_version(question: Question) -> QuestionVersion:
    """This function will give the version of a question that counts now."""
    return question.versions.get(sequence=question.current)


def locked_bank(number: str) -> Bank:
    """This function will give a bank, locked until the transaction ends. :raises NothingHere:"""
    found = Bank.objects.select_for_update(of=("self",)).select_related("body", "office").filter(number=number).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的题库。", LAW, "请从题库列表中选择。")
    return found


def words(text: str, sentence: str, next_step: str, least: int = 1) -> str:
    """This function will give what was said, trimmed. :raises WordsMissing: when it is nothing or too little."""
    said = text.strip()
    if len(said) < least:
        raise WordsMissing(sentence, LAW, next_step)
    return said[:200]


def must_hold(findings: tuple[Finding, ...], sentence: str, next_step: str) -> None:
    """This function will let pass what fulfils every rule. :raises Refusal: with each finding that is not met."""
    lacking = [found for found in findings if found.outcome is not Outcome.MET]
    if lacking:
        raise Refusal(sentence, LAW, next_step, tuple(f"{found.reason}（依据：{found.clause}）" for found in lacking))


def owes(question: Question, matter: str, title: str, role: Role, *, by: Actor, at: datetime, due_on: date | None = None) -> None:
    """This function will put a step before the office that owns the bank, the step before it being done."""
    close_tasks(case=question.number, by=by, at=at, outcome=question.get_state_display())
    case, office = question.number, question.bank.office_id
    open_task(case=case, matter=matter, title=f"{title}：{case}", office_id=office, role=role, by=by, at=at, due_on=due_on)


def note(event: str, thing: Question | Bank | Licence, *, by: Actor, at: datetime, reason: str = "", **detail: object) -> None:
    """This function will write a line of the ledger; it never holds what a question says, only the digest."""
    state = {"state": str(thing.state)} if isinstance(thing, Question) else {}
    record(event, thing.number, by=by, at=at, reason=reason, detail={**state, **detail})
