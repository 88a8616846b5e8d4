"""上报全国联网查询: accepted rows are put into a file, the file is sent, its receipt says which rows were taken and which were sent back.

A parcel is counted by its number at the other end: sent again, it is the same one. Receipts that come twice have one effect.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import parse_id_number
from touchstone.kernel.rules import must
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.certificates.handover import COLUMNS, HANDED_OVER, LAYOUT, ROWS_AT_MOST, can_tell_revocations, receipt_is_for_the_parcel
from touchstone.policy.certificates.receiving import MEND_WITHIN
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import plain_mark
from touchstone.policy.roles import Role
from touchstone.sheets.tables import guard
from touchstone.tasks.operations import open_task
from touchstone.uploads import permissions
from touchstone.uploads.models import Entry, Parcel
from touchstone.uploads.operations._case import opened
from touchstone.uploads.queries import rows_to_pack
from touchstone.uploads.states import Act, EntryState, National, ParcelState

FILE, RETELL = "全国联网查询上报文件", "retell_revocation"


@dataclass(frozen=True)
class Answered:
    """What the national query says of one row of a parcel: taken, or sent back with a code and words."""

    number: str
    taken: bool
    code: str = ""
    words: str = ""


@transaction.atomic
def make_parcel(*, by: Actor, at: datetime) -> Parcel | None:
    """This function will put the rows that wait into one file, as many as it may hold; None where none waits."""
    permissions.check_may_process(by)
    day = localtime(at).date()
    serial = next_serial(f"parcel-{day.year}")  # locks the series: two workers do not pack the same rows
    most = in_force(ROWS_AT_MOST, day).value
    ready = rows_to_pack()
    if not can_tell_revocations(in_force(COLUMNS, day).value):
        ready = ready.filter(act=Act.ENTER)  # without the column it would read as an entry
    # whoever revokes at this moment holds the row: it waits for the next file, or they find it in this one
    rows = list(ready.select_for_update(of=("self",), skip_locked=True).select_related("batch__body", "replaces")[:most])
    if not rows:
        transaction.set_rollback(True)
        return None
    number = f"SB{day.year}{serial:06d}"
    content = _file(rows, day)
    sha256 = hashlib.sha256(content).hexdigest()
    parcel = Parcel.objects.create(number=number, layout=in_force(LAYOUT, day).value, rows=len(rows), sha256=sha256, made_at=at)
    Entry.objects.filter(pk__in=[one.pk for one in rows]).update(parcel=parcel)
    attach(case=number, label=FILE, name=f"{number}.csv", content=content, by=by, at=at)
    revoked = sum(one.act == Act.REVOKE for one in rows)
    detail = {"rows": len(rows), "revocations": revoked, "sha256": sha256, "layout": parcel.layout, "identity_numbers_opened": len(rows)}
    record("parcel.made", number, by=by, at=at, reason="生成全国联网查询上报文件，载明完整证件号码", detail=detail)
    return parcel


def _file(rows: Sequence[Entry], day: date) -> bytes:
    columns = in_force(COLUMNS, day).value
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for one in rows:
        told = _columns(one)
        writer.writerow([guard(told.get(column, "")) for column in columns])
    return out.getvalue().encode("utf-8")


def _columns(one: Entry) -> dict[str, str]:
    id_number = opened(one)
    try:
        identity = parse_id_number(id_number)
        sex, birthday = identity.sex, identity.birthday.isoformat()
    except ValueError:  # another kind of paper says neither
        sex, birthday = "", ""
    replaced = one.replaces
    return {
        "姓名": one.name,
        "证件类型": one.id_kind,
        "证件号码": id_number,
        "性别": sex,
        "出生日期": birthday,
        "文化程度": one.education,
        "职业编码": one.occupation_code,
        "职业名称": one.occupation_name,
        "工种名称": one.trade_name,
        "等级": Level(int(one.level)).label,
        "理论成绩": plain_mark(one.theory),
        "技能成绩": plain_mark(one.practical),
        "综合成绩": plain_mark(one.panel),
        "评定成绩": "合格",
        "证书编号": one.number,
        "发证日期": one.issued_on.isoformat() if one.issued_on else "",
        "评价机构编码": one.number[:13],
        "评价机构名称": one.batch.body.name,
        "考评批次": one.plan_number or one.batch.number,
        "操作": Act(one.act).label,
        "代替的证书编号": replaced.number if replaced is not None and replaced.number != one.number else "",
    }


@transaction.atomic
def note_trouble(*, number: str, why: str, by: Actor, at: datetime) -> Parcel:
    """This function will note that a parcel could not be sent, or its receipt not be had, and why; it is tried again."""
    parcel = _locked(number, by)
    parcel.tries, parcel.last_trouble = parcel.tries + 1, why[:200]
    parcel.save(update_fields=["tries", "last_trouble"])
    record("parcel.not_sent", number, by=by, at=at, reason=why, detail={"tries": parcel.tries})
    return parcel


@transaction.atomic
def note_sent(*, number: str, receipt: str, by: Actor, at: datetime) -> Parcel:
    """This function will note that the national query has the file; noted twice, it stands once."""
    parcel = _locked(number, by)
    if parcel.state != ParcelState.MADE:
        return parcel
    parcel.state, parcel.sent_at, parcel.receipt, parcel.last_trouble = ParcelState.SENT, at, receipt[:60], ""
    parcel.save(update_fields=["state", "sent_at", "receipt", "last_trouble"])
    parcel.entries.filter(national=National.WAITING).update(national=National.SENT)
    record("parcel.sent", number, by=by, at=at, detail={"receipt": parcel.receipt, "rows": parcel.rows})
    return parcel


@transaction.atomic
def take_receipt(*, number: str, told_parcel: str, told_sha256: str, answers: Sequence[Answered], by: Actor, at: datetime) -> Parcel:
    """This function will take the receipt of a parcel, row by row; rows sent back go to their bodies to be mended. One that comes twice
    does nothing more.

    :raises Refusal: for a receipt of another parcel or file, or one that does not tell of every row.
    """
    parcel = _locked(number, by)
    if parcel.state == ParcelState.RECEIPTED:
        return parcel
    day = localtime(at).date()
    must(
        receipt_is_for_the_parcel(number, parcel.sha256, parcel.rows, told_parcel, told_sha256, len({one.number for one in answers}), day),
        "没有采用这份回执，稍后重新取回。",
    )
    rows = {one.number: one for one in parcel.entries.select_for_update(of=("self",)).select_related("batch__body")}
    unknown = [one.number for one in answers if one.number not in rows]
    if unknown:
        raise Refusal(f"回执中的{unknown[0]}不在{number}之内。", HANDED_OVER, "没有采用这份回执，稍后重新取回。")
    back: list[Entry] = []
    for answer in answers:
        entry = rows[answer.number]
        entry.national = National.TAKEN if answer.taken else National.RETURNED
        entry.national_words = "" if answer.taken else f"{answer.code} {answer.words}".strip()[:300]
        if not answer.taken:
            back.append(entry)
    Entry.objects.bulk_update(rows.values(), ["national", "national_words"], batch_size=500)
    parcel.state, parcel.receipted_at = ParcelState.RECEIPTED, at
    parcel.returned = len(back)
    parcel.taken = parcel.rows - parcel.returned
    parcel.last_trouble = ""
    parcel.save(update_fields=["state", "receipted_at", "taken", "returned", "last_trouble"])
    _give_back(number, back, by=by, at=at)
    record("parcel.receipted", number, by=by, at=at, detail={"taken": parcel.taken, "returned": parcel.returned})
    return parcel


def _give_back(parcel: str, rows: Sequence[Entry], *, by: Actor, at: datetime) -> None:
    """Entries go to their bodies to be mended, revocations to the centre to be told again; what is void by now nobody needs to mend."""
    day = localtime(at).date()
    due_on = calendar().add_working_days(day, in_force(MEND_WITHIN, day).value)
    void = [one.number for one in rows if one.state == EntryState.REVOKED]
    for one in Entry.objects.filter(act=Act.REVOKE, number__in=void, national=National.WAITING, parcel__isnull=True):
        one.state, one.national, one.sentence = EntryState.REVERTED, National.NONE, "全国查询没有收录该证书，不用上报撤销。"
        one.save(update_fields=["state", "national", "sentence"])
    for act, matter, title, role in _MENDED:
        by_batch: dict[str, list[Entry]] = {}
        for one in rows:
            if one.act == act and one.state == EntryState.ACCEPTED:
                by_batch.setdefault(one.batch.number, []).append(one)
        for batch, found in sorted(by_batch.items()):
            office = city_centre().pk if act is Act.REVOKE else found[0].batch.body.office_id
            told = title.format(many=len(found))
            open_task(case=batch, matter=matter, title=told, office_id=office, role=role, by=by, at=at, due_on=due_on)
            detail = {"parcel": parcel, "rows": [one.row_number for one in found][:200]}
            event = "certificate_batch.sent_back" if act is Act.ENTER else "certificate_batch.revocation_sent_back"
            record(event, batch, by=by.with_key(""), at=at, detail=detail)


_MENDED = (
    (Act.ENTER, "mend_certificate_data", "全国联网查询退回{many}行证书数据，请更正", Role.BODY_PLANNER),
    (Act.REVOKE, RETELL, "全国联网查询退回{many}本证书的撤销，请核对后再报", Role.INTAKE_CLERK),
)


def _locked(number: str, by: Actor) -> Parcel:
    permissions.check_may_process(by)
    return Parcel.objects.select_for_update().get(number=number)
