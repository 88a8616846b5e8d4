"""问题回溯事实: everything one bad certificate, question, assessor or camera gap touches, head by head, as it stands now.

A body sees what is its own; an office all. The heads are those of the law (`TOUCHES`); a test holds the two lists to each other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from touchstone.accounts.queries import person as person_named
from touchstone.bodies.queries import bodies, employers_of, staff_of
from touchstone.certificates.queries import by_number, of_candidates, resting_on, with_numbers
from touchstone.exams.queries import traced
from touchstone.exams.states import Part
from touchstone.experts.queries.ties import tied_to
from touchstone.inspections.models import CameraGap
from touchstone.inspections.queries.cameras import gap as gap_named
from touchstone.policy.exams.parts import PASS_MARK
from touchstone.policy.supervision.records import Source
from touchstone.questions.queries.papers import papers_with
from touchstone.uploads.queries import rows_beside

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.certificates.models import Certificate
    from touchstone.exams.models import Candidate, ScoreEntry, Seat, Sitting
    from touchstone.questions.models import PaperItem
    from touchstone.uploads.models import Entry

Line = tuple[str, ...]


@dataclass(frozen=True)
class Touched:
    """One head: what it is called, its columns, and its rows; the first cell of a row is the public number by which its page is opened."""

    head: str
    columns: Line
    rows: "QuerySet[Any] | list[Any]"
    tell: Callable[[Any], Line]

    def count(self) -> int:
        """How many things it touches."""
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    def first(self, many: int) -> list[Line]:
        """The first few."""
        return [self.tell(one) for one in self.rows[:many]]

    def every(self) -> Iterator[Line]:
        """All of them, to be written out."""
        rows = self.rows.iterator(chunk_size=1000) if isinstance(self.rows, QuerySet) else iter(self.rows)
        return (self.tell(one) for one in rows)


def told_of(source: Source, reference: str, body: "Body") -> str | None:
    """This function will say in words what a body traces back from; None where it is not the body's own."""
    if source is Source.CERTIFICATE:
        found = by_number(reference)
        return f"{found.holder_name}，{found.occupation_label}{found.level_label}" if found is not None and found.body_id == body.pk else None
    if source is Source.QUESTION:
        own = _own_papers(reference, body)
        return f"试题{reference}，用于{len({one.form.paper_id for one in own})}份试卷" if own else None
    if source is Source.ASSESSOR:
        member = next((one for one in staff_of(body) if one.person.number == reference), None)
        if member is not None:
            return f"{member.person.name}，{member.get_duty_display()}"
        served = traced.served_in([reference], [], body).first()
        return next((each["name"] for each in served.invigilators if each["number"] == reference), reference) if served is not None else None
    gap = gap_named(reference)
    if gap is None or gap.sitting.plan.body_id != body.pk:
        return None
    return f"{gap.sitting.room.name}{gap.camera.name}，{localtime(gap.begins_at):%Y-%m-%d %H:%M}起"


def touched(source: Source, reference: str, body: "Body | None", at: datetime) -> list[Touched]:
    """This function will give every head of what one bad thing touches, in the law's order: to a body its own, to an office (None) all."""
    ways = {Source.CERTIFICATE: _of_certificate, Source.QUESTION: _of_question, Source.ASSESSOR: _of_assessor, Source.CAMERA_GAP: _of_gap}
    return ways[source](reference, body, at)


_SITTING_COLUMNS = ("场次", "时间", "科目", "考核点", "考场", "内部督导员")
_CERTIFICATE_COLUMNS = ("证书编号", "姓名", "职业", "等级", "发证日期", "状态")
_CANDIDATE_COLUMNS = ("考生编号", "姓名", "计划", "工作单位", "结论")


def _sitting(one: "Sitting") -> Line:
    supervisor = one.supervisor.name if one.supervisor else "—"
    return one.number, f"{localtime(one.starts_at):%Y-%m-%d %H:%M}", Part(one.part).label, one.plan.venue.name, one.room.name, supervisor


def _certificate(one: "Certificate") -> Line:
    return one.number, one.holder_name, one.occupation_label, one.level_label, one.issued_on.isoformat(), one.standing


def _candidate(one: "Candidate") -> Line:
    return one.number, one.name, one.plan.number, one.employer or "—", one.get_result_display() or "—"


def _of_certificate(reference: str, body: "Body | None", at: datetime) -> list[Touched]:
    found = by_number(reference)
    candidate = traced.candidate_named(found.candidate_number) if found is not None else None
    beside: QuerySet[Any] = with_numbers([])
    same: QuerySet[Any] | list[Any] = []
    together: QuerySet[Any] | list[Any] = []
    if candidate is not None:
        beside = of_candidates(traced.others_seated(candidate), [candidate.plan.number])
        same, together = traced.assessed_by_same(candidate, body), traced.registered_together(candidate, body)
    rests = with_numbers(resting_on([reference])).select_related("body").order_by("number")
    return [
        Touched("同场次的其他证书", _CERTIFICATE_COLUMNS, _own(beside, body), _certificate),
        Touched("同一考评组评过的场次", _SITTING_COLUMNS, same, _sitting),
        Touched("同一批证书数据", ("证书编号", "姓名", "批次", "行", "核对"), rows_beside(reference, body), _entry),
        Touched("同一单位集体报名的考生", _CANDIDATE_COLUMNS, together, _candidate),
        Touched("以该证书为条件的证书", _CERTIFICATE_COLUMNS, _own(rests, body), _certificate),
    ]


def _entry(one: "Entry") -> Line:
    return one.number or "—", one.name, one.batch.number, str(one.row_number), one.get_state_display()


def _own(rows: "QuerySet[Any]", body: "Body | None") -> "QuerySet[Any]":
    return rows.filter(body=body) if body is not None else rows


def _own_papers(reference: str, body: "Body | None") -> "list[PaperItem]":
    """Where a question was put: for a body the papers of its own bank and those composed for its plans."""
    items = list(papers_with(reference))
    if body is None:
        return items
    cases = set(traced.plan_numbers(body).filter(number__in=[one.form.paper.case for one in items]))
    return [one for one in items if one.form.paper.bank.body_id == body.pk or one.form.paper.case in cases]


def _of_question(reference: str, body: "Body | None", at: datetime) -> list[Touched]:
    items = _own_papers(reference, body)
    papers = {one.form.paper_id: one.form.paper for one in items}
    sittings = traced.sittings_with_papers(papers.keys(), [one.case for one in papers.values() if one.case], body)
    points = max((one.points for one in items), default=Decimal(0))
    needed = Decimal(PASS_MARK.on(localtime(at).date()).value)
    turned = traced.turned_by(sittings, points, needed)

    def score(one: "ScoreEntry") -> Line:
        effect = "计入该题合格，不计可能不合格" if one.value >= needed else "差分在该题分值以内，可能应当合格"
        return one.candidate.number, one.candidate.name, one.candidate.plan.number, str(one.value), effect

    return [
        Touched("用过该题的试卷", ("试卷", "卷别", "题号", "分值", "用于", "状态"), items, _paper),
        Touched("使用这些试卷的场次", _SITTING_COLUMNS, sittings, _sitting),
        Touched("这些场次中该题影响结论的考生", ("考生编号", "姓名", "计划", "理论成绩", "影响"), turned, score),
    ]


def _paper(one: "PaperItem") -> Line:
    paper = one.form.paper
    return paper.number, one.form.letter, str(one.position), str(one.points), paper.case or "—", paper.get_state_display()


def _of_assessor(reference: str, body: "Body | None", at: datetime) -> list[Touched]:
    person = person_named(reference)
    sittings = traced.served_in([reference], [person.pk], body)
    certificates = of_candidates(traced.numbers_seated(sittings), traced.plans_of(sittings))
    people, tied_bodies = tied_to(person.pk)
    day: date = localtime(at).date()
    employers = set(bodies().filter(Q(pk__in=tied_bodies) | Q(pk__in=employers_of(person, day))).values_list("name", flat=True))
    tied = traced.tied_among(sittings, people, employers)
    beside = traced.colleagues_in(sittings, person)
    return [
        Touched("该人员评过的场次", _SITTING_COLUMNS, sittings, _sitting),
        Touched("这些场次的成绩和证书", (*_CERTIFICATE_COLUMNS, "理论", "技能", "综合评审"), certificates, _certificate_with_scores),
        Touched("与其有回避关系的考生", _CANDIDATE_COLUMNS, tied, _candidate),
        Touched("同组的考评人员", ("人员编号", "姓名", "同场次数"), beside, lambda one: (one[0], one[1], str(one[2]))),
    ]


def _certificate_with_scores(one: "Certificate") -> Line:
    return (*_certificate(one), *("—" if score is None else str(score) for score in (one.theory, one.practical, one.panel)))


def _of_gap(reference: str, body: "Body | None", at: datetime) -> list[Touched]:
    gap = gap_named(reference)
    if gap is None:
        return []
    until = gap.ends_at or at
    sittings = traced.held_in_room(gap.sitting.room_id, gap.begins_at, until, body)
    seats: list[Line] = [_seat(one) for one in traced.seats_in(sittings, present=True)]
    staff = {(each["number"], each["name"], "监考或考评", one.number) for one in sittings for each in one.invigilators}
    staff |= {(one.supervisor.number, one.supervisor.name, "内部督导员", one.number) for one in sittings if one.supervisor}
    certificates = of_candidates(traced.numbers_seated(sittings, present=True), traced.plans_of(sittings))
    others = CameraGap.objects.filter(camera=gap.camera).exclude(pk=gap.pk).select_related("sitting").order_by("-begins_at")
    return [
        Touched("缺口时段内的场次、考场", _SITTING_COLUMNS, sittings, _sitting),
        Touched("当时在场的考生和工作人员", ("编号", "姓名", "身份", "场次"), [*seats, *sorted(staff)], lambda one: one),
        Touched("这些考生的证书", _CERTIFICATE_COLUMNS, certificates, _certificate),
        Touched("同一设备的其他缺口", ("缺口", "场次", "从", "到"), others, _gap),
    ]


def _seat(one: "Seat") -> Line:
    return one.candidate.number, one.candidate.name, f"考生，{one.seat_number}号座", one.sitting.number


def _gap(one: CameraGap) -> Line:
    until = f"{localtime(one.ends_at):%H:%M:%S}" if one.ends_at else "仍在中断"
    return one.number, one.sitting.number, f"{localtime(one.begins_at):%Y-%m-%d %H:%M:%S}", until
