"""案件页: what is held against whom, what was said, what was decided, and what can I do now? One page for the body, the offices and the person."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.files import queries as files
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.queries import history
from touchstone.policy.exams.parts import Part
from touchstone.policy.violations.acts import Party, Tier
from touchstone.policy.violations.measures import Measure, last_day_of_bar, measures_for, untrue_voids_all
from touchstone.violations import operations, permissions, queries
from touchstone.violations.states import MOVES, State
from touchstone.web.doors import Request, case_door, own_side, side, told
from touchstone.web.events import WORDS
from touchstone.web.violations.words import STATES, measure_of, pairs_of

if TYPE_CHECKING:
    from touchstone.violations.models import Violation

_NAMES = {"body": "违纪违规档案", "authority": "违纪违规案件", "candidate": "违纪处理", "expert": "违规处理"}
_DONE = {
    "notify": "已告知当事人；陈述申辩期内不作处理决定。",
    "speak": "陈述申辩已登记。",
    "waive": "已登记放弃陈述申辩。",
    "decide": "处理决定已作出，即时生效。",
    "drop": "已登记不予处理。",
    "appeal": "申诉已提交。",
    "uphold": "已答复：维持决定。",
    "undo": "已答复：撤销决定，成绩和资格恢复。",
}


@case_door
def violation(request: Request, number: str) -> HttpResponseBase:
    """This page will show a case and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.violation(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "violation", number))
    party, tier = Party(found.party), Tier(found.tier)
    may = {line.verb for line in MOVES if found.state in line.sources and not permissions.why_not(request.actor, line.verb, found)}
    label, tone = STATES[found.state]
    context = {
        "case": found,
        "side": side(request),
        "state_label": label,
        "tone": tone,
        "pairs": pairs_of(found),
        "measure": measure_of(found),
        "may": may,
        "waits": _waits(request, found, may),
        "own": side(request) in {"candidate", "expert"},
        "measures": [(one.value, one.label_for(party)) for one in _open_measures(found)],
        "latest": last_day_of_bar(party, tier, request.today, found.happened_on),
        "answered": [one for one in found.findings if str(one["rule"]).startswith("eligibility.borne_out.")] if found.enquiry else [],
        "parts": [(part.value, part.label) for part in Part],
        "files": [{"name": one.name, "url": own_side(request, "violation_file", number, one.number)} for one in files.of_case(number)],
        "entries": _entries(found),
        "papers": _papers(request, found),
        "crumbs": [{"label": _NAMES[side(request)], "url": own_side(request, "violations")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "violations/case.html", context)


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words = post.get("words", "")
    acts: dict[str, Callable[[], object]] = {
        "notify": lambda: operations.notify_person(number=number, by=by, at=at),
        "speak": lambda: operations.take_statement(number=number, words=words, by=by, at=at),
        "waive": lambda: operations.waive_hearing(number=number, by=by, at=at),
        "decide": lambda: operations.decide_violation(number=number, decision=_decision(request), by=by, at=at),
        "drop": lambda: operations.drop_violation(number=number, reason=words, by=by, at=at),
        "appeal": lambda: operations.appeal_decision(number=number, words=words, by=by, at=at),
        "uphold": lambda: operations.answer_appeal(number=number, upheld=True, answer=words, by=by, at=at),
        "undo": lambda: operations.answer_appeal(number=number, upheld=False, answer=words, by=by, at=at),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])


def _open_measures(found: "Violation") -> list[Measure]:
    """What may be decided: no heavier than the tier allows, and nothing that lets stand what was got by an untruth."""
    allowed = measures_for(Party(found.party), Tier(found.tier), found.happened_on)
    return [one for one in allowed if untrue_voids_all(found.act, one, found.happened_on).outcome is Outcome.MET]


def _decision(request: Request) -> operations.Decision:
    """Read what the leader chose. :raises Refusal: for what is not a measure or a day."""
    post = request.POST
    try:
        measure = Measure(post.get("measure", ""))
        part = Part(post["part"]) if post.get("part") else None
        until = date.fromisoformat(post["until"]) if post.get("until") else None
    except ValueError:
        raise Refusal("请选择处理，日期请按日历选择。", None, "请重新填写后提交。") from None
    return operations.Decision(measure, post.get("words", ""), part=part, until=until)


def _waits(request: Request, found: "Violation", may: set[str]) -> str:
    """Say what the case waits for where the actor can do nothing."""
    if may:
        return ""
    state = State(found.state)
    if state is State.NOTIFIED:
        return f"等待当事人在{found.heard_until:%Y年%-m月%-d日}前陈述申辩。"
    if state is State.DECIDED:
        return f"申诉期到{found.appeal_until:%Y年%-m月%-d日}为止。"
    waiting = {
        State.RECORDED: "等待评价机构告知当事人。",
        State.HEARD: "等待机构负责人作出处理决定。",
        State.APPEALED: f"等待{found.appeal_to}答复申诉。",
    }
    return waiting.get(state, "案件已办结。")


def _entries(found: "Violation") -> list[dict[str, Any]]:
    return [
        {
            "what": WORDS.get(line.event, line.event),
            "who": line.actor_label,
            "at": line.at,
            "opinion": line.reason,
            "findings": line.detail.get("findings", []) if isinstance(line.detail.get("findings"), list) else [],
            "receipt": f"第{line.pk}号",
        }
        for line in history(found.number)
        if line.event.startswith("violation.")
    ]


def _papers(request: Request, found: "Violation") -> list[dict[str, str]]:
    """The letters there are by now."""
    decided = found.decided_at if found.measure else None
    names = [("notice", "告知书", found.notified_at), ("decision", "处理决定书", decided), ("answer", "申诉答复", found.answered_at)]
    return [{"label": label, "url": own_side(request, "violation_paper", found.number, key)} for key, label, when in names if when is not None]
