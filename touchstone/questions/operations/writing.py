"""命题: a question is drafted, written anew, and given pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries as catalogue
from touchstone.files.operations import attach, check
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.numbering import next_serial
from touchstone.measurement.interchange.question import Question as Content
from touchstone.policy.questions.kinds import check_question
from touchstone.policy.questions.secrecy import LEVELS
from touchstone.questions import permissions
from touchstone.questions.contents import grams_of, sealed, words_of
from touchstone.questions.facts import question_facts
from touchstone.questions.models import Bank, Question, QuestionVersion
from touchstone.questions.operations._case import LAW, ChangedMeanwhile, current_version, locked_bank, locked_question, must_hold, note, words
from touchstone.questions.states import QuestionState

if TYPE_CHECKING:
    from touchstone.catalogue.models import Standard
    from touchstone.files.models import Attachment

OPEN_TO_CHANGE = frozenset({QuestionState.DRAFTED, QuestionState.TO_REVISE})
PICTURE = "试题图片"


@dataclass(frozen=True)
class About:
    """What a question is tied to: level and part of a standard (by number), kind, element; how hard and how secret it is."""

    standard: str
    level: int
    part: str
    kind: str
    element: str
    difficulty: Decimal = Decimal("0.50")
    secrecy: int = 1


@transaction.atomic
def draft_question(*, bank: str, about: About, content: Content, by: Actor, at: datetime) -> Question:
    """This function will write a new question into a bank as a draft. What it says is sealed before it is stored.

    :raises Refusal: when it is tied to nothing, does not fit its part, or lacks what its kind asks for.
    """
    kept = locked_bank(bank)
    permissions.check_may(by, "write", kept)
    return enter_question(kept, about, content, by=by, at=at)


def enter_question(
    bank: Bank, about: About, content: Content, *, by: Actor, at: datetime, contributor: int | None = None, author: int | None = None
) -> Question:
    """This function will put a new draft into a bank; part of the operation that calls it, which has checked who may."""
    standard = _usable_standard(about, bank, at)
    check_tied(about, standard, content, at)
    number = f"ST{at:%Y}{next_serial(f'question-{at:%Y}'):07d}"
    question = Question.objects.create(
        number=number,
        bank=bank,
        standard=standard,
        occupation=standard.occupation,
        grams=grams_of(words_of(content)),
        contributed_by_id=contributor,
        written_by_id=by.user_id if author is None else author,
        written_at=at,
        **columns(about),
    )
    version = _kept(question, 1, content, "", at, by.user_id if author is None else author)
    note("question.drafted", question, by=by, at=at, bank=bank.number, kind=about.kind, element=about.element, digest=version.digest)
    return question


@transaction.atomic
def rewrite_question(*, number: str, about: About, content: Content, reason: str, base: str, by: Actor, at: datetime) -> Question:
    """This function will write a question anew: in place while nobody has judged the version, else as a new version with its reason.

    `base` is the digest of the version the writer started from. :raises ChangedMeanwhile: when another has saved since.
    :raises MoveRefused: while it is being judged, or lies in the bank (revise it first).
    """
    question = locked_question(number)
    permissions.check_may(by, "write", question.bank)
    if question.state not in OPEN_TO_CHANGE:
        raise MoveRefused(f"试题当前为“{question.get_state_display()}”，不能修改。", LAW, "审题中的请等待审题意见；已入库的请先办理修订。")
    version = current_version(question)
    if version.digest != base:
        raise ChangedMeanwhile(
            f"在您打开以后，试题{number}已经由另一人保存过，没有覆盖。", LAW, "您填写的内容仍在下面；请另开一页查看最新内容，比较后再修改保存。"
        )
    standard = _usable_standard(about, question.bank, at)
    check_tied(about, standard, content, at)
    judged = version.reviews.exists()
    if judged:
        reason = words(reason, "修改已经审过的试题须写明修改理由。", "例如：按审题意见改正选项C。")
    question.standard, question.occupation = standard, standard.occupation
    question.stale_because, question.stale_since = "", None  # it is tied anew to what is in force
    for name, value in columns(about).items():
        setattr(question, name, value)
    question.grams = grams_of(words_of(content))
    if judged:
        question.current += 1
        version = _kept(question, question.current, content, reason, at, by.user_id)
    else:
        version.sealed, version.digest = sealed(number, version.sequence, content)
        version.media = _media(content)
        version.written_by_id, version.written_at = by.user_id, at
        version.reason = reason.strip()[:200] or version.reason
        version.save()
    question.save()
    note("question.rewritten", question, by=by, at=at, reason=reason.strip(), version=version.sequence, digest=version.digest)
    return question


@transaction.atomic
def add_picture(*, number: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a picture for a question that is being written; the place in the text is the writer's to choose.

    :raises FileRefused: for anything but a picture. :raises MoveRefused: when the question is not open to change.
    """
    question = locked_question(number)
    permissions.check_may(by, "write", question.bank)
    if question.state not in OPEN_TO_CHANGE:
        raise MoveRefused(f"试题当前为“{question.get_state_display()}”，不能增加图片。", LAW, "请先办理修订。")
    ending, _ = check(name, content, ("jpg", "jpeg", "png"))
    return attach(case=number, label=PICTURE, name=f"图{of_case(number).count() + 1}.{ending}", content=content, by=by, at=at)


def _usable_standard(about: About, bank: Bank, at: datetime) -> "Standard":
    found = catalogue.standards_in_force(catalogue.standards(), at.date()).filter(number=about.standard).first()
    if found is None:
        raise Refusal("所选的标准不存在，或者今天不在施行期内。", LAW, "请从现行标准中选择。")
    if found.owner_id is not None and found.owner_id != bank.office_id:
        raise Refusal("评价规范只供制定它的用人单位使用。", LAW, "请选择国家职业标准，或本单位的评价规范。")
    return found


def check_tied(about: About, standard: "Standard", content: Content, at: datetime) -> None:
    """This function will let pass a question tied to its standard, fit for its part, and whole. :raises Refusal: with each thing that is not so."""
    day = at.date()
    if about.secrecy not in LEVELS.on(day).value:
        raise Refusal("没有这个密级。", LAW, "请从列表中选择。")
    if not Decimal(0) <= about.difficulty <= Decimal(1):
        raise Refusal("预估难度应在0至1之间。", LAW, "预估难度是答对（得分）的比例，例如0.70表示约七成考生答对。")
    facts = question_facts(
        kind=about.kind, part=about.part, level=about.level, element=about.element, standard=standard, content=content, day=day
    )
    must_hold(check_question(facts, day), "试题还不能保存。", "请按下列各项补充或改正，已填写的内容仍在。")


def columns(about: About) -> Mapping[str, object]:
    """This function will give what a question is tied to as columns of its row."""
    return {
        "level": about.level,
        "part": about.part,
        "kind": about.kind,
        "element": about.element,
        "difficulty": about.difficulty,
        "secrecy": about.secrecy,
    }


def _kept(question: Question, sequence: int, content: Content, reason: str, at: datetime, user_id: int | None) -> QuestionVersion:
    closed, digest = sealed(question.number, sequence, content)
    return QuestionVersion.objects.create(
        question=question,
        sequence=sequence,
        sealed=closed,
        digest=digest,
        media=_media(content),
        reason=reason,
        written_by_id=user_id,
        written_at=at,
    )


def _media(content: Content) -> list[dict[str, str]]:
    return [{"name": one.name, "sha256": one.sha256} for one in content.media]


