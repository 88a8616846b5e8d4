"""题库用字: how are states, parts, kinds and secrecy called on pages and in lists?"""

from datetime import date

from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.kinds import KINDS
from touchstone.policy.questions.secrecy import LEVELS
from touchstone.questions.states import QuestionState

STATES = {
    QuestionState.DRAFTED.value: ("编写中", "neutral"),
    QuestionState.IN_REVIEW.value: ("审题中", "info"),
    QuestionState.TO_REVISE.value: ("待修改", "warn"),
    QuestionState.REVIEWED.value: ("待入库", "info"),
    QuestionState.APPROVED.value: ("已入库", "ok"),
    QuestionState.RETIRED.value: ("已停用", "neutral"),
}
STATE_CHOICES = [(key, label) for key, (label, _) in STATES.items()]
PART_CHOICES = [(part.value, part.label) for part in Part]
_DAY = date(2026, 1, 1)
KIND_LABELS = {kind.key: kind.label for kind in KINDS.on(_DAY).value}
KIND_CHOICES = list(KIND_LABELS.items())
SECRECY_CHOICES = list(LEVELS.on(_DAY).value.items())
