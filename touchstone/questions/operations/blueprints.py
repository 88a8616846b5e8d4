"""细目表与相克试题: what must a paper cover, and which questions must not stand together?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries as catalogue
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.questions.papers import check_blueprint
from touchstone.questions import permissions
from touchstone.questions.models import Blueprint, EnemyPair, Question
from touchstone.questions.operations._case import LAW, NothingHere, locked_bank, locked_question, must_hold, note, words
from touchstone.questions.pool import blueprint_facts
from touchstone.questions.terms import Terms


@transaction.atomic
def make_blueprint(*, bank: str, standard: str, level: int, part: str, title: str, terms: Terms, by: Actor, at: datetime) -> Blueprint:
    """This function will lay down what the papers of one part of one level are made of; the functions' shares are the weight table's.

    :raises Refusal: without a weight table, when the points are not the full mark, a kind does not fit, or the time is too short.
    """
    kept = locked_bank(bank)
    permissions.check_may(by, "compose", kept)
    found = catalogue.standards_in_force(catalogue.standards(), at.date()).filter(number=standard).first()
    if found is None or level not in found.levels or (found.owner_id is not None and found.owner_id != kept.office_id):
        raise Refusal("所选的标准或者等级不能用于本题库的细目表。", LAW, "请从现行国家职业标准（或本单位的评价规范）及其等级中选择。")
    title = words(title, "细目表须有名称。", "例如：车工五级理论知识。")[:120]
    must_hold(check_blueprint(blueprint_facts(found, level, part, terms, at.date()), at.date()), "细目表还不能保存。", "请按下列各项改正。")
    made = Blueprint.objects.create(
        number=f"MX{at:%Y}{next_serial(f'blueprint-{at:%Y}'):05d}",
        bank=kept,
        standard=found,
        level=level,
        part=part,
        title=title,
        terms=terms.as_json(),
        made_by_id=by.user_id,
        made_at=at,
    )
    detail = {"bank": bank, "standard": standard, "level": level, "part": part, "terms": made.terms}
    record("blueprint.made", made.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def end_blueprint(*, number: str, reason: str, by: Actor, at: datetime) -> Blueprint:
    """This function will end the use of a blueprint; papers composed from it stay. :raises Refusal: when it has ended."""
    found = locked_blueprint(number)
    permissions.check_may(by, "compose", found.bank)
    if found.ended_at is not None:
        raise Refusal("细目表已经停用。", LAW, "需要时请新编一份。")
    reason = words(reason, "停用细目表须写明理由。", "例如：标准已经更新，另编了新的细目表。")
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    record("blueprint.ended", number, by=by, at=at, reason=reason)
    return found


def locked_blueprint(number: str) -> Blueprint:
    """This function will give a blueprint, locked until the transaction ends. :raises NothingHere: when there is none."""
    rows = Blueprint.objects.select_for_update(of=("self",)).select_related("bank__body", "bank__office", "standard")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的细目表。", LAW, "请从细目表列表中选择。")
    return found


@transaction.atomic
def note_enemies(*, first: str, second: str, reason: str, by: Actor, at: datetime) -> EnemyPair:
    """This function will note that two questions of a bank must not stand in one form. :raises Refusal: for one question twice, or a pair noted."""
    pair = sorted((locked_question(number) for number in sorted({first, second})), key=lambda one: one.pk)
    for question in pair:
        permissions.check_may(by, "compose", question.bank)
    if len(pair) != 2:
        raise Refusal("相克试题应是两道不同的试题。", LAW, "请填写另一道试题的编号。")
    if pair[0].bank_id != pair[1].bank_id:
        raise Refusal("相克试题应在同一个题库中。", LAW, "请选择本题库的试题。")
    if _standing(pair[0], pair[1]) is not None:
        raise Refusal("这两道试题已经登记为相克。", LAW, "无需重复登记。")
    reason = words(reason, "登记相克试题须写明理由。", "例如：前一题的题干给出了后一题的答案。")
    made = EnemyPair.objects.create(first=pair[0], second=pair[1], reason=reason, noted_by_id=by.user_id, noted_at=at)
    note("question.enemies_noted", pair[0], by=by, at=at, reason=reason, other=pair[1].number)
    return made


@transaction.atomic
def lift_enemies(*, first: str, second: str, reason: str, by: Actor, at: datetime) -> EnemyPair:
    """This function will lift a pair: the two questions may stand together again. :raises Refusal: when there is none."""
    pair = sorted((locked_question(number) for number in sorted({first, second})), key=lambda one: one.pk)
    for question in pair:
        permissions.check_may(by, "compose", question.bank)
    found = _standing(pair[0], pair[1]) if len(pair) == 2 else None
    if found is None:
        raise Refusal("这两道试题没有登记为相克。", LAW, "请从相克试题列表中选择。")
    reason = words(reason, "解除相克须写明理由。", "例如：题干已经改写。")
    found.lifted_at = at
    found.save(update_fields=["lifted_at"])
    note("question.enemies_lifted", pair[0], by=by, at=at, reason=reason, other=pair[1].number)
    return found


def _standing(first: Question, second: Question) -> EnemyPair | None:
    return EnemyPair.objects.select_for_update().filter(first=first, second=second, lifted_at__isnull=True).first()
