"""过时复核页: which questions rest on a standard that moved, and is each still right, to be revised, or retired?"""

from dataclasses import asdict
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.kernel.law import Refusal
from touchstone.questions import operations, permissions, queries
from touchstone.web.bank.door import crumbs, own_bank, tabs
from touchstone.web.bank.question_list import MOST, OUTCOMES, QuestionFilter, QuestionTable
from touchstone.web.doors import Request, either_door, own_side
from touchstone.web.tables import BatchAction, DayColumn, Empty, chosen_rows, list_page


class StaleTable(QuestionTable):
    """Stale questions, with why and since when."""

    stale_since = DayColumn("过时自")
    folded = ("difficulty", "secrecy", "contributed_by", "uses", "author", "written_at")


@either_door
def bank_stale(request: Request) -> HttpResponseBase:
    """This page will list what is to be settled since the standard moved, and settle chosen ones the same way, with an outcome for each."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "keep", bank)
    back = own_side(request, "bank_stale")
    way = crumbs(request, bank, ("过时复核", ""))
    if request.method == "POST":
        return _settle(request, back)
    if (outcomes := request.session.pop(OUTCOMES, None)) is not None:
        context = {"bank": bank, "crumbs": way, "outcomes": outcomes, "back_url": back, "title": "复核结果"}
        return render(request, "bank/outcomes.html", context)
    tones = {"still_right": "primary", "revise": "", "retire": "danger"}
    empty = Empty("没有过时的试题", "标准更新或者废止以后，依据它的试题会列在这里，逐题复核。")
    batch = [BatchAction(key, label, tones[key]) for key, label in operations.VERDICTS.items()]
    subtitle = "标准更新以后，试题须及时复核（通知 三(二)3）；复核以前不能用于组卷。"
    return list_page(
        request, queryset=queries.stale(bank), table=StaleTable, filterset=QuestionFilter, title="过时复核", unit="题", empty=empty,
        template="bank/list.html", batch=batch, batch_url=back,
        extra={"bank": bank, "crumbs": way, "tabs": tabs(request, bank, "bank_stale"), "subtitle": subtitle},
    )  # fmt: skip


def _settle(request: Request, back: str) -> HttpResponseBase:
    bank = own_bank(request)
    rows = list(chosen_rows(request, queryset=queries.stale(bank), filterset=QuestionFilter)[: MOST + 1])
    if not rows or len(rows) > MOST:
        messages.error(request, "没有选择试题。" if not rows else f"一次最多办理{MOST}题，请缩小查询范围。")
        return redirect(back)
    verdict = request.POST.get("action", "")
    if "confirmed" not in request.POST:
        context = {"bank": bank, "crumbs": crumbs(request, bank, ("过时复核", back), ("确认", "")), "rows": rows, "action": verdict}
        title = operations.VERDICTS.get(verdict, "")
        return render(request, "bank/confirm_rows.html", context | {"request_key": uuid4(), "back_url": back, "title": f"复核结论：{title}"})
    try:
        numbers, reason = [row.number for row in rows], request.POST.get("reason", "")
        outcomes = operations.settle_stale(numbers=numbers, verdict=verdict, reason=reason, by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    request.session[OUTCOMES] = [asdict(one) for one in outcomes]
    return redirect(back)
