"""前置关口: was the project selected, and the body selected for it, before it applies to be filed?

`通知 三(一)2`: projects are recommended and selected; then bodies are called for in public and selected.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice

LAW = notice("三(一)2")


@dataclass(frozen=True)
class SelectionFacts:
    """A body selected for a project: its days, and the levels the project has."""

    project: str
    levels: frozenset[int]
    days: Period
    ended_because: str = ""


@dataclass(frozen=True)
class GateFacts:
    """One line of a scope before the gates: whether a project is selected for it, and the body's selections for that project."""

    title: str
    level: int
    level_label: str
    project_selected: bool
    selections: tuple[SelectionFacts, ...] = ()


@rule("评价项目已确定，且经公开征集入选")
def gates_passed(line: GateFacts, day: date) -> Finding:
    """Whether both gates before an application of a social body were passed for one line of its scope."""
    if not line.project_selected:
        return unmet(f"“{line.title}”尚未遴选确定为社会化评价项目", LAW)
    if not line.selections:
        return unmet(f"本机构没有在公开征集中入选“{line.title}”项目", LAW)
    open_now = [one for one in line.selections if day in one.days]
    if not open_now:
        last = max(line.selections, key=lambda one: str(one.days.until))
        how = f"取消（{last.ended_because}）" if last.ended_because else "失效"
        return unmet(f"“{line.title}”项目的入选资格已于{last.days.until}{how}", LAW)
    if not any(line.level in one.levels for one in open_now):
        return unmet(f"入选的“{line.title}”项目不含{line.level_label}", LAW)
    return met(f"“{line.title}”{line.level_label}项目已确定，本机构已入选", LAW)
