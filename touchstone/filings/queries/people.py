"""主要人员查询: on whom does a filing rest (head of assessment, key staff), and who came and went since it was filed?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.filings.models import Filing, Submission
from touchstone.filings.states import State
from touchstone.policy.filing.changing import KEY_DUTIES, sections_shown
from touchstone.policy.filing.purposes import Change, Purpose


@dataclass(frozen=True)
class StaffChange:
    """One of the key staff who joined or left since the filing last showed its staff."""

    joined: bool
    name: str
    duty: str
    post: str = ""

    @property
    def label(self) -> str:
        return "加入" if self.joined else "退出"


def filed_leader(root: Filing) -> str:
    """This function will give the head of assessment (分管负责人) as filed: what the body's register says since acceptance, else the application."""
    if root.body.assessment_leader:
        return str(root.body.assessment_leader)
    identity = root.sections.filter(key="identity").values_list("content", flat=True).first() or {}
    return str(identity.get("leader", ""))


def filed_staff(root: Filing, day: date) -> list[dict[str, Any]]:
    """This function will give the key staff as last filed: those of the latest accepted application of the family that showed its staff."""
    shown = _last_with_staff(root)
    duties = KEY_DUTIES.on(max(day, KEY_DUTIES.values[0].since)).value
    return [one for one in shown.content.get("staff", []) if one["duty"] in duties] if shown else []


def staff_changes(filing: Filing, day: date) -> list[StaffChange]:
    """This function will say which of the key staff came and went since the filing that an amendment changes last showed its staff; of what was
    handed in, as it was frozen then."""
    frozen = filing.submissions.order_by("-round").values_list("content", flat=True).first()
    if frozen is not None and not _is_open(filing):
        return [StaffChange(**one) for one in frozen.get("changes", {}).get("staff", [])]
    if filing.root is None or _last_with_staff(filing.root) is None:
        return []
    duties = KEY_DUTIES.on(max(day, KEY_DUTIES.values[0].since)).value
    before = {_who(one): one for one in filed_staff(filing.root, day)}
    rows = filing.body.staff.filter(since__lte=day).select_related("person").order_by("duty", "id")
    serving = [one for one in rows if one.until is None or one.until > day]
    now = {(one.person.name, one.get_duty_display()): one.post for one in serving if one.get_duty_display() in duties}
    joined = [StaffChange(True, name, duty, post) for (name, duty), post in now.items() if (name, duty) not in before]
    left = [StaffChange(False, name, duty, before[name, duty].get("post", "")) for name, duty in before if (name, duty) not in now]
    return joined + left


def _who(one: dict[str, Any]) -> tuple[str, str]:
    return one["name"], one["duty"]


def _is_open(filing: Filing) -> bool:
    return filing.state in {State.DRAFTED, State.CONSENT_SOUGHT, State.CONSENTED, State.RETURNED}


def _last_with_staff(root: Filing) -> Submission | None:
    cases = [root, *root.changes_of.filter(state=State.ACCEPTED).order_by("id")]
    for case in reversed(cases):
        if case.purpose == Purpose.AMEND:
            kinds = [Change(kind) for kind in case.changes.get("kinds", [])]
            day = case.rules_day or case.begun_at.date()
            if "staff" not in sections_shown(Purpose.AMEND, kinds, ("staff",), max(day, KEY_DUTIES.values[0].since)):
                continue
        found: Submission | None = case.submissions.order_by("-round").first()
        if found is not None:
            return found
    return None
