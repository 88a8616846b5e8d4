"""月报办理: a month's report is asked for, made in the queue, and kept with its hash and its printed form."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.insight import permissions
from touchstone.insight.models import MonthlyReport
from touchstone.insight.printed import pressed
from touchstone.insight.queries.month import document, is_over, months_told, place_of
from touchstone.insight.states import ReportState
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.trust.canonical import canonical

PAPER = "月报"


@transaction.atomic
def ask_report(*, month: date, by: Actor, at: datetime) -> MonthlyReport:
    """This function will ask for the report of a month that is over, of the city or the actor's district; one that was made stays, and the next is
    another edition.

    :raises NotAllowed: :raises Refusal: for a month that is not over, or of which a report is being made.
    """
    permissions.check_may_read(by)
    day = localtime(at).date()
    if month not in months_told(day):
        why = "还没有结束，数字还会变" if not is_over(month, day) else "不在可以编制的范围内"
        raise Refusal(f"{month.year}年{month.month}月{why}。", permissions.LAW, "请选择列出的月份。")
    district = place_of(by)
    before = MonthlyReport.objects.filter(district=district, month=month).aggregate(last=Max("edition"))["last"] or 0
    try:
        with transaction.atomic():
            made = MonthlyReport.objects.create(
                number=f"YB{at:%Y}{next_serial(f'monthly-{at:%Y}'):05d}", office_id=by.office_id, district=district, month=month,
                edition=before + 1, asked_at=at, asked_by_id=by.user_id,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refusal("这个月的月报正在生成。", permissions.LAW, "请稍候在月报列表中打开。") from fault
    record("month.asked", made.number, by=by, at=at, detail={"month": f"{month:%Y-%m}", "district": district})
    return made


@transaction.atomic
def make_report(*, number: str, by: Actor, at: datetime) -> MonthlyReport:
    """This function will reckon a report that was asked for, and keep its figures, their SHA-256 and the printed document; one made already stays as
    it is."""
    made = MonthlyReport.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
    if made.state == ReportState.MADE:
        return made
    made.figures, made.made_at, made.fault = document(made.month, made.district), at, ""
    made.sha256 = hash_of(made.figures)
    when = localtime(at)
    paper = pressed(
        made.figures, number=number, office=made.office.name, sha256=made.sha256, day=f"{when.year}年{when.month}月{when.day}日"
    )
    made.move_to(ReportState.MADE)
    attach(case=number, label=PAPER, name=f"{number}.pdf", content=paper, by=by, at=at)
    record("month.made", number, by=by, at=at, detail={"sha256": made.sha256, "edition": made.edition})
    return made


@transaction.atomic
def give_up_report(*, number: str, fault: str, by: Actor, at: datetime) -> None:
    """This function will put down why a report could not be made, so that it can be asked for again."""
    made = MonthlyReport.objects.select_for_update().get(number=number)
    if made.state == ReportState.ASKED:
        made.fault = fault[:300]
        made.move_to(ReportState.FAILED)
        record("month.failed", number, by=by, at=at, reason=made.fault)


def hash_of(figures: dict[str, object]) -> str:
    """This function will give the SHA-256 of a report's figures in canonical JSON."""
    return hashlib.sha256(canonical(figures)).hexdigest()
