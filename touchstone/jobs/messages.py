"""消息任务: who is told of what the ledger says, and which texts go to the gateway?"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import office_by_key, users_of
from touchstone.appointments import queries as appointments
from touchstone.bodies import queries as bodies
from touchstone.calls import queries as calls
from touchstone.exams.queries import plans
from touchstone.experts import queries as experts
from touchstone.experts.queries import dispatch
from touchstone.filings import queries as filings
from touchstone.grading import queries as grading
from touchstone.guidance import queries as guidance
from touchstone.inspections.queries import visiting
from touchstone.jobs.adapters.sms import configured
from touchstone.notices.messages import Words, hand_over_text, tell, waiting_texts
from touchstone.policy.violations.acts import Party
from touchstone.revocations import queries as revocations
from touchstone.uploads import queries as uploads
from touchstone.violations import queries as violations

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, User
    from touchstone.ledger.models import Entry

LIMIT = 500

_TOLD: dict[str, tuple[str, bool]] = {
    "association.opened": ("本机构纳入社会化认定（{case}），已开办社会培训评价组织备案申请，请填报", True),
    "association.moved": ("本机构已纳入社会化职业技能等级认定（{case}）", True),
    "body.model_named": ("本机构被认定为示范性社会培训评价组织", True),
    "body.model_taken_back": ("本机构的示范性社会培训评价组织已被取消，请查看理由", True),
    "application.returned": ("应征申请 {case} 被退回补正", True),
    "application.selected": ("应征申请 {case} 已入选，可以申请备案", True),
    "application.passed_over": ("应征申请 {case} 未入选，请查看理由", True),
    "certificate_batch.returned": ("证书数据 {case} 被退回更正，请按各行的审核意见更正后再提交", True),
    "certificate_batch.refused": ("证书数据 {case} 不予接收，请查看理由", True),
    "certificate_batch.accepted": ("证书数据 {case} 已接收", False),
    "certificate_batch.sent_back": ("全国联网查询退回证书数据 {case} 中的行，请更正", True),
    "corps_application.returned": ("资格申请 {case} 被退回补正，请查看", True),
    "corps_application.admitted": ("资格申请 {case} 已审核通过，请报名培训", True),
    "course.announced": ("培训班 {case} 已发布通知，请报名", False),
    "corps_application.refused": ("资格申请 {case} 未予认可，请查看理由", True),
    "corps_application.qualified": ("资格申请 {case} 已授予资格", True),
    "member.warned": ("您受到警告，请查看决定和理由", True),
    "member.suspended": ("您的资格已暂停，请查看决定和理由", True),
    "member.removed": ("您的资格已取消，请查看决定和理由", True),
    "member.restored": ("您的资格已恢复", True),
    "member.appeal_answered": ("您的申诉已有答复，请查看", True),
    "member.qualification_ending": ("您的资格即将期满，请及时申请延续", True),
    "appointment.put_forward": ("您的评聘申报 {case} 已登记，请查看条件核对情况", False),
    "appointment.checked": ("您的评聘申报 {case} 已核对，请查看结果", True),
    "appointment.made": ("您已受聘（{case}），请查看聘期和聘书", True),
    "appointment.appraised": ("您的聘任 {case} 已登记年度考核，请查看", False),
    "appointment.renewed": ("您的聘任 {case} 已续聘，请查看新的聘期", True),
    "appointment.ended": ("您的聘任 {case} 已终止，请查看原因", True),
    "appraisal.decided": ("您的年度考核已决定等次，请查看", False),
    "assignment.absent": ("派遣 {case} 登记为未到场，如有异议请联系市职鉴中心", True),
    "assignment.cancelled": ("派遣 {case} 已取消，您不必到场", True),
    "assignment.replaced": ("派遣 {case} 已改派他人，您不必到场", True),
    "assignment.refusal_judged": ("您推辞派遣 {case} 的理由已经认定，请查看", False),
    "marks.review_asked": ("任务 {case} 有考生的评分相差过大，请您复评", True),
    "dispatch.drawn": ("您被派往考评或者督导，请查看并答复", True),
    "dispatch.impossible": ("派遣申请 {case} 暂时派不出人，已转市职鉴中心", True),
    "filing.consent_given": ("备案申请 {case} 已获同意，可以提交", True),
    "filing.consent_refused": ("备案申请 {case} 未获同意，请查看意见", True),
    "filing.returned": ("备案申请 {case} 被退回补正", True),
    "filing.announced": ("备案申请 {case} 已进入公示", False),
    "filing.accepted": ("备案申请 {case} 已完成备案", True),
    "filing.refused": ("备案申请 {case} 不予备案", True),
    "filing.flagged": ("备案 {case} 的部分范围因目录调整须变更，请在期限内申请", True),
    "filing.occupation_renamed": ("备案 {case} 涉及的职业更名或改编码，评价范围不变，请查看告知书", False),
    "filing.structure_changed": ("备案 {case} 所依据的标准内容有变动，请核对考核方案和题库", False),
    "filing.renewal_reminded": ("备案 {case} 即将期满，请及时申请续期", True),
    "filing.suspended": ("备案 {case} 已暂停评价", True),
    "filing.lines_suspended": ("备案 {case} 的部分评价范围已暂停", True),
    "filing.restored": ("备案 {case} 已恢复评价", True),
    "filing.lines_restored": ("备案 {case} 的部分评价范围已恢复", True),
    "filing.reopened": ("备案申请 {case} 因异议重新审核", True),
    "filing.report_signed": ("备案 {case} 已由市职鉴中心签收并编配站点序列码", True),
    "filing.end_granted": ("备案 {case} 的终止申请已准予", True),
    "filing.end_returned": ("备案 {case} 的终止申请被退回补充", True),
    "filing.terminated": ("备案 {case} 已终止，请查看终止决定和后续事项", True),
    "filing.lines_ended": ("备案 {case} 的部分评价范围已终止", True),
    "filing.reinstated": ("备案 {case} 的终止已撤销", True),
    "filing.records_returned": ("备案 {case} 移交的档案被退回补齐", True),
    "guidance_notice.sent": ("收到指导通知 {case}，请阅知并确认", True),
    "guidance_visit.recorded": ("指导走访 {case} 已登记，请核对并确认", False),
    "inquiry.answered": ("您的技术咨询 {case} 已答复", False),
    "paper.ending_reminded": ("{case} 即将到期或已到期，请查看并按期办理", True),
    "pilot.approved": ("本校试点 {case} 已批准，请查看范围和期限", True),
    "pilot.ended_early": ("本校试点 {case} 已提前结束，请按期提交总结", True),
    "pilot.decided": ("本校试点 {case} 已作出推广决定", True),
    "plan.catalogue_changed": ("认定计划 {case} 所依据的目录或者标准已调整", True),
    "plan.occupation_renamed": ("认定计划 {case} 的职业已更名或改编码，请核对准考证等材料", False),
    "plan.structure_changed": ("认定计划 {case} 所依据的标准内容有变动，请核对", True),
    "plan.filing_suspended": ("认定计划 {case} 所依据的备案已暂停评价", True),
    "plan.filing_restored": ("认定计划 {case} 所依据的备案已恢复评价", False),
    "plan.signed_for": ("认定计划 {case} 已由所在区签收", False),
    "plan.finishing": ("备案终止，认定计划 {case} 可以继续完成，请按期办理", False),
    "plan.to_be_replaced": ("备案终止，认定计划 {case} 的考生须转由其他机构评价", True),
    "plan.replaced": ("认定计划 {case} 的考生已转入其他机构的计划", True),
    "plan.replacement_declined": ("认定计划 {case} 的考生转入未获接收机构同意，请另行提出", True),
    "plan.candidates_returned": ("终止已撤销，认定计划 {case} 接收而尚未办理的考生已转回原机构", True),
    "plan.offer_lapsed": ("终止已撤销，认定计划 {case} 不再需要答复是否接收考生", False),
    "plan.wind_down_undone": ("终止已撤销，认定计划 {case} 恢复到终止前", True),
    "plan.results_confirmed": ("认定计划 {case} 成绩公示期满，可以核发证书", True),
    "revocation.holder_notified": ("您的证书正在核查（{case}），请查看事由，可以在期限内陈述", True),
    "revocation.row_decided": ("您的证书已作处理决定（{case}），请查看；不服的可以在期限内申诉", True),
    "revocation.row_executed": ("您的证书的处理决定已执行（{case}），请查看", True),
    "revocation.appeal_dismissed": ("您的证书申诉（{case}）已有答复：维持决定", True),
    "revocation.appeal_granted": ("您的证书申诉（{case}）已有答复：申诉成立", True),
    "revocation.notified": ("本机构核发的证书正在核查（{case}），请配合并提交材料", True),
    "revocation.closed": ("证书撤销案件 {case} 已办结", False),
    "revocation.withdrawn": ("证书撤销案件 {case} 已撤案，证书恢复有效", True),
    "certificate_request.granted": ("您的证书更正或补发申请 {case} 已办结，请查看", True),
    "certificate_request.refused": ("您的证书更正或补发申请 {case} 未予办理，请查看理由和办法", True),
    "selection.ended": ("入选资格已取消（{case}），不能再据此申请备案", True),
    "selection.lapsed": ("入选资格已期满（{case}），期内没有申请备案", True),
    "violation.notified": ("您有一件违纪违规案件 {case}，请查看拟认定的事实，可以在期限内陈述申辩", True),
    "violation.decided": ("违纪违规案件 {case} 已作处理决定，请查看；不服的可以在期限内申诉", True),
    "violation.dropped": ("违纪违规案件 {case} 不予处理", True),
    "violation.upheld": ("违纪违规案件 {case} 的申诉已有答复：维持决定", True),
    "violation.undone": ("违纪违规案件 {case} 的申诉已有答复：撤销决定", True),
    "assessment.told": ("年度考核 {case} 的拟定结果已告知，有异议的请在期限内提出", True),
    "assessment.answered": ("年度考核 {case} 的异议已答复，请查看", True),
    "assessment.published": ("年度考核 {case} 的结果已公布", True),
    "assessment.reminded": ("年度考核 {case} 的自评还没有提交，请按期提交", True),
    "grade.confirmed": ("本机构的等级已确定（{case}），请查看依据；有异议的可以在期限内提出", True),
    "grade.answered": ("对等级的异议 {case} 已答复，请查看", True),
    "grade.ending_told": ("本机构的等级（{case}）即将失效，届时按未定级管理", False),
    "term_evaluation.decided": ("备案期满评估 {case} 已有结论，续期时以此为依据", True),
    "alert.asked": ("预警 {case} 请贵机构说明情况，请在期限内答复", True),
    "alert.upheld": ("预警 {case} 已认定属实，请查看理由", True),
    "inspection.correction_asked": ("检查 {case} 发现的问题要求立行立改，请在期限内改正并报告", True),
    "inspection.correction_due": ("检查 {case} 发现的问题即将到改正期限，请尽快改正并报告", True),
    "inspection.correction_overdue": ("检查 {case} 发现的问题逾期没有改正，请立即改正并报告", True),
    "inspection.correction_rejected": ("检查 {case} 的改正没有通过复查，请重新改正并报告", True),
    "inspection.checked_off": ("检查 {case} 的一个问题已改正销号", False),
    "alert.dismissed": ("预警 {case} 已认定不属实", False),
    "word.asked": ("请贵机构就有关情况作出说明（{case}），请在期限内答复", True),
    "upload.finished": ("认定计划 {case} 的报名表已处理完成", False),
}

_GUIDANCE = {"guidance_notice.sent", "guidance_visit.recorded", "inquiry.answered"}
_PAGES = {
    "BA": "filings",
    "JH": "plans",
    "YZ": "calls/applications",
    "XY": "populations/agreements",
    "WT": "populations/commissions",
    "SD": "populations/pilots",
    "ZS": "certificate-data",
    "NK": "standing/assessments",
    "DP": "standing/grades",
    "QM": "standing/terms",
    "TW": "guidance/inquiries",
    "TZ": "guidance/notices",
    "ZF": "guidance/visits",
    "RW": "inspections",
}


def words_of(line: "Entry") -> Words | None:
    """This function will give title, page and whether a text goes out, for a line that somebody of an office or of the corps hears of."""
    told = _TOLD.get(line.event)
    if told is None:
        return None
    ended = line.detail.get("termination")
    if ended and line.event.startswith("filing."):
        return told[0].format(case=line.subject), f"/body/filings/ended/{ended}", told[1]
    if line.subject.startswith("PQ"):
        desk = "desk" if line.detail.get("watches") else "body"
        own = f"/{desk}/dispatch/{line.subject}" if line.event == "dispatch.impossible" else f"/expert/assignments/{line.subject}"
        return told[0].format(case=line.subject), "/expert/assignments" if line.event == "dispatch.drawn" else own, told[1]
    if line.subject[:2] in {"SQ", "DW", "PX"}:
        return told[0].format(case=line.subject), _expert_page(line), told[1]
    if line.event == "inquiry.answered" and guidance.asker(line.subject):
        return told[0].format(case=line.subject), f"/expert/guidance/inquiries/{line.subject}", told[1]
    if line.subject.startswith("CZ"):
        page = "me/revocations/certificates" if "-" in line.subject else "body/revocations"
        return told[0].format(case=line.subject), f"/{page}/{line.subject}", told[1]
    if line.subject.startswith("GZ"):
        return told[0].format(case=line.subject), f"/me/certificate-requests/{line.subject}", told[1]
    if line.subject.startswith("YJ"):
        return told[0].format(case=line.subject), f"/body/alerts/{line.subject}", told[1]
    if line.subject.startswith("SM"):
        return told[0].format(case=line.subject), f"/body/words/{line.subject}", told[1]
    if line.subject.startswith("WJ"):
        return told[0].format(case=line.subject), f"{_own_desk(line)}/violations/{line.subject}", told[1]
    if line.subject[:2] in {"PS", "PR"}:
        kind = "nominations/" if line.subject.startswith("PS") else ""
        return told[0].format(case=line.subject), f"/me/appointments/{kind}{line.subject}", told[1]
    page = _PAGES.get(line.subject[:2], "")
    return told[0].format(case=line.subject), f"/body/{page}/{line.subject}" if page else "", told[1]


def _own_desk(line: "Entry") -> str:
    """Give the door by which the person of a case of misconduct comes in."""
    return {Party.CANDIDATE: "/me", Party.STAFF: "/expert"}[violations.party_of_case(line.subject)]


def _expert_page(line: "Entry") -> str:
    """Give the page of the corps' own desk that a line about a member leads to."""
    if line.subject.startswith("PX"):
        return "/expert/training"
    if line.subject.startswith("SQ"):
        return f"/expert/applications/{line.subject}"
    if line.event.startswith("appraisal."):
        return "/expert/figures"
    measure = line.detail.get("measure")
    return f"/expert/measures/{measure}" if measure else "/expert/qualifications"


def _office(case: str) -> "Office | None":
    """Give the office of the body a case belongs to; None for what concerns no body."""
    if case.startswith("BA"):
        return filings.filing(case, PLATFORM).body.office
    if case.startswith("XH"):
        return filings.association_move(case, PLATFORM).filing.body.office
    if case.startswith("PJ"):
        return bodies.body(case).office
    if case[:2] in {"XY", "WT", "SD"}:
        return bodies.body_of_entry(case).office
    if case.startswith("ZS"):
        return uploads.batch(case, PLATFORM).body.office
    if case.startswith("NK"):
        return grading.assessment(case, PLATFORM).body.office
    if case.startswith("DP"):
        return grading.line(case.removesuffix("-2"), PLATFORM).body.office
    if case.startswith("QM"):
        return grading.evaluation(case, PLATFORM).body.office
    if case.startswith("RW"):
        return visiting.body_of(case).office
    if case.startswith("YZ"):
        return calls.application(case, PLATFORM).body.office
    return plans.plan(case, PLATFORM).body.office if case.startswith("JH") else None


def tell_people(at: datetime) -> int:
    """This job will turn new lines of the ledger into messages and count the lines read."""

    def recipients(line: "Entry") -> "Iterable[User]":
        if line.event == "dispatch.impossible":
            return users_of(dispatch.asking_office(line.subject), at.date())
        if line.subject.startswith("PQ"):
            return dispatch.users_sent(line.subject, line.detail.get("sent", []))
        if line.subject[:2] in {"SQ", "DW", "PX"}:
            return experts.users_of_case(line.subject)
        if line.subject[:2] in {"YJ", "SM"}:
            numbers = [*line.detail.get("bodies", []), line.detail.get("body", "")]
            return [one for body in bodies.bodies_named(numbers) for one in users_of(body.office, at.date())]
        if line.subject.startswith("WJ"):
            accused = violations.person_of_case(line.subject)
            return [accused] if accused else []
        if line.subject.startswith("CZ") and "-" not in line.subject:
            return [one for key in revocations.body_offices_of(line.subject) for one in users_of(office_by_key(key), at.date())]
        if line.subject[:2] in {"CZ", "GZ"}:
            of = revocations.user_of_row if line.subject.startswith("CZ") else revocations.holder_of_request
            holder = of(line.subject)
            return [holder] if holder else []
        if line.subject[:2] in {"PS", "PR"}:
            nominee = appointments.user_of_case(line.subject)
            return [nominee] if nominee else []
        if line.event in _GUIDANCE:
            asker = guidance.asker(line.subject) if line.subject.startswith("TW") else None
            return [asker] if asker else [one for office in guidance.told_of(line.subject) for one in users_of(office, at.date())]
        office = _office(line.subject)
        return users_of(office, at.date()) if office is not None else ()

    return tell(reader="messages", limit=LIMIT, at=at, words=words_of, recipients=recipients)


def hand_over_texts(at: datetime) -> int:
    """This job will hand waiting text messages to the gateway, each in a transaction of its own, and count those taken.

    Without a gateway they wait, and the first page of the operators says so.
    """
    gateway = configured()
    if gateway is None:
        return 0

    def send(phone: str, content: str, reference: str) -> tuple[str, str]:
        return gateway.hand_over(phone=phone, content=content, reference=reference)

    return sum(hand_over_text(key=key, send=send, at=at) for key in waiting_texts(LIMIT))


WHEN_DUE = [tell_people, hand_over_texts]
