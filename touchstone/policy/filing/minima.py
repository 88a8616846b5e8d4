"""备案条件数值: how much of everything must a body have? All our defaults until the city lays them down (`通知 四(三)`)."""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import our_default

_SINCE = date(2024, 5, 1)


def _least(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, our_default("备案条件")), key=f"filing.{key}", unit=unit, changeable=True)


LEAST_MANAGERS = _least("least_managers", "专职管理人员最少人数", 3, "人")
LEAST_ASSESSORS = _least("least_assessors", "每个职业的考评人员最少人数", 3, "人")
LEAST_SUPERVISORS = _least("least_supervisors", "内部质量督导员最少人数", 2, "人")
LEAST_THEORY_SEATS = _least("least_theory_seats", "理论考场最少座位数", 30, "座")
LEAST_PRACTICAL_SEATS = _least("least_practical_seats", "技能考场最少工位数", 1, "个")
LEAST_THEORY_CAMERAS = _least("least_theory_cameras", "每个理论考场最少摄像头数", 2, "个")
LEAST_PRACTICAL_CAMERAS = _least("least_practical_cameras", "每个技能考场最少摄像头数", 1, "个")
LEAST_PAPER_SETS = _least("least_paper_sets", "每个职业等级的题库最少套数", 3, "套")
LEAST_LEASE_MONTHS = _least("least_lease_months", "租赁考核点的剩余租期", 12, "个月")

SYSTEMS: Dated[tuple[str, ...]] = Dated(
    "应当制定的管理制度",
    Value(
        _SINCE,
        (
            "机构与岗位职责",
            "考务管理",
            "报名与资格审核",
            "考评人员管理",
            "内部质量督导",
            "题库与试卷保密",
            "考场与设备管理",
            "成绩与证书管理",
            "档案管理",
            "收费与财务管理",
            "投诉举报与异议处理",
            "违纪违规处理与责任追究",
            "应急处置",
        ),
        our_default("管理制度目录"),
    ),
    key="filing.systems",
    changeable=True,
)
