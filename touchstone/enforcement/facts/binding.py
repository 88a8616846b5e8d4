"""案卷内容: what of a case goes into its archive, volume by volume, and what does not arise?"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from touchstone.enforcement.facts.wording import acts_told, measures_told
from touchstone.enforcement.models import Case, Letter
from touchstone.enforcement.states import LetterKind
from touchstone.files import queries as files
from touchstone.ledger.queries import history
from touchstone.policy.supervision.archive import Volume
from touchstone.print.letter import Letter as Printed
from touchstone.print.letter import print_letter


@dataclass(frozen=True)
class Item:
    """One thing bound: into which volume, for which line of the contents, under which file name, and its bytes."""

    volume: Volume
    title: str
    name: str
    content: bytes


def printed(letter: Letter) -> bytes:
    """This function will print a letter from what was fixed when it was issued."""
    told: dict[str, Any] = dict(letter.content)
    told["facts"] = tuple((str(name), str(value)) for name, value in told["facts"])
    told |= {"paragraphs": tuple(told["paragraphs"]), "closing": tuple(told["closing"])}
    return print_letter(Printed(**told))


def items_of(case: Case) -> list[Item]:
    """This function will give everything of a closed case that goes into its archive, in order."""
    found: list[Item] = [*_process(case), *_decision(case), *_evidence(case)]
    return found


def does_not_arise(case: Case) -> dict[str, str]:
    """This function will say of each line of the contents why it does not arise in this case, where the case itself tells so."""
    told: dict[str, str] = {}
    if case.notified_at is None:
        told["告知书和送达回证"] = "所作处理依规定不经事先告知，或者没有告知就已认定不成立"
    if not case.statement and not case.waived:
        told["陈述申辩和复核意见"] = "机构在期限内没有陈述申辩，或者没有进行到告知"
    if not case.measures.filter(corrections__isnull=False).exists():
        told["整改报告和复查"] = "决定没有要求改正，或者没有决定"
    if case.decided_at is None:
        told |= dict.fromkeys(("决定书", "决定书送达回证", "执行情况"), "认定不成立，没有作出处理决定")
    if not case.appealed_at:
        told["申诉和答复"] = "机构没有申诉"
    if not case.from_kind:
        told["线索来源"] = "承办单位自行发现，见事实"
    if not case.evidence.filter(ref_kind="visit").exists():
        told["检查记录"] = "不是由现场检查发现"
    pieces = case.evidence.filter(withdrawn_at__isnull=True)
    if not pieces.exclude(attachment="").exists():
        told["证据原件或者副本"] = "证据均为平台记录，内容列在证据清单中"
    return told


def _process(case: Case) -> Iterable[Item]:
    origin = case.evidence.filter(ref_kind=case.from_kind, ref_number=case.from_number).first() if case.from_kind else None
    if origin is not None:
        yield _plain(Volume.PROCESS, "线索来源", {"kind": case.from_kind, "number": case.from_number, "held": origin.held})
    yield _plain(Volume.PROCESS, "立案审批", _line_of(case, "case.begun", "case.opened", "case.refused"))
    people = [
        {"name": one.name, "accepted_at": _at(one.accepted_at), "left_at": _at(one.left_at), "because": one.left_because, "recused": one.recused}
        for one in case.officers.order_by("id")
    ]
    signed = [{"name": one.name, "words": one.words, "at": _at(one.signed_at)} for one in case.discussants.order_by("id")]
    yield _plain(Volume.PROCESS, "办理人员和回避情况", {"officers": people, "lawyer": case.lawyer_words, "discussion": signed})
    yield from _letters(case, Volume.PROCESS, "告知书和送达回证", LetterKind.NOTICE, LetterKind.HEARING, LetterKind.CLEARED)
    if case.statement or case.waived:
        said = {"statement": case.statement, "waived": case.waived, "answer": case.statement_answer, "hearing": case.hearing_record}
        yield _plain(Volume.PROCESS, "陈述申辩和复核意见", said)
        yield from _files(case, Volume.PROCESS, "陈述申辩和复核意见", "陈述申辩材料")
    reports = [
        {
            "measure": one.measure.get_measure_display(),
            "report": one.words,
            "reported_at": _at(one.reported_at),
            "good": one.good,
            "examined": [{"name": who.name, "good": who.good, "words": who.words} for who in one.examined.order_by("id")],
        }
        for measure in case.measures.order_by("id")
        for one in measure.corrections.order_by("id")
    ]
    if reports:
        yield _plain(Volume.PROCESS, "整改报告和复查", {"reports": reports})
        yield from _files(case, Volume.PROCESS, "整改报告和复查", "改正情况附件")
    asked = [{"office": one.office.name, "question": one.question, "opinion": one.opinion} for one in case.helps.select_related("office")]
    lines = [
        {"event": one.event, "at": _at(one.at), "by": one.actor_label, "reason": one.reason, "detail": one.detail} for one in history(case.number)
    ]
    yield _plain(Volume.PROCESS, "流转记录", {"lines": lines, "helps": asked})


def _decision(case: Case) -> Iterable[Item]:
    if case.decided_at is None:
        return
    yield from _letters(case, Volume.DECISION, "决定书", LetterKind.DECISION)
    served = case.letters.filter(kind=LetterKind.DECISION).first()
    if served is not None and served.is_served:
        told = {"letter": served.number, "how": served.service, "on": str(served.served_on), "to": served.served_to, "words": served.served_words}
        yield _plain(Volume.DECISION, "决定书送达回证", told)
    done = [
        {"measure": one.get_measure_display(), "state": one.get_state_display(), "effect": one.effect, "outcome": one.outcome}
        for one in case.measures.order_by("id")
    ]
    told_all = {"acts": acts_told(case), "measures": measures_told(case.decision, case.terms), "findings": case.findings, "carried_out": done}
    yield _plain(Volume.DECISION, "执行情况", told_all)
    yield from _letters(case, Volume.DECISION, "执行情况", LetterKind.SUMMONS, LetterKind.HAND_OVER, LetterKind.RESTORED)
    if case.appealed_at:
        yield _plain(Volume.DECISION, "申诉和答复", {"appeal": case.appeal, "answer": case.appeal_answer, "state": case.appeal_state})
        yield from _letters(case, Volume.DECISION, "申诉和答复", LetterKind.ANSWER)


def _evidence(case: Case) -> Iterable[Item]:
    pieces = list(case.evidence.order_by("place"))
    listed = [
        {
            "place": one.place,
            "title": one.title,
            "origin": one.origin,
            "taken_by": one.taken_by,
            "taken_on": str(one.taken_on),
            "sha256": one.sha256,
            "held": one.held,
            "withdrawn": one.withdrawn_because,
        }
        for one in pieces
    ]
    yield _plain(Volume.EVIDENCE, "证据清单", {"pieces": listed})
    kept = {one.number: one for one in files.of_case(case.number)}
    for one in pieces:
        if one.attachment in kept:
            yield Item(Volume.EVIDENCE, "证据原件或者副本", f"{one.place:02d}-{kept[one.attachment].name}", files.content(kept[one.attachment]))
        if one.ref_kind == "visit":
            yield _plain(Volume.EVIDENCE, "检查记录", one.held, f"检查记录-{one.place:02d}.json")


def _plain(volume: Volume, title: str, told: Any, name: str = "") -> Item:
    written = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode()
    return Item(volume, title, name or f"{title}.json", written)


def _letters(case: Case, volume: Volume, title: str, *kinds: LetterKind) -> Iterable[Item]:
    for one in case.letters.filter(kind__in=[kind.value for kind in kinds]).order_by("id"):
        yield Item(volume, title, f"{one.number}-{one.get_kind_display()}.pdf", printed(one))
        if one.is_served and one.kind != LetterKind.DECISION:
            told = {"letter": one.number, "how": one.service, "on": str(one.served_on), "to": one.served_to, "words": one.served_words}
            yield _plain(volume, title, told, f"{one.number}-送达回证.json")


def _files(case: Case, volume: Volume, title: str, label: str) -> Iterable[Item]:
    for n, one in enumerate(files.of_case(case.number, label), 1):
        yield Item(volume, title, f"{label}{n:02d}-{one.name}", files.content(one))


def _line_of(case: Case, *events: str) -> dict[str, Any]:
    lines = history(case.number).filter(event__in=events)
    return {"lines": [{"event": one.event, "at": _at(one.at), "by": one.actor_label, "reason": one.reason} for one in lines]}


def _at(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
