"""一考双证舞台: a pilot, an enterprise standard and a plan judged by both standards, as far as a test needs them."""

from collections.abc import Sequence
from datetime import date

from tests.cast import Cast
from tests.exams.stage import CODE, Stage
from touchstone.bodies.models import EnterpriseStandard, Pilot
from touchstone.bodies.operations import approve_pilot, enter_enterprise_standard
from touchstone.exams.operations.dual import add_second_standard
from touchstone.policy.exams.dual import Element
from touchstone.policy.exams.parts import Part

ELEMENTS = (
    Element("车工应知", Part.THEORY, 30, 60, "基础知识、相关知识"),
    Element("车工应会", Part.PRACTICAL, 50, 80, "轴类零件加工"),
    Element("本厂数控产线", None, 20, 60),
)
CODE_OF_STANDARD = "Q/LG 001—2025"


def approve(cast: Cast) -> Pilot:
    """Let body 甲 try out 一考双证 in its occupation until the end of 2027."""
    return approve_pilot(
        body=cast.body_a,
        kind="dual_certificates",
        occupations=[CODE],
        plan="国家标准与企业标准一次考核",
        units=[],
        since=cast.at.date(),
        until=date(2028, 1, 1),
        filed={CODE},
        by=cast.han,
        at=cast.at,
    )


def own_standard(cast: Cast, **changed: object) -> EnterpriseStandard:
    """File body 甲's own standard: theory and practical of the national exam, and one element of its own."""
    given = {
        "code": CODE_OF_STANDARD,
        "title": "车工岗位技能要求",
        "occupation": CODE,
        "grades": {5: "一星级技工", 4: "二星级技工"},
        "elements": ELEMENTS,
        "since": date(2026, 1, 1),
        "by": cast.lin,
    }
    return enter_enterprise_standard(body=cast.body_a, **given | changed, at=cast.at)  # type: ignore[arg-type]


def dual_stage(cast: Cast, people: int = 3, elements: Sequence[Element] = ELEMENTS) -> Stage:
    """Give a drafted plan that is judged by both standards."""
    stage = Stage(cast, people=people)
    approve(cast)
    add_second_standard(plan_number=stage.plan.number, standard=own_standard(cast, elements=elements).number, by=cast.sun, at=cast.at)
    return stage
