"""计划页公用: how do what a plan evaluates, its way, its dates and its history stand on the pages of the body, the authorities and the candidates?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from touchstone.exams import permissions
from touchstone.exams.facts.options import occupation_label
from touchstone.exams.queries import plans, registration, winding
from touchstone.exams.states import PlanState
from touchstone.policy.eligibility.outside import Register
from touchstone.web.doors import Request
from touchstone.web.levels import level_label

if TYPE_CHECKING:
    from touchstone.exams.models import Plan
    from touchstone.ledger.models import Entry

TONES = {
    PlanState.DRAFTED: "neutral",
    PlanState.REPORTED: "info",
    PlanState.REVIEWED: "info",
    PlanState.ARRANGED: "info",
    PlanState.HELD: "warn",
    PlanState.ANNOUNCED: "warn",
    PlanState.CONFIRMED: "warn",
    PlanState.CERTIFIED: "ok",
    PlanState.CANCELLED: "danger",
}
STATES = {state.value: (state.label, TONES[state]) for state in PlanState}
_WAY = (
    (PlanState.DRAFTED, "编制上报"),
    (PlanState.REPORTED, "报名审核"),
    (PlanState.REVIEWED, "考务编排"),
    (PlanState.ARRANGED, "考试"),
    (PlanState.HELD, "成绩"),
    (PlanState.ANNOUNCED, "公示"),
    (PlanState.CONFIRMED, "发证"),
)
_EVENTS = {
    "plan.drafted": "编制计划",
    "plan.changed": "变更计划",
    "plan.reported": "上报计划",
    "plan.signed_for": "区局签收",
    "plan.cancelled": "取消计划",
    "plan.finishing": "备案终止，本计划继续完成",
    "plan.to_be_replaced": "备案终止，考生待转由其他机构评价",
    "plan.replacement_offered": "提出转入其他机构的计划",
    "plan.replacement_declined": "接收机构不同意转入",
    "plan.replaced": "考生转入其他机构的计划",
    "plan.taken_over": "接收其他机构转来的考生",
    "plan.candidates_returned": "撤销终止，考生转回原机构",
    "plan.offer_lapsed": "撤销终止，不再转入考生",
    "candidate.moved": "转由其他机构评价",
    "candidate.returned": "撤销终止，考生转回原机构",
    "plan.wind_down_undone": "撤销终止，计划恢复",
    "plan.reviewed": "完成资格审核",
    "plan.review_reopened": "重新开放报名",
    "plan.arranged": "确认考务编排",
    "plan.rearranged": "重新编排",
    "plan.held": "确认考试结束",
    "plan.results_confirmed": "公示期满",
    "plan.certified": "核发证书",
    "plan.seated": "编排座位",
    "sitting.added": "增加场次",
    "sitting.staffed": "调整场次人员",
    "sitting.removed": "删除场次",
    "sitting.on_computer": "场次设为机考",
    "sitting.on_paper": "场次改为纸笔考试",
    "sitting.opened": "场次开考",
    "sitting.closed": "本场结束",
    "sitting.attendance_noted": "登记到考",
    "plan.apprentices_registered": "从学徒名册登记考生",
    "plan.second_standard_set": "设定企业标准（一考双证）",
    "plan.course_exam_joined": "设定合并考试（课证融通）",
    "plan.course_exam_parted": "取消合并考试（课证融通）",
    "exemptions.decided": "核定课程单元免考",
    "plan.second_standard_dropped": "取消企业标准",
    "scores.elements_entered": "录入企业标准成绩",
    "score.element_corrected": "更正企业标准成绩",
    "certificates.issued_by_own_standard": "企业标准证书入册",
    "scores.entered": "录入成绩",
    "score.corrected": "更正成绩",
    "score.difference_settled": "核实两次录入不一致",
    "score.review_settled": "核实抽查发现的不一致",
    "scores.compared": "比对两次录入",
    "scores.looked_again": "抽查复核成绩",
    "scores.review_drawn": "抽取成绩复核样本",
    "scores.taken_from_assessors": "采用考评人员评分",
    "scores.unlocked": "解锁成绩",
    "marks.remark_asked": "提出复核",
    "results.concluded": "核定并锁定成绩",
    "results.announced": "公示成绩",
    "results.withdrawn": "中止公示",
    "results.objection_answered": "答复异议",
    "certificates.issued": "证书编号入册",
    "certificates.printed": "批量打印证书",
    "upload.received": "上传报名表",
    "upload.finished": "报名表处理完成",
    "upload.refused": "报名表未能处理",
    "upload.stopped": "停止处理报名表",
    "upload.rows_taken": "报名表入库",
    "candidate.registered": "登记考生",
    "candidate.withdrawn": "办理退出",
    "candidate.evidence_checked": "核对佐证材料",
    "candidate.evidence_unchecked": "撤销核对结果",
    "candidate.score_kept": "保留以前的单科成绩",
    "candidate.evidence_supplemented": "本人补充材料",
    "candidate.condition_changed": "本人改选申报条件",
    "candidate.decided": "重新判定",
    "candidate.refused": "不予通过",
    "candidate.undertaking_doubted": "告知承诺交机构核查",
    "candidate.disqualified": "因承诺不实取消资格",
    "candidate.requalified": "恢复资格",
    "exception.put_forward": "提出直接认定或破格",
    "exception.taken_back": "撤回直接认定",
    "exception.decided": "决定直接认定或破格",
    "plan.held_directly": "确认直接认定，不组织考试",
    "enquiry.answered": "外部登记答复",
    "enquiry.asked_again": "重新查询外部登记",
    "enquiry.settled": "核实与外部登记不符之处",
    "file.attached": "上传材料",
    "file.carried_over": "带入材料",
    "file.withdrawn": "移除材料",
    "people.entered": "登记人员",
    "list.exported": "导出名单",
}
_QUIET = {"people.entered", "scores.keyed", "upload.rows_taken", "task.signed_for"}


def what_of(plan: "Plan") -> str:
    """This function will say what a plan evaluates: occupation, trade, level."""
    return f"{occupation_label(plan)} {level_label(plan.level)}"


def why_not(request: Request, verb: str, plan: "Plan") -> str:
    """This function will give the sentence why the actor may not take a step of a plan: it is not theirs, or its candidates go to another
    body because the filing has ended; or nothing when they may."""
    stop = winding.stopped(plan, request.today)
    return permissions.why_not(request.actor, verb, plan) or (str(stop) if stop else "")


def way(plan: "Plan") -> list[dict[str, str]]:
    """This function will give the steps of a plan, for the row of steps."""
    if plan.state == PlanState.CANCELLED:
        return [{"label": "已取消", "state": "refused", "note": ""}]
    at = list(PlanState).index(PlanState(plan.state))
    found = []
    for place, (_, label) in enumerate(_WAY):
        state = "done" if place < at else "current" if place == at else "waiting"
        found.append({"label": label, "state": state, "note": ""})
    return found


def told(lines: Iterable["Entry"]) -> list[dict[str, Any]]:
    """This function will put ledger lines into the entries of a time line, oldest first."""
    return [_entry(line) for line in lines if line.event not in _QUIET]


def _entry(line: "Entry") -> dict[str, Any]:
    detail = line.detail
    words = line.reason
    if line.event == "upload.finished":
        words = f"共{detail['total']:,}行，登记{detail['accepted']:,}人，有误{detail['refused']:,}行"
    elif line.event == "plan.changed":
        words = "；".join(filter(None, [line.reason, *(f"{_CHANGED.get(k, k)}：{old} → {new}" for k, (old, new) in detail.items())]))
    elif line.event == "enquiry.answered":
        words = f"{Register(detail['register']).label}：{'；'.join(one['reason'] for one in detail['answered'])}"
    elif line.event == "enquiry.asked_again":
        words = Register(detail["register"]).label
    elif line.event == "file.attached":
        words = str(detail.get("label", ""))
    return {
        "what": _EVENTS.get(line.event, line.event),
        "who": line.actor_label,
        "at": line.at,
        "opinion": words,
        "findings": detail.get("findings", []),
        "receipt": f"第{line.pk}号",
    }


_CHANGED = {
    "title": "名称", "exam_on": "考试日期", "registration_closes_on": "报名截止", "quota": "计划人数", "contact": "联系人", "remark": "说明",
    "admission": "计划类别",
}  # fmt: skip


def shown(request: Request, plan: "Plan") -> dict[str, Any]:
    """This function will give what every page of one plan shows."""
    last = winding.last_fate(plan)
    fate = None if last is None or last.undone_at else last
    moved = winding.moved_from(last) if last and last.undone_at else []
    return {
        "plan": plan,
        "fate": fate,
        "back": sum(one.returned_at is not None for one in moved),
        "stay": sum(bool(one.undoing) and one.returned_at is None for one in moved),
        "fate_label": fate.get_fate_display() if fate else "",
        "offers": winding.offers_to(plan) if plan.state == PlanState.REPORTED else [],
        "state_label": PlanState(plan.state).label,
        "state_tone": TONES[PlanState(plan.state)],
        "occupation": plan.trade or plan.occupation,
        "level": level_label(plan.level),
        "way": way(plan),
        "dates": plans.steps(plan, request.today),
        "counts": registration.counts(plan),
        "entries": told(plans.timeline(plan)),
        "crumbs": [{"label": "认定计划", "url": "../plans"}, {"label": plan.number, "url": ""}],
    }
