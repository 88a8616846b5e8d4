"""学徒舞台: apprentices of body 甲, and a plan at whose end their level is fixed."""

from dataclasses import replace
from datetime import date

from tests.cast import Cast
from tests.exams.stage import CODE, Stage
from touchstone.bodies.models import Apprenticeship
from touchstone.bodies.operations import enter_apprentice, file_evidence
from touchstone.exams.models import Plan
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.simulation.identity import id_number

PAPER = b"%PDF-1.4\n%agreement\n%%EOF\n"


def learns(cast: Cast, serial: int = 0, *, paper: bool = True, until: date = date(2026, 3, 1), born: date = date(2007, 1, 1)) -> Apprenticeship:
    """Enter an apprentice of body 甲 who began on 1 March 2025, with the agreement where it is there."""
    made = enter_apprentice(
        body=cast.body_a,
        name=f"学徒{'甲乙丙丁'[serial]}",
        id_number=id_number(serial, birthday=born, male=True),
        occupation=CODE,
        agreement=f"学徒协议2025-{serial + 1:02d}",
        master="王师傅",
        master_skill="二级/技师",
        trained_by="",
        since=date(2025, 3, 1),
        until=until,
        by=cast.lin,
        at=cast.at,
    )
    if paper:
        file_evidence(number=made.number, label="学徒培养协议", name="协议.pdf", content=PAPER, by=cast.lin, at=cast.at)
    return made


def apprentices_stage(cast: Cast, level: int = 5) -> Stage:
    """Give a drafted plan that fixes apprentices' level; the stage's own ordinary plan stays a draft."""
    stage = Stage(cast, level=level, people=0)
    stage.plan = apprentices_plan(cast, stage.plan)
    return stage


def apprentices_plan(cast: Cast, like: Plan) -> Plan:
    """Draft a plan for apprentices under the same line of scope."""
    terms = PlanTerms(like.exam_on, like.registration_closes_on, 10, like.contact, admission="apprentices")
    return draft_plan(scope_item_id=like.scope_item_id, terms=replace(terms, title=""), by=cast.sun, at=cast.at)
