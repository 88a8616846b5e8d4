"""资格用语: what was found, what is lacking, what else would do, and until when, in words for the person whose it is?"""

from typing import TYPE_CHECKING, Any

from touchstone.exams.states import CandidateState, PlanState
from touchstone.policy.eligibility.conditions import conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate

_TONES = {CandidateState.ELIGIBLE: "ok", CandidateState.UNPROVEN: "warn", CandidateState.INELIGIBLE: "danger"}


def explained(candidate: "Candidate") -> dict[str, Any]:
    """This function will say where eligibility stands: a title and sentence, what is lacking, and the other conditions of the level."""
    labels = {one.key: one.label for one in conditions_for(Level(candidate.plan.level), candidate.applied_on)}
    rows = [{**one, "label": labels.get(one.get("condition", ""), one.get("condition", ""))} for one in candidate.findings]
    claimed = [one for one in rows if one.get("condition") == candidate.condition]
    others = [one for one in rows if one.get("part") == "condition" and one.get("condition") != candidate.condition]
    needed = [one for one in rows if one.get("part") in {"admission", "review", "undertaking"}] + claimed
    lacking = [] if candidate.state == CandidateState.ELIGIBLE else [one for one in needed if one["outcome"] != "met"]
    title, sentence = _said(candidate, labels, lacking, others)
    return {
        "title": title,
        "sentence": sentence,
        "tone": _TONES.get(CandidateState(candidate.state), "info"),
        "lacking": lacking,
        "others": [{**one, "title": one["label"]} for one in others],
        "met": [one for one in needed if one["outcome"] == "met"],
    }


def _said(candidate: "Candidate", labels: dict[str, str], lacking: list[dict[str, Any]], others: list[dict[str, Any]]) -> tuple[str, str]:
    state = CandidateState(candidate.state)
    if state is CandidateState.ELIGIBLE and candidate.plan.is_for_apprentices:
        return "资格已通过", "您的学徒期满，可以参加转正定级考核。"
    if state is CandidateState.ELIGIBLE:
        key = candidate.satisfied_condition
        return "资格已通过", f"您符合“{labels.get(key, key)}”。"
    if state is CandidateState.WITHDRAWN:
        return "已退出", "您已退出这次报名；报名截止以前可以重新报名。"
    asks = list(dict.fromkeys(one["ask_for"] for one in lacking if one["ask_for"]))
    reasons = list(dict.fromkeys(one["reason"] for one in lacking if one["outcome"] == "unmet"))
    refused = any(one["outcome"] == "unmet" and one.get("part") != "condition" for one in lacking)
    ways = [] if refused or not reasons else [_way(one) for one in others if one["outcome"] != "unmet"]
    said = f"{'；'.join(reasons)}，或者{'，或者'.join(ways)}。" if ways else "".join(f"{one}。" for one in reasons)
    if refused or not (asks or ways):
        return "不符合条件", said
    said += f"请提供：{'；'.join(asks)}。" if asks else ""
    return ("还要补充证明" if state is CandidateState.UNPROVEN else "暂不符合条件"), said + _until(candidate)


def _way(one: dict[str, Any]) -> str:
    """What else would do: another condition, with what it asks for."""
    return f"提供{one['ask_for']}，按“{one['label']}”申报" if one["ask_for"] else f"改按“{one['label']}”申报"


def _until(candidate: "Candidate") -> str:
    if candidate.plan.state != PlanState.REPORTED:
        return ""
    return f"请在{day(candidate.plan.registration_closes_on)}报名截止以前办理。"
