"""取证: a piece of evidence is put on the list with where it came from, who took it, and its hash."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from touchstone.accounts.actor import Actor
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.origins import ORIGINS, found_at
from touchstone.enforcement.models import Case, Evidence
from touchstone.enforcement.operations._case import locked, note, today, words
from touchstone.enforcement.states import LAW, OPEN
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.trust.canonical import canonical

LABEL = "证据"


@dataclass(frozen=True)
class Piece:
    """What a piece of evidence is, where it came from, who took it and when."""

    title: str
    origin: str
    taken_by: str
    taken_on: date | None = None


@transaction.atomic
def add_evidence(*, number: str, piece: Piece, name: str, content: bytes, by: Actor, at: datetime) -> Evidence:
    """This function will keep a file as evidence of a case. :raises NotAllowed: unless by those who handle it.

    :raises Refusal: without a title, an origin or a taker, or once it is decided.
    """
    case = _open_case(number, by)
    _check(piece, today(at))
    kept = attach(case=number, label=LABEL, name=name, content=content, by=by, at=at)
    made = _write(case, piece, by=by, at=at, attachment=kept.number, sha256=kept.sha256)
    note("case.evidence_added", case, by=by, at=at, note=made.title, place=made.place, sha256=made.sha256)
    return made


@transaction.atomic
def add_reference(*, number: str, source: str, by: Actor, at: datetime) -> Evidence:
    """This function will take a row of the platform (`<kind>:<number>`) as it stands now as evidence. :raises NotAllowed: :raises Refusal:"""
    case = _open_case(number, by)
    kind, _, of = source.partition(":")
    if Evidence.objects.filter(case=case, ref_kind=kind, ref_number=of, withdrawn_at__isnull=True).exists():
        raise Refusal("这条平台记录已经在证据清单中。", LAW, "无需重复取证。")
    return take_reference(case, kind, of, by=by, at=at)


def take_reference(case: Case, kind: str, number: str, *, by: Actor, at: datetime) -> Evidence:
    """This function will take a row of the platform into a case's list. Part of the operation that opens the case or adds it."""
    _, _, found = found_at(f"{kind}:{number}", by)
    held = {"kind": kind, "number": number, "title": found.title, "taken_at": at.isoformat(), **found.held}
    piece = Piece(found.title, f"{ORIGINS[kind].label}（平台记录）", found.taken_by or by.label, today(at))
    sha256 = hashlib.sha256(canonical(held)).hexdigest()
    made = _write(case, piece, by=by, at=at, ref_kind=kind, ref_number=number, held=held, sha256=sha256)
    note("case.evidence_added", case, by=by.with_key(""), at=at, note=made.title, place=made.place, sha256=made.sha256)
    return made


@transaction.atomic
def withdraw_evidence(*, number: str, place: int, reason: str, by: Actor, at: datetime) -> Evidence:
    """This function will take a piece off the list, with a reason; it stays on record, struck through. :raises Refusal:"""
    case = _open_case(number, by)
    found = Evidence.objects.select_for_update().filter(case=case, place=place, withdrawn_at__isnull=True).first()
    if found is None:
        raise Refusal("证据清单中没有这一件。", LAW, "请刷新页面。")
    found.withdrawn_because = words(reason, "没有写明撤下的理由。", "例如：与本案无关。")[:200]
    found.withdrawn_at = at
    found.save()
    note("case.evidence_withdrawn", case, by=by, at=at, reason=found.withdrawn_because, note=found.title, place=place)
    return found


def _open_case(number: str, by: Actor) -> Case:
    case = locked(number)
    permissions.check_handles(by, case)
    if case.state not in OPEN:
        raise Refusal(f"案件现为“{case.get_state_display()}”，证据清单不能再改。", LAW, "决定以后发现的新证据，请在申诉中提出，或者另行立案。")
    return case


def _check(piece: Piece, day: date) -> None:
    words(piece.title, "没有写明证据的名称。", "例如：考场录像截图。")
    words(piece.origin, "没有写明证据的来源。", "例如：机构提供、现场拍摄。")
    words(piece.taken_by, "没有写明取证人。", "请写明取证的人员姓名。")
    if piece.taken_on is not None and piece.taken_on > day:
        raise Refusal("取证日晚于今天。", LAW, "请核对日期。")


def _write(case: Case, piece: Piece, *, by: Actor, at: datetime, **held: object) -> Evidence:
    last = Evidence.objects.filter(case=case).aggregate(last=Max("place"))["last"] or 0
    return Evidence.objects.create(
        case=case,
        place=last + 1,
        title=piece.title.strip()[:160],
        origin=piece.origin.strip()[:160],
        taken_by=piece.taken_by.strip()[:120],
        taken_on=piece.taken_on or today(at),
        added_at=at,
        added_by_id=by.user_id,
        **held,
    )
