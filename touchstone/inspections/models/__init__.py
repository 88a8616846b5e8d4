"""双随机抽查表: yearly plans, draws with their frozen rosters, the tasks that came of them, and who must stay away from whom."""

from touchstone.inspections.models.assistance import Assistance
from touchstone.inspections.models.draw import Draw, DrawSet, InspectorOnRoster, OnRoster
from touchstone.inspections.models.plan import Plan, PlanSet, Recusal
from touchstone.inspections.models.task import Task, TaskInspector

__all__ = ["Assistance", "Draw", "DrawSet", "InspectorOnRoster", "OnRoster", "Plan", "PlanSet", "Recusal", "Task", "TaskInspector"]
