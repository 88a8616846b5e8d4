"""监督检查表: plans, draws and visits; calls for records; cameras and the watching of sittings; campaigns; tracing back."""

from touchstone.inspections.models.answer import Answer, Signature, VisitFinding
from touchstone.inspections.models.assistance import Assistance
from touchstone.inspections.models.cameras import Camera, CameraGap, CameraStill
from touchstone.inspections.models.campaign import Campaign, CampaignSet
from touchstone.inspections.models.draw import Draw, DrawSet, InspectorOnRoster, OnRoster
from touchstone.inspections.models.plan import Plan, PlanSet, Recusal
from touchstone.inspections.models.records import RecordsCall, RecordsCallSet, RecordsItem
from touchstone.inspections.models.task import Task, TaskInspector
from touchstone.inspections.models.tracing import HeldToAccount, TracedHead, Tracing, TracingSet
from touchstone.inspections.models.visit import Position, Visit, VisitInspector, VisitSet
from touchstone.inspections.models.watch import Observation, Watch, WatchSet

__all__ = [
    "Answer",
    "Assistance",
    "Camera",
    "CameraGap",
    "CameraStill",
    "Campaign",
    "CampaignSet",
    "Draw",
    "DrawSet",
    "HeldToAccount",
    "InspectorOnRoster",
    "Observation",
    "OnRoster",
    "Plan",
    "PlanSet",
    "Position",
    "RecordsCall",
    "RecordsCallSet",
    "RecordsItem",
    "Recusal",
    "Signature",
    "Task",
    "TaskInspector",
    "TracedHead",
    "Tracing",
    "TracingSet",
    "Visit",
    "VisitFinding",
    "VisitInspector",
    "VisitSet",
    "Watch",
    "WatchSet",
]
