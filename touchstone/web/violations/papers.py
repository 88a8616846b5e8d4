"""案件文书: the notice, the decision and the answer to an appeal as letters, and the evidence that lies under a case."""

from django.http import Http404, HttpResponseBase
from django.utils.timezone import localtime

from touchstone.policy.violations.hearing import HEARD_WITHIN
from touchstone.print.dates import chinese_date
from touchstone.print.letter import Letter, print_letter
from touchstone.violations import queries
from touchstone.web.doors import Request, case_door
from touchstone.web.downloads import send, send_from_case
from touchstone.web.violations.words import measure_of, pairs_of


@case_door
def violation_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one piece of evidence of a case. :raises Http404:"""
    return send_from_case(queries.violation(number, request.actor).number, attachment)


@case_door
def violation_paper(request: Request, number: str, paper: str) -> HttpResponseBase:
    """This page will print a letter of a case. :raises Http404: for one there is not (yet)."""
    case = queries.violation(number, request.actor)
    said: tuple[str, ...]
    closing: tuple[str, ...] = ()
    act = f"认定的情形：{case.act_words}（{case.clause}）。"
    if paper == "notice" and case.notified_at is not None and case.heard_until is not None:
        title, day, office = "违纪违规处理告知书", case.notified_at, case.body.name
        days = HEARD_WITHIN.on(localtime(case.notified_at).date()).value
        said = ("经查，你存在下列行为，拟按规定处理，现予告知。", f"事实：{case.facts}", act)
        closing = (f"你有权在{days}个工作日内（至{chinese_date(case.heard_until)}）陈述申辩，逾期视为放弃。",)
    elif paper == "decision" and case.decided_at is not None and case.measure and case.appeal_until is not None:
        title, day, office = "违纪违规处理决定书", case.decided_at, case.body.name
        heard = f"你的陈述申辩：{case.statement}" if case.statement else "你没有陈述申辩。"
        said = (f"事实：{case.facts}", act, heard, f"处理理由：{case.reason}", f"决定：{measure_of(case)}。")
        closing = (f"对本决定不服的，可以在{chinese_date(case.appeal_until)}以前向{case.appeal_to}申诉；申诉期间不停止执行。",)
    elif paper == "answer" and case.answered_at is not None and case.appeal_to is not None:
        title, day, office = "违纪违规处理申诉答复书", case.answered_at, case.appeal_to.name
        outcome = "维持" if case.state == "upheld" else "撤销"
        about = f"你对{case.body.name}处理决定（{case.number}）提出的申诉已经审查。"
        said = (about, f"申诉理由：{case.appeal}", f"审查意见：{case.answer}", f"答复：{outcome}原处理决定。")
    else:
        raise Http404
    written = chinese_date(localtime(day).date())
    letter = Letter(office, title, case.number, case.person.name, said, facts=tuple(pairs_of(case)), closing=closing, day=written)
    return send(print_letter(letter), "application/pdf", f"{case.number}{title}.pdf", inline=True)
