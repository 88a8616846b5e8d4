"""撤销文书: the notice, the decision and the answer to an appeal to a holder, and the notice and the order to a body, as letters."""

from datetime import datetime

from django.http import Http404, HttpResponseBase
from django.utils.timezone import localtime

from touchstone.policy.certificates.revocation import EXECUTE_WITHIN, STATEMENT_WITHIN, Cause, Verdict
from touchstone.print.dates import chinese_date
from touchstone.print.letter import Letter, print_letter
from touchstone.revocations import queries
from touchstone.web.doors import Request, either_door, person_door
from touchstone.web.downloads import send_printed
from touchstone.web.revocations.words import certificate_pairs, verdict_words

_LISTED = 100


def _day(at: datetime) -> str:
    return chinese_date(localtime(at).date())


@person_door
def revocation_paper(request: Request, number: str, paper: str) -> HttpResponseBase:
    """This page will print a letter to the holder of a certificate. :raises Http404: for one there is not (yet)."""
    row = queries.row(number, request.actor)
    case, office = row.case, row.case.office.name
    closing: tuple[str, ...] = ()
    if paper == "notice" and row.notified_at is not None and case.heard_until is not None:
        title, day = "拟撤销证书告知书", row.notified_at
        days = STATEMENT_WITHIN.on(localtime(row.notified_at).date()).value
        said: tuple[str, ...] = (
            f"经查，你持有的下列证书涉及{Cause(case.cause).words}，拟依据{case.clause}处理，现予告知。",
            f"事实和理由：{case.reason}",
        )
        until = chinese_date(case.heard_until)
        closing = (f"你可以在{days}个工作日内（至{until}）陈述意见、提交证明材料，逾期视为放弃。核查期间查验页显示“核查中”。",)
    elif paper == "decision" and row.decided_at is not None and row.verdict and case.decided_at is not None:
        title, day = "证书处理决定书", row.decided_at
        heard = f"你的陈述：{row.statement}" if row.statement else "你没有陈述。"
        decision = f"决定（依据{case.clause}）：{verdict_words(row, row.verdict)}。"
        said = (f"事实和理由：{case.reason}", heard, f"认定：{row.proposal_reason}", decision)
        if row.verdict != Verdict.KEEP and case.appeal_to is not None and case.appeal_until is not None:
            closing = (f"不服本决定的，可以在{chinese_date(case.appeal_until)}以前向{case.appeal_to.name}申诉；申诉期间不停止执行。",)
    elif paper == "answer" and row.answered_at is not None and case.appeal_to is not None:
        title, day, office = "证书处理申诉答复书", row.answered_at, case.appeal_to.name
        outcome = "申诉成立，撤销原决定" if row.appeal_state == "granted" else "维持原决定"
        said = (f"申诉理由：{row.appeal or '由原案件的撤销引起'}", f"审查意见：{row.answer}", f"答复：{outcome}。")
        if row.replaced_by and row.appeal_state == "granted":
            closing = (f"原证书不再恢复，由编号为{row.replaced_by}的证书代替，取得日期不变。",)
    else:
        raise Http404
    letter = Letter(
        office, title, row.number, row.certificate.holder_name, said, facts=tuple(certificate_pairs(row)), closing=closing, day=_day(day)
    )
    return send_printed(lambda: print_letter(letter), f"{row.number}{title}.pdf")


@either_door
def revocation_letter(request: Request, number: str, paper: str) -> HttpResponseBase:
    """This page will print a letter to the body whose certificates a case is about. :raises Http404: for one there is not (yet)."""
    case = queries.case(number, request.actor)
    rows = list(queries.rows_of(case, request.actor)[:_LISTED])
    more = f"另有{case.row_count - _LISTED}本，见平台案件页面。" if case.row_count > _LISTED else ""
    listed = tuple((row.certificate_number, f"{row.certificate.holder_name}　{verdict_words(row, row.verdict)}") for row in rows)
    closing: tuple[str, ...]
    if paper == "notice" and case.notified_at is not None and case.heard_until is not None:
        title, day = "证书核查告知书", case.notified_at
        about = f"你单位核发的下列证书涉及{Cause(case.cause).words}，现予核查。"
        said: tuple[str, ...] = (about, f"事实和理由：{case.reason}", *([more] if more else []))
        closing = (f"请配合核查，于{chinese_date(case.heard_until)}以前提交有关材料。",)
    elif paper == "order" and case.decided_at is not None and case.execute_by is not None:
        title, day = "证书处理决定书", case.decided_at
        days = EXECUTE_WITHIN.on(localtime(case.decided_at).date()).value
        said = (f"事实和理由：{case.reason}", f"依据{case.clause}，对你单位核发的下列证书作出处理。", *([more] if more else []))
        closing = (f"请在{days}个工作日内（至{chinese_date(case.execute_by)}）执行，逾期由平台执行。",)
    else:
        raise Http404
    letter = Letter(case.office.name, title, case.number, case.body_words, said, facts=listed, closing=closing, day=_day(day))
    return send_printed(lambda: print_letter(letter), f"{case.number}{title}.pdf")
