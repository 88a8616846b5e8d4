"""保障措施: which file shows that a body has in place what it must, and which of them does an item of the score sheet look at?

`通知 三(二)5`: 制定规范可行的管理制度, 落实机构设置、场地配套、人员安排、设施设备（含视频监控系统等）等保障措施.
"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unproven
from touchstone.policy.documents import notice
from touchstone.policy.filing.draft import DraftFacts
from touchstone.policy.filing.site_visit import Subject

_SINCE = date(2024, 5, 1)

SHOWN_BY: Dated[Mapping[Subject, str]] = Dated(
    "各项保障措施的证据",
    Value(
        _SINCE,
        {
            Subject.ORGANISATION: "机构设置和人员任命文件",
            Subject.SYSTEMS: "管理制度文本",
            Subject.VENUE: "场地权属或租赁证明",
            Subject.STAFF: "人员资格证书",
            Subject.EQUIPMENT: "设施设备清单",
            Subject.VIDEO: "视频监控画面截图",
        },
        notice("三(二)5"),
    ),
    key="filing.safeguards_shown_by",
)


@rule("机构、制度、场地、人员、设备和视频监控都有证据")
def safeguards_shown(draft: DraftFacts, day: date) -> Finding:
    """Whether there is a file for everything a body must have in place; an amendment shows only what it touches."""
    wanted = SHOWN_BY.on(day)
    asked = {subject: label for subject, label in wanted.value.items() if draft.wanted is None or label in draft.wanted}
    missing = {subject: label for subject, label in asked.items() if label not in draft.evidence}
    if missing:
        said = "、".join(f"{subject.label}（{label}）" for subject, label in missing.items())
        return unproven(f"还没有证据：{said}", wanted.clause, ask_for="、".join(missing.values()))
    if not asked:
        return met("本次变更不涉及保障措施", wanted.clause)
    return met(f"{'、'.join(subject.label for subject in asked)}都有证据", wanted.clause)


_PREFIXES: tuple[tuple[str, tuple[Subject, ...]], ...] = (
    ("premises.cameras", (Subject.VIDEO,)),
    ("premises.equipment", (Subject.EQUIPMENT,)),
    ("premises.practical", (Subject.VENUE, Subject.EQUIPMENT)),
    ("premises.", (Subject.VENUE,)),
    ("people.", (Subject.STAFF,)),
    ("separation.people", (Subject.STAFF,)),
    ("independence.people", (Subject.STAFF,)),
    ("systems.", (Subject.SYSTEMS,)),
    ("running.systems", (Subject.SYSTEMS,)),
    ("organisation.", (Subject.ORGANISATION,)),
    ("running.department", (Subject.ORGANISATION,)),
    ("running.leader", (Subject.ORGANISATION,)),
    ("independence.training", (Subject.ORGANISATION,)),
)


def looked_at_by(item: str) -> tuple[Subject, ...]:
    """This function will give the safeguards an item of a score sheet looks at, by the item's key; most items look at none."""
    return next((subjects for prefix, subjects in _PREFIXES if item.startswith(prefix)), ())
