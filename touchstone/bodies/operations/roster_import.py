"""导入名册: which people of a workbook come onto a body's register of staff or of students, row by row?

Rows of a chunk, their outcomes and one ledger line commit together; an import broken off half-way can simply be repeated, for
whoever stands on the register with the same facts counts as unchanged.
"""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_people
from touchstone.accounts.people import Identity
from touchstone.bodies import permissions
from touchstone.bodies.models import Agreement, Body, RosterImport, RosterImportRow, Student, Subsidiary, Worker
from touchstone.bodies.operations.students import BY_AGREEMENT, REGISTER
from touchstone.bodies.operations.workers import IN_POST, check_earlier, check_post
from touchstone.files.operations import LARGEST, attach
from touchstone.kernel.law import Clause, Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.eligibility.admission import DIRECT, OWN_STAFF_FORMS
from touchstone.policy.roles import BodyKind
from touchstone.sheets.archive import check_workbook
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.rosters import NO, STUDENTS, WORKERS, YES, Roster, RosterRow, parse_roster, roster_template
from touchstone.sheets.shapes import PASSED

if TYPE_CHECKING:
    from touchstone.accounts.models import Person

CHUNK = 250
FILE, RETURNED = "名册", "核对结果"
ENTERED, UNCHANGED, REFUSED = RosterImportRow.Outcome.ENTERED, RosterImportRow.Outcome.UNCHANGED, RosterImportRow.Outcome.REFUSED
Judged = tuple[Worker | Student | None, str, str]


def worker_template(*, body: Body, day: date) -> bytes:
    """This function will give the empty workbook of own staff with today's drop-downs."""
    return roster_template(WORKERS, _worker_options(body, day), {"register": body.number})


def student_template(*, body: Body, agreement: Agreement | None) -> bytes:
    """This function will give the empty workbook of students: a school's own, or those under an agreement with its majors."""
    return roster_template(STUDENTS, _student_options(agreement), {"register": agreement.number if agreement else body.number})


def import_workers(*, body: Body, name: str, content: bytes, by: Actor, at: datetime) -> RosterImport:
    """This function will enter the people of a workbook as in post, with an outcome for every row.

    :raises Refusal: for another kind of body, or a file that cannot be read. Nothing is kept of it then.
    """
    permissions.check_may_keep(by, body)
    permissions.check_population(BodyKind(body.kind), "workers")
    rows = _read(WORKERS, _worker_options(body, at.date()), body.number, name, content, IN_POST)
    return _run(body, None, RosterImport.Roster.WORKERS, rows, name, content, by=by, at=at)


def import_students(*, body: Body, agreement: Agreement | None, name: str, content: bytes, by: Actor, at: datetime) -> RosterImport:
    """This function will enter the students of a workbook: a school's own, or a partner school's under an agreement of the body.

    :raises Refusal: for a body without students, an agreement that is over, or a file that cannot be read.
    """
    permissions.check_may_keep(by, body)
    permissions.check_population(BodyKind(body.kind), "students" if agreement is None else "agreements")
    if agreement is not None and (agreement.ended_on or agreement.until) <= at.date():
        raise Refusal(f"协议{agreement.number}已经终止或到期。", BY_AGREEMENT, "请先登记新的协议，再导入该校学生。")
    register = agreement.number if agreement else body.number
    rows = _read(STUDENTS, _student_options(agreement), register, name, content, BY_AGREEMENT if agreement else REGISTER)
    return _run(body, agreement, RosterImport.Roster.STUDENTS, rows, name, content, by=by, at=at)


def _worker_options(body: Body, day: date) -> dict[str, tuple[str, ...]]:
    subsidiaries = body.subsidiaries.filter(until__isnull=True).order_by("number").values_list("name", flat=True)
    return {"form": tuple(in_force(OWN_STAFF_FORMS, day).value), "subsidiary": tuple(subsidiaries)}


def _student_options(agreement: Agreement | None) -> dict[str, tuple[str, ...]]:
    return {"full_time": (YES, NO), "major": tuple(agreement.majors) if agreement else ()}


def _read(roster: Roster, options: dict[str, tuple[str, ...]], register: str, name: str, content: bytes, clause: Clause) -> list[RosterRow]:
    if not name.lower().endswith(".xlsx") or len(content) > LARGEST:
        raise Refusal(f"不能接收“{name}”。", clause, f"请上传本页下载的模板（.xlsx），不超过{LARGEST // 1048576}MB。")
    try:
        check_workbook(content)
        with tempfile.TemporaryDirectory(prefix="roster-") as folder:
            path = Path(folder) / "roster.xlsx"
            path.write_bytes(content)
            with read_rows(path, roster.shape) as reading:
                marked = reading.head.marks.get("register", "")
                if marked != register:
                    wrong = f"这份名册是从“{marked or '（未写明）'}”下载的，不是“{register}”的。"
                    raise Refusal(wrong, clause, "请在本页重新下载模板，把数据粘贴进去后再上传。")
                return list(parse_roster(roster, reading.rows, options))
    except FileRefused as refused:
        raise Refusal(refused.sentence, clause, "没有登记任何人。") from refused


def _run(
    body: Body, agreement: Agreement | None, roster: str, rows: list[RosterRow], name: str, content: bytes, *, by: Actor, at: datetime
) -> RosterImport:
    run = _begin(body, agreement, roster, len(rows), name, content, by=by, at=at)
    for start in range(0, len(rows), CHUNK):
        _take_chunk(run.pk, rows[start : start + CHUNK], by=by, at=at)
    _give_back(run.pk, content, name, by=by, at=at)
    run.refresh_from_db()
    return run


@transaction.atomic
def _begin(
    body: Body, agreement: Agreement | None, roster: str, total: int, name: str, content: bytes, *, by: Actor, at: datetime
) -> RosterImport:
    number = f"MC{at.year}{next_serial(f'roster-{at.year}'):06d}"
    sha256 = hashlib.sha256(content).hexdigest()
    run = RosterImport.objects.create(
        number=number, body=body, agreement=agreement, roster=roster, name=name[:200], sha256=sha256, total=total, run_by_id=by.user_id, run_at=at
    )
    attach(case=number, label=FILE, name=name, content=content, by=by, at=at)
    detail = {"import": number, "roster": roster, "sha256": sha256, "rows": total, "agreement": agreement.number if agreement else ""}
    record("roster.received", body.number, by=by, at=at, detail=detail)
    return run


@dataclass
class _Known:
    """What the register holds already about the people of a chunk."""

    run: RosterImport
    forms: Sequence[str]
    subsidiaries: dict[str, Subsidiary]
    workers: dict[int, list[Worker]]
    students: dict[int, Student]


@transaction.atomic
def _take_chunk(run_id: int, chunk: Sequence[RosterRow], *, by: Actor, at: datetime) -> None:
    run = RosterImport.objects.select_for_update(of=("self",)).select_related("body", "agreement").get(pk=run_id)
    body = Body.objects.select_for_update().get(pk=run.body_id)
    readable = [row for row in chunk if not row.faults]
    identities = [Identity(row.values["name"], row.values["id_number"]) for row in readable]
    people = dict(zip((row.number for row in readable), enter_people(identities=identities, case=run.number, by=by, at=at), strict=True))
    ids = [one.pk for one in people.values() if not isinstance(one, Refusal)]
    workers: dict[int, list[Worker]] = {}
    for each in body.workers.filter(person_id__in=ids).select_related("subsidiary"):
        workers.setdefault(each.person_id, []).append(each)
    students = {one.person_id: one for one in body.students.filter(person_id__in=ids, agreement=run.agreement, left_on__isnull=True)}
    open_now = {one.name: one for one in body.subsidiaries.filter(until__isnull=True)}
    known = _Known(run, in_force(OWN_STAFF_FORMS, at.date()).value, open_now, workers, students)
    judged = [_judge(known, row, people.get(row.number), at) for row in chunk]
    Worker.objects.bulk_create([made for made, _, _ in judged if isinstance(made, Worker)])
    Student.objects.bulk_create([made for made, _, _ in judged if isinstance(made, Student)])
    lines = [
        RosterImportRow(run=run, row_number=row.number, name=row.name, outcome=outcome, sentence=sentence[:500])
        for row, (_, outcome, sentence) in zip(chunk, judged, strict=True)
    ]
    RosterImportRow.objects.bulk_create(lines)
    outcomes = [outcome for _, outcome, _ in judged]
    run.accepted, run.unchanged = run.accepted + outcomes.count(ENTERED), run.unchanged + outcomes.count(UNCHANGED)
    run.refused += outcomes.count(REFUSED)
    run.save(update_fields=["accepted", "unchanged", "refused"])
    told = json.dumps([[one.row_number, one.outcome, one.sentence] for one in lines], ensure_ascii=False)
    counts = {"entered": outcomes.count(ENTERED), "unchanged": outcomes.count(UNCHANGED), "refused": outcomes.count(REFUSED)}
    detail = {"import": run.number, "rows": [chunk[0].number, chunk[-1].number], "counts": counts, "sha256": _hash(told)}
    record("roster.rows_taken", body.number, by=by.with_key(""), at=at, detail=detail)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _judge(known: _Known, row: RosterRow, person: "Person | Refusal | None", at: datetime) -> Judged:
    if row.faults or person is None:
        return None, REFUSED, "；".join(one.sentence.rstrip("。") for one in row.faults) + "。"
    if isinstance(person, Refusal):
        return None, REFUSED, str(person)
    righted = "；".join(f"{note.column}：{note.sentence}" for note in row.notes)
    after = f"（已更正：{righted}）" if righted else ""
    try:
        worker = known.run.roster == RosterImport.Roster.WORKERS
        made = _worker(known, row.values, person, at) if worker else _student(known, row.values, person, at)
    except Refusal as refusal:
        return None, REFUSED, str(refusal)
    return (made, ENTERED, f"已登记。{after}") if made is not None else (None, UNCHANGED, f"已在登记之内，没有变化。{after}")


def _worker(known: _Known, given: dict[str, str], person: "Person", at: datetime) -> Worker | None:
    since = date.fromisoformat(given["since"])
    through = given.get("through", "") if given["form"] != DIRECT else ""
    subsidiary = known.subsidiaries.get(given.get("subsidiary", ""))
    if given.get("subsidiary") and subsidiary is None:
        raise Refusal(f"“{given['subsidiary']}”不是本机构登记的下属企业。", IN_POST, "请先登记该下属企业，再登记其职工。")
    rows = known.workers.get(person.pk, [])
    same = next((one for one in rows if one.until is None), None)
    if same is not None and (same.form, same.through, same.subsidiary, same.since) == (given["form"], through, subsidiary, since):
        return None
    check_post(given["form"], given.get("through", ""), since, known.forms, at.date())
    check_earlier(person.name, rows, since)
    return Worker(
        body=known.run.body,
        person=person,
        form=given["form"],
        through=through,
        subsidiary=subsidiary,
        post=given.get("post", ""),
        since=since,
        evidence=given.get("evidence", ""),
        entered_at=at,
    )


def _student(known: _Known, given: dict[str, str], person: "Person", at: datetime) -> Student | None:
    enrolled, graduates = date.fromisoformat(given["enrolled_on"]), date.fromisoformat(given["graduates_on"])
    full_time = given["full_time"] == YES
    clause = BY_AGREEMENT if known.run.agreement else REGISTER
    if graduates <= enrolled:
        raise Refusal("预计毕业日不晚于入学日。", clause, "请按学籍登记核对日期。")
    same = known.students.get(person.pk)
    if same is not None:
        if (same.register_number, same.major, same.full_time, same.graduates_on) == (given["register_number"], given["major"], full_time, graduates):
            return None
        raise Refusal(f"{person.name}已在登记之内，所填内容不同，本行没有采用。", clause, "学籍有变化的，请先登记离校，再重新登记。")
    return Student(
        body=known.run.body,
        agreement=known.run.agreement,
        person=person,
        register_number=given["register_number"],
        major=given["major"],
        programme=given.get("programme", ""),
        full_time=full_time,
        enrolled_on=enrolled,
        graduates_on=graduates,
        entered_at=at,
    )


def _give_back(run_id: int, content: bytes, name: str, *, by: Actor, at: datetime) -> None:
    """The person's own workbook with a result for every row; where it cannot be made, the page still holds every outcome."""
    run = RosterImport.objects.get(pk=run_id)
    roster = WORKERS if run.roster == RosterImport.Roster.WORKERS else STUDENTS
    rows = run.rows.values_list("row_number", "outcome", "sentence")
    results = {number: sentence if outcome == REFUSED else f"{PASSED}：{sentence}" for number, outcome, sentence in rows}
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path, target = Path(folder) / "roster.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        try:
            return_workbook(path, target, roster.shape, results)
        except FileRefused as refused:
            RosterImport.objects.filter(pk=run_id).update(note=f"各行结果见本页；带结果的工作簿没有生成：{refused.sentence}"[:500])
            return
        returned = name.removesuffix(".xlsx") + f"（{RETURNED}）.xlsx"
        attach(case=run.number, label=RETURNED, name=returned, content=target.read_bytes(), by=by.with_key(""), at=at)
