"""导入名册: which people of a workbook come onto a body's register of staff or of students, row by row?

The workbook is received in the request, where what cannot be read is refused at once, and gone through by the worker. Rows of a chunk, their
outcomes, the place reached and one ledger line commit together: a run that was killed goes on where it stood, and every row counts once.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
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
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.files.workbooks import workbook_at_hand
from touchstone.kernel.law import Clause, Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.eligibility.admission import DIRECT, OWN_STAFF_FORMS
from touchstone.policy.roles import BodyKind
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
    """This function will receive a workbook of people in post; whoever calls it defers `process_roster` in the same transaction.

    :raises Refusal: for another kind of body, or a file that cannot be read. Nothing is kept of it then.
    """
    permissions.check_may_keep(by, body)
    permissions.check_population(BodyKind(body.kind), "workers")
    _check_file(WORKERS, body.number, name, content, IN_POST)
    return _begin(body, None, RosterImport.Roster.WORKERS, name, content, by=by, at=at)


def import_students(*, body: Body, agreement: Agreement | None, name: str, content: bytes, by: Actor, at: datetime) -> RosterImport:
    """This function will receive a workbook of students: a school's own, or a partner school's under an agreement of the body; whoever calls it
    defers `process_roster` in the same transaction.

    :raises Refusal: for a body without students, an agreement that is over, or a file that cannot be read.
    """
    permissions.check_may_keep(by, body)
    permissions.check_population(BodyKind(body.kind), "students" if agreement is None else "agreements")
    if agreement is not None and (agreement.ended_on or agreement.until) <= at.date():
        raise Refusal(f"协议{agreement.number}已经终止或到期。", BY_AGREEMENT, "请先登记新的协议，再导入该校学生。")
    register = agreement.number if agreement else body.number
    _check_file(STUDENTS, register, name, content, BY_AGREEMENT if agreement else REGISTER)
    return _begin(body, agreement, RosterImport.Roster.STUDENTS, name, content, by=by, at=at)


def _worker_options(body: Body, day: date) -> dict[str, tuple[str, ...]]:
    subsidiaries = body.subsidiaries.filter(until__isnull=True).order_by("number").values_list("name", flat=True)
    return {"form": tuple(in_force(OWN_STAFF_FORMS, day).value), "subsidiary": tuple(subsidiaries)}


def _student_options(agreement: Agreement | None) -> dict[str, tuple[str, ...]]:
    return {"full_time": (YES, NO), "major": tuple(agreement.majors) if agreement else ()}


def process_roster(*, number: str, by: Actor, at: datetime, after_chunk: Callable[[int], None] = lambda done: None) -> RosterImport:
    """This function will go through a workbook from the row it had reached to its end, and give it back with a result per row.

    Called again after a kill, or twice at once, every row still counts once. `after_chunk` is told the place reached after each commit.
    """
    permissions.check_may_process_roster(by)
    run = RosterImport.objects.select_related("body", "agreement").get(number=number)
    if run.finished_at is not None or run.failed_because:
        return run
    content = content_of(of_case(number, FILE)[0])
    try:
        rows = _rows(run, content, at.date())
    except FileRefused as refused:
        return _fail(number, f"{refused.sentence.rstrip('。')}。没有登记任何人。", by=by, at=at)
    RosterImport.objects.filter(number=number).update(total=len(rows))
    reached = run.done
    while reached < len(rows):
        if not _take_chunk(run.pk, rows[reached : reached + CHUNK], reached, by=by, at=at):
            return RosterImport.objects.get(number=number)  # somebody else is at it
        reached = min(reached + CHUNK, len(rows))
        after_chunk(reached)
    _finish(number, content, by=by, at=at)
    return RosterImport.objects.get(number=number)


def _check_file(roster: Roster, register: str, name: str, content: bytes, clause: Clause) -> None:
    with workbook_at_hand(name, content, clause) as path, read_rows(path, roster.shape) as reading:
        marked = reading.head.marks.get("register", "")
    if marked != register:
        wrong = f"这份名册是从“{marked or '（未写明）'}”下载的，不是“{register}”的。"
        raise Refusal(wrong, clause, "请在本页重新下载模板，把数据粘贴进去后再上传。")


def _rows(run: RosterImport, content: bytes, day: date) -> list[RosterRow]:
    workers = run.roster == RosterImport.Roster.WORKERS
    roster, options = (WORKERS, _worker_options(run.body, day)) if workers else (STUDENTS, _student_options(run.agreement))
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(content)
        with read_rows(path, roster.shape) as reading:
            return list(parse_roster(roster, reading.rows, options))


@transaction.atomic
def _begin(
    body: Body, agreement: Agreement | None, roster: str, name: str, content: bytes, *, by: Actor, at: datetime
) -> RosterImport:
    number = f"MC{at.year}{next_serial(f'roster-{at.year}'):06d}"
    sha256 = hashlib.sha256(content).hexdigest()
    run = RosterImport.objects.create(
        number=number, body=body, agreement=agreement, roster=roster, name=name[:200], sha256=sha256, run_by_id=by.user_id, run_at=at
    )
    attach(case=number, label=FILE, name=name, content=content, by=by, at=at)
    detail = {"import": number, "roster": roster, "sha256": sha256, "agreement": agreement.number if agreement else ""}
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
def _take_chunk(run_id: int, chunk: Sequence[RosterRow], reached: int, *, by: Actor, at: datetime) -> bool:
    run = RosterImport.objects.select_for_update(of=("self",)).select_related("body", "agreement").get(pk=run_id)
    if run.done != reached or run.finished_at is not None or run.failed_because:
        return False
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
    run.done = reached + len(chunk)
    run.save(update_fields=["accepted", "unchanged", "refused", "done"])
    told = json.dumps([[one.row_number, one.outcome, one.sentence] for one in lines], ensure_ascii=False)
    counts = {"entered": outcomes.count(ENTERED), "unchanged": outcomes.count(UNCHANGED), "refused": outcomes.count(REFUSED)}
    detail = {"import": run.number, "rows": [chunk[0].number, chunk[-1].number], "counts": counts, "sha256": _hash(told)}
    record("roster.rows_taken", body.number, by=by.with_key(""), at=at, detail=detail)
    return True


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


def _finish(number: str, content: bytes, *, by: Actor, at: datetime) -> None:
    """The person's own workbook with a result for every row; where it cannot be made, the page still holds every outcome."""
    run = RosterImport.objects.get(number=number)
    roster = WORKERS if run.roster == RosterImport.Roster.WORKERS else STUDENTS
    rows = run.rows.values_list("row_number", "outcome", "sentence")
    results = {row: sentence if outcome == REFUSED else f"{PASSED}：{sentence}" for row, outcome, sentence in rows}
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path, target = Path(folder) / "roster.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        note = ""
        try:
            return_workbook(path, target, roster.shape, results)
        except FileRefused as refused:
            note = f"各行结果见本页；带结果的工作簿没有生成：{refused.sentence}"[:500]
        with transaction.atomic():
            run = RosterImport.objects.select_for_update(of=("self",)).get(number=number)
            if run.finished_at is not None:
                return
            if not note:
                returned = run.name.removesuffix(".xlsx") + f"（{RETURNED}）.xlsx"
                attach(case=number, label=RETURNED, name=returned, content=target.read_bytes(), by=by, at=at)
            run.note, run.finished_at = note, at
            run.save(update_fields=["note", "finished_at"])
            counts = {"entered": run.accepted, "unchanged": run.unchanged, "refused": run.refused}
            record("roster.finished", number, by=by, at=at, detail={"total": run.total, "counts": counts})


@transaction.atomic
def _fail(number: str, sentence: str, *, by: Actor, at: datetime) -> RosterImport:
    run = RosterImport.objects.select_for_update(of=("self",)).get(number=number)
    if run.finished_at is None and not run.failed_because:
        run.failed_because = sentence
        run.save(update_fields=["failed_because"])
        record("roster.failed", number, by=by, at=at, reason=sentence, detail={"done": run.done})
    return run
