"""调取通知书: the notice of a call for records, as a letter to the body."""

from django.http import HttpResponseBase
from django.utils.timezone import localtime

from touchstone.inspections.queries import records as queries
from touchstone.policy.supervision.records import HANDED_OVER_WITHIN
from touchstone.print.dates import chinese_date
from touchstone.print.letter import Letter, print_letter
from touchstone.web.doors import Request, either_door
from touchstone.web.downloads import send_printed
from touchstone.web.oversight.records_words import item_title

_TITLE = "调取资料通知书"


@either_door
def records_letter(request: Request, number: str) -> HttpResponseBase:
    """This page will print the notice of a call. :raises NotAllowed: for another's."""
    call = queries.call(number, request.actor)
    called_on = localtime(call.called_at).date()
    frozen = "（平台已有，自调取时起冻结，不需另行提供）"
    items = queries.items_of(call)
    listed = tuple((f"{one.place}. {one.get_kind_display()}", one.words + (f"　{one.reference}{frozen}" if one.fingerprint else "")) for one in items)
    said = (
        f"依据{call.clause}和监管职责（{call.charge.get('reason', '')}），我单位对你单位开展“{item_title(call)}”督导检查，现调取下列资料。",
        f"事由和用途：{call.purpose}",
    )
    days = HANDED_OVER_WITHIN.on(called_on).value
    closing = (
        f"请于{chinese_date(call.first_due_on)}以前在平台逐项提供，没有的写明原因；通常期限为{days}个工作日，确有困难的可以在期限内申请延期一次。",
        "自收到本通知起，有关资料不得改动、销毁，需要补充的另行提交。没有按期提供或者提供不真实资料的，依通知三(四)处理。",
    )
    letter = Letter(
        call.office.name, _TITLE, call.number, call.body.name, said, facts=listed, closing=closing, day=chinese_date(called_on)
    )
    return send_printed(lambda: print_letter(letter), f"{call.number}{_TITLE}.pdf")
