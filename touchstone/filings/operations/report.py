"""报送签收: does 市职鉴中心 sign for a reported filing, with a site code, or ask back?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.bodies.operations import assign_site_code
from touchstone.filings import permissions
from touchstone.filings.models import CentreReport
from touchstone.filings.operations._case import ROUTE, NothingToDo, bureau, words
from touchstone.filings.queries.routing import has_step
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import due
from touchstone.policy.certificates.numbering import letter_laid_down
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE
from touchstone.policy.filing.terms import SIGN_WITHIN
from touchstone.policy.roles import BodyKind, Role
from touchstone.tasks.operations import close_tasks, open_task


def _locked(number: str, act: str, by: Actor) -> CentreReport:
    rows = CentreReport.objects.select_for_update(of=("self",)).select_related("filing__body__office", "filing__body__superior")
    report = rows.filter(number=number).first()
    if report is None:
        raise NothingToDo(f"没有编号为{number}的报送件。", None, "请核对编号后再办理。")
    permissions.check_may(by, act, report.filing)
    if report.signed_at is not None:
        raise Refusal("该备案结果已经签收。", ROUTE, "无需重复办理，可在流转记录中查看。")
    return report


@transaction.atomic
def sign_for_report(*, number: str, site_code: str, by: Actor, at: datetime) -> CentreReport:
    """This function will sign for a report and assign the body's six-place site code; an empty one takes the next that is free.

    :raises Refusal: while a query is open, when signed already, or when the code is taken or malformed.
    """
    report = _locked(number, "sign_report", by)
    if report.is_queried:
        raise Refusal("核询尚未答复，不能签收。", ROUTE, "请等区人社局答复后再签收。")
    body = report.filing.body
    kind = letter_laid_down(BodyKind(body.kind), at.date())
    if kind.outcome is not Outcome.MET:
        raise Refusal(f"{kind.reason}，不能赋予站点序列码。", kind.clause, "请与市职鉴中心备案管理部门核实该机构的类型。")
    if not body.site_code:
        body = report.filing.body = assign_site_code(body=body, code=site_code.strip(), by=by.with_key(""), at=at)
    report.signed_at, report.signed_by_id = at, by.user_id
    report.save(update_fields=["signed_at", "signed_by"])
    close_tasks(case=number, by=by, at=at, outcome=f"已签收，站点序列码{body.site_code}")
    clause = str(CERTIFICATE_NUMBER_RULE.clause("第8至13位"))
    detail = {"note": f"站点序列码{body.site_code}", "report": number, "clause": clause, "findings": records((kind,))}
    record("filing.report_signed", report.filing.number, by=by, at=at, detail=detail)
    return report


@transaction.atomic
def query_report(*, number: str, query: str, by: Actor, at: datetime) -> CentreReport:
    """This function will ask the district back about a report. :raises Refusal: while a query is open or after signing."""
    report = _locked(number, "sign_report", by)
    if report.is_queried:
        raise Refusal("已有一次核询等待答复。", ROUTE, "请等区人社局答复后再提出。")
    if not has_step(report.filing, "report_to_centre", at.date()):
        raise Refusal("市职鉴中心自行办理的备案不需要核询。", ROUTE, "发现问题的，请与审批负责人核实后登记。")
    report.query, report.queried_at = words(query, "核询须写明要核实的内容。", "例如：请说明考核点使用权证明与申报表不一致的原因。"), at
    report.save(update_fields=["query", "queried_at"])
    close_tasks(case=number, matter="report.sign", by=by, at=at, outcome="已核询")
    _owes(report, "report.answer", "市职鉴中心核询，请答复", bureau(report.filing, "decision").pk, Role.INTAKE_CLERK, by, at)
    record("filing.report_queried", report.filing.number, by=by, at=at, reason=report.query, detail={"report": number})
    return report


@transaction.atomic
def answer_report(*, number: str, answer: str, by: Actor, at: datetime) -> CentreReport:
    """This function will answer the centre's query for the district. :raises Refusal: when nothing was asked."""
    report = _locked(number, "answer_report", by)
    if not report.is_queried:
        raise NothingToDo("该报送件没有待答复的核询。", ROUTE, "可在流转记录中查看当前由谁办理。")
    report.answer, report.answered_at = words(answer, "请写明答复内容。", "答复将送市职鉴中心。"), at
    report.save(update_fields=["answer", "answered_at"])
    close_tasks(case=number, matter="report.answer", by=by, at=at, outcome="已答复")
    _owes(report, "report.sign", "核询已答复，请签收备案结果", city_centre().pk, Role.REGISTRAR, by, at)
    record("filing.report_answered", report.filing.number, by=by, at=at, reason=report.answer, detail={"report": number})
    return report


def _owes(report: CentreReport, matter: str, title: str, office_id: int, role: Role, by: Actor, at: datetime) -> None:
    within = due(SIGN_WITHIN, at)
    what = f"{title}：{report.filing.body.name}"
    open_task(case=report.number, matter=matter, title=what, office_id=office_id, role=role, by=by, at=at, due_on=within)
