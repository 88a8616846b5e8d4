"""证书事项待办: what about my certificates do I have to do, in which words, and by when?"""

from typing import Any

from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import Verdict
from touchstone.revocations.queries import Matter, own_matters
from touchstone.revocations.states import AppealState, RequestState, RowState
from touchstone.web.doors import Request, own_side


def lines_due(request: Request) -> list[dict[str, Any]]:
    """This function will give what waits for the person about their certificates as lines of a page, what ends first at the top."""
    days = calendar()
    found = []
    for one in own_matters(request.actor, request.today):
        title, sentence, button = _asked(one) if one.asked else _row(one)
        number = one.asked.number if one.asked else one.row.number if one.row else ""
        page = "certificate_request" if one.asked else "revocation_row"
        left = days.working_days_between(request.today, one.until) if one.until else None
        found.append(
            {
                "what": one.what,
                "title": title,
                "sentence": sentence,
                "button": button,
                "url": own_side(request, page, number),
                "until": one.until,
                "days_left": left,
                "deadline": {"state": "陈述", "decided": "申诉"}.get(one.what, ""),
            }
        )
    return found


def _row(one: Matter) -> tuple[str, str, str]:
    row = one.row
    assert row is not None
    name = f"{row.certificate.occupation_label}{row.certificate.level_label}证书"
    if one.what == "state":
        late = "" if one.until else "陈述期已过，报送决定以前仍可以陈述。"
        return f"陈述情况：{name}正在核查", f"{row.case.office.name}正在核查{row.certificate_number}，可以说明情况。{late}", "查看核查，陈述"
    if one.what == "appeal_answered":
        right = row.appeal_state == AppealState.GRANTED
        granted = f"申诉成立，现在有效的证书编号为{row.replaced_by}。" if row.replaced_by else "申诉成立，证书有效。"
        return f"申诉已有答复：{name}", granted if right else "维持原决定。", "查看答复"
    if row.state == RowState.CORRECTED:
        return f"证书已更正：{name}", f"新证书编号{row.replaced_by}；不服的可以申诉。", "查看决定和新证书"
    word = "更正" if row.verdict == Verdict.CORRECT else "撤销"
    done = "已" if row.state == RowState.REVOKED else "决定"
    return f"{name}{done}{word}", f"{row.case.office.name}作出决定，证书编号{row.certificate_number}；不服的可以申诉。", "查看决定，申诉"


def _asked(one: Matter) -> tuple[str, str, str]:
    asked = one.asked
    assert asked is not None
    kind = asked.get_kind_display()
    if asked.state == RequestState.REFUSED:
        return f"未予{kind}：{asked.certificate.occupation_label}{asked.certificate.level_label}证书", asked.next_step, "查看理由和办法"
    same = asked.made_number == asked.certificate_number
    told = f"证书编号不变，为{asked.made_number}。" if same else f"新证书编号{asked.made_number}，原证书作废。"
    return f"证书已{kind}：{asked.certificate.occupation_label}{asked.certificate.level_label}", told, "查看办理结果"
