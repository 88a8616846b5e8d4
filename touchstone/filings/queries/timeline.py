"""流转记录: what has happened to a filing, in words, with opinions and findings?"""

from typing import Any

from touchstone.filings.models import Filing
from touchstone.ledger.queries import history
from touchstone.notices.queries import of_case

WORDS = {
    "filing.begun": ("开始填报", "neutral"),
    "filing.consent_sought": ("征求同意", "info"),
    "filing.consent_given": ("同意", "ok"),
    "filing.consent_refused": ("不同意", "danger"),
    "filing.consent_reminded": ("催办征求同意", "warn"),
    "filing.consent_escalated": ("征求同意逾期，提请督办", "danger"),
    "filing.consent_recalled": ("撤回征求", "neutral"),
    "filing.urged": ("催办", "warn"),
    "filing.first_opinion_given": ("区初审意见", "info"),
    "filing.panel_appointed": ("选定复核专家", "info"),
    "filing.expert_declared": ("专家声明回避情况", "neutral"),
    "filing.panel_opinion_submitted": ("专家提交复核意见", "neutral"),
    "filing.expert_replaced": ("更换复核专家", "warn"),
    "filing.panel_concluded": ("汇总专家复核", "info"),
    "filing.returned_to_step": ("退回到前面的环节", "warn"),
    "filing.opinion_asked": ("加签", "info"),
    "filing.opinion_answered": ("加签意见", "neutral"),
    "filing.opinion_called_back": ("撤回加签", "neutral"),
    "filing.copied": ("抄送", "neutral"),
    "task.handed_on": ("转办", "neutral"),
    "filing.submitted": ("提交备案申请", "info"),
    "filing.returned": ("退回补正", "warn"),
    "filing.assessors_appointed": ("指派技术评估员", "info"),
    "filing.sheet_submitted": ("提交评分表", "neutral"),
    "filing.sheets_returned": ("退回会商评分", "warn"),
    "filing.visit_recorded": ("现场踏勘记录", "neutral"),
    "filing.visit_revised": ("修改踏勘记录", "neutral"),
    "filing.visit_objected": ("对踏勘记录有异议", "warn"),
    "filing.visit_confirmed": ("确认踏勘记录", "neutral"),
    "filing.assessment_concluded": ("汇总技术评估", "info"),
    "filing.structure_changed": ("所依据的标准有变动", "warn"),
    "filing.announced": ("准予备案，开始公示", "ok"),
    "filing.refused": ("不予备案", "danger"),
    "filing.changes_written": ("填写变更内容", "neutral"),
    "filing.flagged": ("目录调整，请申请变更", "warn"),
    "filing.occupation_renamed": ("职业名称或编码调整，评价范围不变", "info"),
    "filing.name_carried": ("评价范围改用新的职业名称或编码", "info"),
    "filing.renewal_reminded": ("提醒续期", "warn"),
    "filing.suspended": ("暂停评价", "danger"),
    "filing.lines_suspended": ("暂停部分评价范围", "danger"),
    "filing.suspension_begun": ("暂停生效", "danger"),
    "filing.restored": ("恢复评价", "ok"),
    "filing.lines_restored": ("恢复部分评价范围", "ok"),
    "filing.restoration_due": ("预定恢复日已到，提请决定", "warn"),
    "filing.restoration_replanned": ("调整预定恢复日", "neutral"),
    "filing.end_asked": ("申请终止备案", "warn"),
    "filing.end_taken_back": ("撤回终止申请", "neutral"),
    "filing.end_granted": ("准予终止申请", "info"),
    "filing.end_returned": ("退回终止申请", "warn"),
    "filing.end_lapsed": ("终止申请失效", "neutral"),
    "filing.records_handed_over": ("移交评价档案", "info"),
    "filing.records_received": ("接收评价档案", "ok"),
    "filing.records_returned": ("退回评价档案", "warn"),
    "filing.terminated": ("终止备案", "danger"),
    "filing.lines_ended": ("终止部分评价范围", "danger"),
    "filing.reinstated": ("撤销终止", "ok"),
    "objection.made": ("公示期间收到异议", "warn"),
    "filing.objection_rejected": ("异议不成立", "neutral"),
    "filing.reopened": ("异议成立，重新审核", "danger"),
    "filing.accepted": ("完成备案", "ok"),
    "filing.venue_noted": ("考核点所在区已知悉", "neutral"),
    "filing.reported": ("报送市职鉴中心", "info"),
    "filing.report_queried": ("市职鉴中心核询", "warn"),
    "filing.report_answered": ("答复核询", "info"),
    "filing.report_signed": ("市职鉴中心签收登记", "ok"),
    "filing.loaded": ("装入存量备案", "ok"),
    "filing.taken_back": ("撤销装入", "danger"),
    "filing.withdrawn": ("撤回申请", "neutral"),
}


def timeline(filing: Filing) -> list[dict[str, Any]]:
    """This function will give the filing's story from the ledger, newest first: label, who, when, opinion, findings, clause, receipt."""
    subjects = [filing.number, *of_case(filing.number).values_list("number", flat=True)]
    entries: list[dict[str, Any]] = []
    for line in history(*subjects):
        if line.event not in WORDS:
            continue
        what, tone = WORDS[line.event]
        note = line.detail.get("note", "")
        entries.append(
            {
                "what": f"{what}：{note}" if note else what,
                "who": line.actor_label,
                "at": line.at,
                "opinion": line.reason,
                "findings": line.detail.get("findings", []),
                "clause": line.detail.get("clause", ""),
                "receipt": f"第{line.pk}号",
                "tone": tone,
            }
        )
    return entries[::-1]
