"""案件办理: which button of a case's page calls which operation, with what was filled in?"""

from collections.abc import Callable
from datetime import date
from typing import Any

from touchstone.enforcement import operations
from touchstone.enforcement.operations import Piece, Proposed
from touchstone.enforcement.states import LAW, Service
from touchstone.files.operations import LARGEST
from touchstone.kernel.law import Refusal
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.restrictions import Barred
from touchstone.web.doors import Request
from touchstone.web.forms import day_given

_FILES = 10
DONE = {
    "approve": "已批准立案，办理人收到待办。",
    "refuse": "已决定不予立案。",
    "extend": "办理期限已延长。",
    "invite": "已邀请，等待对方接受。",
    "join": "您已成为本案办理人。",
    "leave": "已退出办理，理由记录在案。",
    "evidence": "证据已登记并固定。",
    "reference": "平台记录已作为证据固定。",
    "evidence_off": "已撤下，记录保留。",
    "notify": "告知书已发出，机构签收之日起计算陈述申辩期。",
    "answer": "复核意见已记录。",
    "set_hearing": "听证通知书已发出。",
    "hold_hearing": "听证笔录已登记。",
    "lawyer": "法制审核意见已记录。",
    "discuss": "集体讨论意见已签署。",
    "help": "已征求意见，协办部门收到待办。",
    "opinion": "意见已提交。",
    "send_up": "已报送审批负责人。",
    "return": "已退回办理人。",
    "hand_to": "案件已移交，处理建议一并送达。",
    "decide": "处理决定已作出并固定，请办理人送达。",
    "clear": "已认定不成立，案件办结。",
    "serve": "送达已登记。",
    "summon": "约谈通知书已发出。",
    "talk": "约谈记录已登记，等待机构签字。",
    "talk_refused": "拒签情况已记录。",
    "examine": "复查意见已记录。",
    "restore": "已恢复评价，通知书送达机构。",
    "receipt": "回执已登记。",
    "result": "移送结果已登记。",
    "publish": "处理决定已向社会公开。",
    "lift": "限制已提前解除。",
    "close": "案件已结案，请归档。",
    "uphold": "已答复：维持决定。",
    "reverse": "已答复：撤销决定，执行的效果已恢复。",
    "archive": "案卷已封存，根指纹写入存证日志。",
    "receive": "文书已签收，送达之日为今天。",
    "state": "陈述申辩已提交。",
    "waive": "已登记放弃陈述申辩。",
    "ask_hearing": "已要求听证，请等待听证通知。",
    "sign_talk": "约谈记录已签字。",
    "report": "改正情况已报告，等待复查。",
    "appeal": "申诉已提交；申诉期间不停止执行。",
}


def proposed_of(request: Request) -> Proposed:
    """This function will read the measures that were ticked, with their terms and the reason for differing."""
    post = request.POST
    measures = [one for one in Measure if one.value in post.getlist("measure")]
    terms: dict[str, dict[str, Any]] = {}
    for one in measures:
        told = {key: post.get(f"{one.value}_{key}", "").strip() for key in ("days", "months", "matter")}
        terms[one.value] = {key: int(text) if key != "matter" and text.isdigit() else text for key, text in told.items() if text}
        if lines := [int(key) for key in post.getlist(f"{one.value}_lines") if key.isdigit()]:
            terms[one.value]["lines"] = lines
        if to := [key for key in post.getlist(f"{one.value}_to") if key in set(Authority)]:
            terms[one.value]["to"] = to
    return Proposed(measures, terms, post.get("deviation", ""))


def carry_out(request: Request, number: str) -> str:
    """This function will carry out what was clicked and give the sentence that says so. :raises Refusal:"""
    act = request.POST.get("act", "")
    found = {**_opening(request, number), **_hearing(request, number), **_deciding(request, number), **_after(request, number)}
    if act not in found:
        raise Refusal("没有这项办理。", LAW, "请刷新页面。")
    found[act]()
    return DONE[act]


def _both(request: Request, number: str) -> dict[str, Any]:
    return {"number": number, "by": request.actor, "at": request.now}


def _opening(request: Request, number: str) -> dict[str, Callable[[], object]]:
    post, both = request.POST, _both(request, number)
    words = post.get("words", "")
    return {
        "approve": lambda: operations.approve_opening(opinion=words, **both),
        "refuse": lambda: operations.refuse_opening(reason=words, **both),
        "extend": lambda: operations.extend_case(reason=words, **both),
        "invite": lambda: operations.invite_officer(user_id=_key(post.get("user")), **both),
        "join": lambda: operations.join_case(**both),
        "leave": lambda: operations.leave_case(reason=words, recused=bool(post.get("recused")), **both),
        "evidence": lambda: operations.add_evidence(piece=_piece(request), **_file(request), **both),
        "reference": lambda: operations.add_reference(source=f"{post.get('kind', '')}:{post.get('ref', '').strip()}", **both),
        "evidence_off": lambda: operations.withdraw_evidence(place=_key(post.get("place")), reason=words, **both),
    }


def _hearing(request: Request, number: str) -> dict[str, Callable[[], object]]:
    post, both = request.POST, _both(request, number)
    words = post.get("words", "")
    return {
        "notify": lambda: operations.notify_body(proposed=proposed_of(request), **both),
        "state": lambda: operations.state_case(statement=words, files=files_of(request), **both),
        "waive": lambda: operations.waive_statement(**both),
        "answer": lambda: operations.answer_statement(answer=words, **both),
        "ask_hearing": lambda: operations.ask_hearing(**both),
        "set_hearing": lambda: operations.set_hearing(
            on=_day(post.get("on"), "听证日"), leader=_key(post.get("user")), place=post.get("place", ""), **both
        ),
        "hold_hearing": lambda: operations.hold_hearing(record_text=words, **both),
        "lawyer": lambda: operations.examine_lawfulness(opinion=words, **both),
        "discuss": lambda: operations.sign_discussion(opinion=words, **both),
        "help": lambda: operations.ask_help(office=post.get("office", ""), question=words, **both),
        "opinion": lambda: operations.give_opinion(opinion=words, **both),
    }


def _deciding(request: Request, number: str) -> dict[str, Callable[[], object]]:
    post, both = request.POST, _both(request, number)
    words = post.get("words", "")
    return {
        "send_up": lambda: operations.send_up(proposed=proposed_of(request), **both),
        "return": lambda: operations.return_case(reason=words, **both),
        "hand_to": lambda: operations.hand_to_filing_office(reason=words, **both),
        "decide": lambda: operations.decide_case(reason=words, **both),
        "clear": lambda: operations.clear_case(reason=words, **both),
        "serve": lambda: operations.note_service(
            letter=post.get("letter", ""),
            how=Service(post["how"]) if post.get("how") in set(Service) else Service.PLATFORM,
            to=post.get("to", ""),
            on=_day(post.get("on"), "送达日"),
            remark=words,
            by=request.actor,
            at=request.now,
        ),
        "receive": lambda: operations.receive_letter(letter=post.get("letter", ""), by=request.actor, at=request.now),
    }


def _after(request: Request, number: str) -> dict[str, Callable[[], object]]:
    post, both = request.POST, _both(request, number)
    words = post.get("words", "")

    def measure() -> Measure:
        return Measure(post["measure"]) if post.get("measure") in set(Measure) else Measure.ORDER

    def authority() -> Authority:
        return Authority(post["authority"]) if post.get("authority") in set(Authority) else Authority.COMPETENT

    return {
        "summon": lambda: operations.summon(on=_day(post.get("on"), "约谈日"), place=post.get("place", ""), **both),
        "talk": lambda: operations.record_talk(talk=words, **both),
        "talk_refused": lambda: operations.sign_talk(refused=words or "拒绝签字", **both),
        "sign_talk": lambda: operations.sign_talk(**both),
        "report": lambda: operations.report_correction(measure=measure(), report=words, files=files_of(request), **both),
        "examine": lambda: operations.re_examine(measure=measure(), good=post.get("good") == "yes", opinion=words, **both),
        "restore": lambda: operations.restore_evaluation(reason=words, **both),
        "receipt": lambda: operations.note_receipt(
            authority=authority(), receiver=post.get("to", ""), on=_day(post.get("on"), "回执日"), **both
        ),
        "result": lambda: operations.note_result(authority=authority(), result=words, **both),
        "publish": lambda: operations.publish_decision(**both),
        "lift": lambda: operations.lift_early(barred=Barred(post["barred"]), reason=words, **both),
        "close": lambda: operations.close_case(**both),
        "appeal": lambda: operations.appeal_case(appeal=words, **both),
        "uphold": lambda: operations.answer_appeal(upheld=True, answer=words, **both),
        "reverse": lambda: operations.answer_appeal(upheld=False, answer=words, **both),
        "archive": lambda: operations.seal_archive(explained=_explained(request), **both),
    }


def files_of(request: Request) -> list[tuple[str, bytes]]:
    """This function will read the files that were sent along. :raises Refusal: for one that is too large."""
    sent = request.FILES.getlist("file")[:_FILES]
    if any(file.size and file.size > LARGEST for file in sent):
        raise Refusal(f"有文件超过{LARGEST // 1048576}MB。", LAW, "请压缩后再上传。")
    return [(file.name or "附件", file.read()) for file in sent if file.size]


def _file(request: Request) -> dict[str, Any]:
    sent = files_of(request)
    if not sent:
        raise Refusal("没有选择文件。", LAW, "请选择证据文件；平台上的记录请用“取平台记录”。")
    return {"name": sent[0][0], "content": sent[0][1]}


def _piece(request: Request) -> Piece:
    post = request.POST
    return Piece(post.get("title", ""), post.get("origin", ""), post.get("taken_by", ""), day_given(post.get("taken_on", "")))


def _day(text: str | None, what: str) -> date:
    found = day_given(text or "")
    if found is None:
        raise Refusal(f"没有填写{what}。", LAW, "请选择日期。")
    return found


def _key(text: Any) -> int:
    return int(text) if str(text or "").isdigit() else 0


def _explained(request: Request) -> dict[str, str]:
    return {key.removeprefix("explain_"): str(value) for key, value in request.POST.items() if key.startswith("explain_")}
