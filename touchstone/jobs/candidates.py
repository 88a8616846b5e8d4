"""考生消息任务: which lines of the ledger does a candidate hear of, at each step from registration to certificate?"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from touchstone.exams.queries import own
from touchstone.notices.messages import Words, tell

if TYPE_CHECKING:
    from touchstone.accounts.models import User
    from touchstone.ledger.models import Entry

LIMIT = 500
_DECIDED = {
    "eligible": "您的报名 {case} 资格已通过",
    "unproven": "您的报名 {case} 还要补充证明，请查看",
    "ineligible": "您的报名 {case} 暂不符合条件，请查看理由和可以改选的条件",
}
_OF_ONE = {
    "candidate.registered": "您已报名，考生编号 {case}，请查看资格和下一步",
    "candidate.refused": "您的报名 {case} 审核不通过，请查看理由",
    "candidate.withdrawn": "您的报名 {case} 已办理退出",
    "candidate.moved": "您的报名已转由其他机构评价，考生编号 {case}，请查看考试安排和费用",
    "candidate.returned": "您的报名 {case} 已有变动：原机构恢复评价，请查看",
    "remark.answered": "您的成绩复核已办结（{case}），请查看结果",
}
_OF_PAYMENT = {
    "payment.paid": "您的报名 {case} 已缴费",
    "payment.waived": "您的报名 {case} 考试费已免缴",
    "payment.refunded": "您的报名 {case} 考试费已退还",
    "payment.settled": "您的报名 {case} 考试费不退，请查看理由",
}
_REVIEWED = {"candidate.evidence_checked", "candidate.evidence_unchecked", "candidate.decided", "enquiry.answered", "enquiry.settled"}
_OF_PLAN = {
    "plan.arranged": "您报名的 {case} 考场已经编排，请查看并打印准考证",
    "plan.rearranged": "您报名的 {case} 考场重新编排，请等待新的准考证",
    "results.withdrawn": "您参加的 {case} 成绩公示已中止，更正后重新公示",
    "plan.cancelled": "您报名的 {case} 已取消，请查看",
    "results.announced": "您参加的 {case} 成绩已公布，请查看",
    "plan.certified": "您参加的 {case} 已核发证书，请查看",
}


def _words(line: "Entry") -> Words | None:
    """Give title, page and whether a text goes out, for what a candidate hears of; what changed nothing for them is not told."""
    case, page = line.subject, f"/me/registrations/{line.subject}"
    if line.event in _OF_ONE:
        return _OF_ONE[line.event].format(case=case), page, line.event != "candidate.registered"
    if line.event == "enquiry.answered" and line.detail["outcome"] == "unmet":
        return f"您的报名 {case} 有一项与外部登记不符，请查看怎么办", page, True
    if line.event in _REVIEWED:
        state = line.detail.get("state", "")
        changed = line.detail.get("before", {}).get("state") != state
        return (_DECIDED[state].format(case=case), page, True) if changed and state in _DECIDED else None
    if line.event in _OF_PAYMENT and (line.event != "payment.settled" or line.detail.get("state") == "kept"):
        return _OF_PAYMENT[line.event].format(case=line.detail["candidate"]), f"/me/registrations/{line.detail['candidate']}", True
    if line.event == "plan.changed":
        return _changed(line)
    if line.event in _OF_PLAN:
        return _OF_PLAN[line.event].format(case=case), "/me/registrations", True
    return None


_DAYS = {"exam_on": "考试日期", "registration_closes_on": "报名截止日"}


def _changed(line: "Entry") -> Words | None:
    """Give the words for a plan whose days were changed; what else was changed of it is not the candidates' matter."""
    days = [f"{label}由{line.detail[key][0]}改为{line.detail[key][1]}" for key, label in _DAYS.items() if key in line.detail]
    return (f"您报名的 {line.subject} {'，'.join(days)}", "/me/registrations", True) if days else None


def tell_candidates(at: datetime) -> int:
    """This job will turn new lines of the ledger into messages for candidates with a desk of their own and count the lines read."""

    def recipients(line: "Entry") -> "Iterable[User]":
        case = line.detail["candidate"] if line.event in _OF_PAYMENT else line.subject
        return own.users_concerned(case, passed_only=line.event == "plan.certified")

    return tell(reader="candidates", limit=LIMIT, at=at, words=_words, recipients=recipients)


WHEN_DUE = [tell_candidates]
