"""查询用语: how does a question to an outside register stand on a page, and what can be done next?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.exams.queries.enquiries import STANDINGS, standing_word
from touchstone.policy.eligibility.outside import Register, proving

if TYPE_CHECKING:
    from touchstone.exams.models import Enquiry

TONES = {"waiting": "info", "unavailable": "neutral", "contradicted": "warn", "unknown": "neutral", "borne_out": "ok"}
_WRONG_THERE = "登记有误的，请向登记机关申请更正；"


def lines_of(enquiries: Iterable["Enquiry"], *, oneself: bool) -> list[dict[str, Any]]:
    """This function will give one line for each question, in words for the person it is about (`oneself`) or for whoever reviews them."""
    return [_line(one, oneself) for one in enquiries]


def _line(one: "Enquiry", oneself: bool) -> dict[str, Any]:
    word, register = standing_word(one), Register(one.register)
    return {
        "row": one,
        "register": register.value,
        "label": register.label,
        "sends": "、".join(register.sends),
        "word": word,
        "state": STANDINGS[word],
        "tone": TONES[word],
        "said": _said(one, word),
        "next": _next(one, word, oneself),
    }


def _said(one: "Enquiry", word: str) -> str:
    if word == "waiting":
        return f"{one.why}。" if one.why else "正在排队查询。"
    if word == "unavailable":
        return f"{one.why}。"
    said = "；".join(finding["reason"] for finding in one.findings)
    return f"{said}。{f'已核实：{one.settled}' if one.settled else ''}" if said else "没有需要核对的内容。"


def _next(one: "Enquiry", word: str, oneself: bool) -> str:
    """What to do next; nothing where nothing is to be done."""
    if word == "waiting":
        return "答复后资格自动重新判定；不必等待，也可以先提交材料。" if oneself else "答复后资格自动重新判定；不必等待，可以先核对材料。"
    if word == "unavailable":
        when = f"{localtime(one.next_at):%-m月%-d日 %H:%M}自动再查" if one.next_at else "不再查询"
        return f"{when}；可以先提交材料，由审核人核对。" if oneself else f"{when}；可以先核对材料，也可以现在再查一次。"
    if word == "unknown":
        return "登记中没有，不等于不属实，请按“还差什么”提交材料。" if oneself else "登记中没有，不等于不属实，请核对材料。"
    if word == "contradicted":
        own = "所填有误的，请改选申报条件或补充材料；请联系评价机构说明并出示原件。"
        return _WRONG_THERE + own if oneself else "请核对原件并听取本人说明，写明核实情况；确属承诺不实的，可以立案处理。"
    return ""


def summary_of(enquiries: Sequence["Enquiry"]) -> str:
    """This function will say in one line of a list how the questions about somebody stand: only what is not borne out."""
    if not enquiries:
        return "—"
    order = [one.value for one in Register]
    open_ones = [one for one in sorted(enquiries, key=lambda row: order.index(row.register)) if standing_word(one) != "borne_out"]
    return "；".join(f"{Register(one.register).label}：{STANDINGS[standing_word(one)]}" for one in open_ones) or "均相符"


def with_questions(findings: Sequence[Mapping[str, Any]], enquiries: Iterable["Enquiry"]) -> list[dict[str, Any]]:
    """This function will add to findings that lack proof which register was asked for it, and why it has not proved it yet."""
    by_register = {Register(one.register): one for one in enquiries}
    shown = []
    for finding in findings:
        asked = [by_register[register] for register in Register if register in proving(finding) and register in by_register]
        told = "；".join(f"已向{Register(one.register).label}查询，{STANDINGS[standing_word(one)]}" for one in asked)
        shown.append({**finding, "ask_for": f"{finding['ask_for']}（{told}）"} if told else dict(finding))
    return shown
