"""检查签字: both inspectors and the body sign the record as it stands; why nobody signs for the body, or nothing was inspected, is told."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.files import operations as files
from touchstone.inspections import permissions
from touchstone.inspections.models import Signature, Visit
from touchstone.inspections.operations.answering import end_signatures
from touchstone.inspections.operations.visiting import inspector_acting, locked
from touchstone.inspections.queries.visiting import DRAWN_SIGNATURE, answers_of, digest_of, items_of
from touchstone.inspections.states import VISIT_MOVES, VisitState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met
from touchstone.ledger.operations import record
from touchstone.policy.inspections import LAW, VisitOutcome
from touchstone.policy.supervision.items import Answer as Answered
from touchstone.policy.supervision.items import every_check_is_answered

_CHANGED = "检查记录在您打开之后又有改动，没有签字。"


def _check_whole(visit: Visit, seen: str) -> str:
    """Give the digest that is signed. :raises Refusal: for a record with gaps, or another than was read."""
    if not visit.hindrance:
        rows = answers_of(visit)
        said, notes = {key: Answered(one.answer) for key, one in rows.items()}, {key: one.note for key, one in rows.items()}
        all_met([every_check_is_answered(item.key, said, notes, visit.visit_on) for item, _ in items_of(visit)], "请填写完检查记录再签字。")
    digest = digest_of(visit)
    if digest != seen:
        raise Refusal(_CHANGED, LAW, "请重新核对后签字。")
    return digest


@transaction.atomic
def sign_visit(*, number: str, digest: str, by: Actor, at: datetime) -> Signature:
    """This function will have an inspector sign the record as it was read (`digest`); once is enough.

    :raises NotAllowed: :raises Refusal: while questions are open, or when it changed meanwhile.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "sign", visit)
    VISIT_MOVES.check("sign", VisitState(visit.state))
    person = inspector_acting(by)
    kept = visit.signatures.filter(person=person, for_body=False, ended_at__isnull=True).first()
    if kept is not None:
        return kept
    made = Signature.objects.create(visit=visit, person=person, name=person.name, digest=_check_whole(visit, digest), signed_at=at)
    record("inspection.signed", number, by=by, at=at, detail={"digest": made.digest, "note": person.name})
    return made


@transaction.atomic
def sign_by_hand(*, number: str, digest: str, name: str, post: str, drawing: bytes, by: Actor, at: datetime) -> Signature:
    """This function will keep the signature that somebody of the body drew on an inspector's phone, with name and post.

    :raises NotAllowed: :raises Refusal: without name, post or drawing; while questions are open, or when the record changed meanwhile.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "sign", visit)
    VISIT_MOVES.check("sign", VisitState(visit.state))
    if not name.strip() or not post.strip() or not drawing:
        raise Refusal("请填写机构在场人员的姓名、职务，并请本人手写签名。", LAW, "拒绝签字的，写明情况。")
    files.check("签名.png", drawing, ("png",))
    kept = files.attach(case=number, label=DRAWN_SIGNATURE, name=f"{name.strip()[:20]}签名.png", content=drawing, by=by, at=at)
    return _for_body(visit, digest, name, post, drawing=kept.number, by=by, at=at)


@transaction.atomic
def sign_for_body(*, number: str, digest: str, post: str, by: Actor, at: datetime) -> Signature:
    """This function will have somebody of the body sign the record by their own log-in.

    :raises NotAllowed: :raises Refusal: without a post, while questions are open, or when the record changed meanwhile.
    """
    visit = locked(number)
    permissions.check_may_sign_for_body(by, visit)
    VISIT_MOVES.check("sign_for_body", VisitState(visit.state))
    if not post.strip():
        raise Refusal("请填写您的职务。", LAW, "例如：评价部门负责人。")
    return _for_body(visit, digest, by.person_name, post, drawing="", by=by, at=at)


def _for_body(visit: Visit, digest: str, name: str, post: str, *, drawing: str, by: Actor, at: datetime) -> Signature:
    if visit.signatures.filter(for_body=True, ended_at__isnull=True).exists():
        raise Refusal("机构已经签字。", LAW, "检查记录没有改动的，不需要再签。")
    if visit.refusal:
        raise Refusal("检查人员已写明机构没有签字的情况。", LAW, "改由机构签字的，请检查人员先撤回拒签说明。")
    whole = _check_whole(visit, digest)
    own = inspector_acting(by) if not drawing else None
    made = Signature.objects.create(
        visit=visit, person=own, for_body=True, name=name.strip()[:60], post=post.strip()[:60], digest=whole, drawing=drawing, signed_at=at
    )
    detail = {"digest": whole, "note": made.name, "post": made.post, "drawing": drawing}
    record("inspection.signed_for_body", visit.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def note_refusal(*, number: str, words: str, by: Actor, at: datetime) -> Visit:
    """This function will note that nobody of the body signs, and how that came; both inspectors sign it with the rest. Empty words take it back.

    :raises Refusal: without words where none stand, or once the body signed.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "sign", visit)
    VISIT_MOVES.check("sign", VisitState(visit.state))
    if not words.strip() and not visit.refusal:
        raise Refusal("请写明机构没有签字的情况。", LAW, "例如：负责人李某到场，看过记录后拒绝签字，未说明理由。")
    if visit.signatures.filter(for_body=True, ended_at__isnull=True).exists():
        raise Refusal("机构已经签字。", LAW, "不需要再写明拒签的情况。")
    visit.refusal = words.strip()[:500]
    visit.save(update_fields=["refusal"])
    ended = end_signatures(visit, at)
    record("inspection.refusal_noted", number, by=by, at=at, reason=visit.refusal, detail={"signatures_ended": ended})
    return visit


@transaction.atomic
def note_hindrance(*, number: str, outcome: VisitOutcome | str, words: str, by: Actor, at: datetime) -> Visit:
    """This function will note why the body could not be inspected: it hindered it, or nobody was there. An empty outcome takes that back.

    :raises Refusal: for another outcome, or without words.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "hinder", visit)
    VISIT_MOVES.check("hinder", VisitState(visit.state))
    if outcome and (outcome not in set(VisitOutcome) or not VisitOutcome(outcome).hinders):
        raise Refusal("请选择未能检查的情形。", LAW, "只能是未能实施检查或者不配合检查；其他结果由检查项目的结论得出。")
    if outcome and not words.strip():
        raise Refusal("请写明未能检查的情况。", LAW, "写清到达时间、地点、见到的人和经过。")
    visit.hindrance, visit.words = str(outcome), words.strip()[:2000] if outcome else ""
    visit.save(update_fields=["hindrance", "words"])
    ended = end_signatures(visit, at)
    record("inspection.hindered", number, by=by, at=at, reason=visit.words, detail={"outcome": visit.hindrance, "signatures_ended": ended})
    return visit
