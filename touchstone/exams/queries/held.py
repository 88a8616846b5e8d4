"""平台所存: what does the platform itself hold of an archive, a roster, scores or a sitting at this moment, as fingerprints part by part?

Each part is named by a public number first, so that what changed can be found in the ledger.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from touchstone.exams.models import Archive, ArchiveVolume, Candidate, HandOver, Incident, Plan, ScoreEntry, Script, Seat, Sitting
from touchstone.exams.states import Part

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class Held:
    """What is held of one thing: what it is called, on which public number its life is in the ledger, and the fingerprint of each of its parts."""

    title: str
    subject: str
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """One fingerprint of all the parts."""
        return digest(self.parts)


def digest(what: Any) -> str:
    """This function will give the SHA-256 of plain facts in one spelling."""
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def held_archive(number: str, body: "Body") -> Held | None:
    """This function will give the volumes of an archive of a body; None where it has none of this number."""
    found = Archive.objects.filter(number=number, plan__body=body).first()
    if found is None:
        return None
    volumes = ArchiveVolume.objects.filter(archive=found, compilation=found.compilation)
    parts = {f"{number} {one.get_volume_display()}": one.sha256 for one in volumes}
    parts[f"{number} 封存"] = digest([found.state, found.sealed_at, found.compilation, found.lacking])
    return Held(f"评价档案 {number}", number, parts)


def held_roster(number: str, body: "Body") -> Held | None:
    """This function will give everybody registered in a plan of a body, with what they declared and what was found."""
    plan = _plan(number, body)
    if plan is None:
        return None
    facts = ("name", "ground", "employment", "employer", "applied_on", "condition", "claims", "proofs", "state", "satisfied_condition")
    rows = Candidate.objects.filter(plan=plan).order_by("number").values_list("number", *facts)
    return Held(f"报名名册 {number}", number, {f"{one[0]} {one[1]}": digest(one[1:]) for one in rows.iterator()})


def held_scores(number: str, body: "Body") -> Held | None:
    """This function will give the scores that stand in a plan of a body, part by part, and what each candidate came to."""
    plan = _plan(number, body)
    if plan is None:
        return None
    parts: dict[str, str] = {}
    standing = ScoreEntry.objects.filter(candidate__plan=plan, replaced_at__isnull=True).order_by("candidate__number", "part")
    for who, name, part, value, entered in standing.values_list("candidate__number", "candidate__name", "part", "value", "pk").iterator():
        parts[f"{who} {name} {Part(part).label}"] = digest([value, entered])
    for who, name, result in Candidate.objects.filter(plan=plan).exclude(result="").order_by("number").values_list("number", "name", "result"):
        parts[f"{who} {name} 结论"] = digest(result)
    return Held(f"成绩 {number}", number, parts)


def held_sitting(number: str, body: "Body") -> Held | None:
    """This function will give what is kept of a sitting of a body: attendance, incidents, papers handed over, scripts."""
    sitting = Sitting.objects.filter(number=number, plan__body=body).select_related("plan").first()
    if sitting is None:
        return None
    parts = {f"{number} 起止": digest([sitting.opened_at, sitting.closed_at, sitting.invigilators, sitting.supervisor_id])}
    for seat in Seat.objects.filter(sitting=sitting).select_related("candidate").order_by("seat_number"):
        parts[f"{seat.candidate.number} {seat.candidate.name} 签到"] = digest([seat.seat_number, seat.form, seat.present, seat.noted_at])
    for told in Incident.objects.filter(sitting=sitting).order_by("id"):
        parts[f"{told.number} 考场情况"] = digest([told.kind, told.words, told.told_at])
    for paper in HandOver.objects.filter(sitting=sitting).order_by("id"):
        parts[f"{paper.number} 试卷交接"] = digest([paper.step, paper.packets, paper.sheets, paper.intact, paper.first_at, paper.second_at])
    for script in Script.objects.filter(exam__sitting=sitting).order_by("number"):
        parts[f"{script.number} 答卷"] = digest([script.digest, script.sequence, script.submitted_at, script.machine_points, script.points])
    return Held(f"场次记录 {number}", sitting.number, parts)


def _plan(number: str, body: "Body") -> Plan | None:
    return Plan.objects.filter(number=number, body=body).first()
