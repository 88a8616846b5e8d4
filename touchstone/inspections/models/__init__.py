"""双随机抽查表: yearly plans, draws with their frozen rosters, the tasks that came of them, visits with what they found, and who must stay away."""

from touchstone.inspections.models.answer import Answer, Signature, VisitFinding
from touchstone.inspections.models.draw import Draw, DrawSet, InspectorOnRoster, OnRoster
from touchstone.inspections.models.plan import Plan, PlanSet, Recusal
from touchstone.inspections.models.task import Task, TaskInspector
from touchstone.inspections.models.visit import Position, Visit, VisitInspector, VisitSet

__all__ = [
    "Answer",
    "Draw",
    "DrawSet",
    "InspectorOnRoster",
    "OnRoster",
    "Plan",
    "PlanSet",
    "Position",
    "Recusal",
    "Signature",
    "Task",
    "TaskInspector",
    "Visit",
    "VisitFinding",
    "VisitInspector",
    "VisitSet",
]
