"""人员接口: can a body's system keep the roster, and is nobody taken in who may not serve?"""

from datetime import date

import pytest

from tests.api.calling import System, connected, registration
from tests.cast import Cast
from tests.exams.stage import CODE, Stage
from tests.exams.test_staffing import keep_away
from touchstone.bodies.models import StaffMember
from touchstone.exams.operations.plan_report import report_plan
from touchstone.simulation.identity import id_number


def somebody(n: int, **changes: object) -> dict[str, object]:
    """Give one row of new staff."""
    number = id_number(300 + n, birthday=date(1982, 2, 3), male=True)
    return {"ref": f"s{n}", "name": f"新人{n}", "id_number": number, "duty": "invigilator"} | changes


def test_staff_come_and_go_with_an_outcome_each(stage: Stage, cast: Cast) -> None:
    """成批添加：考评人员缺资格、目录外职业、重复的、被限制的各有说明；结束职责也逐行。"""
    system = connected(cast, holder="qian")
    keep_away(cast, "监考甲")
    barred = somebody(5, name="监考甲", id_number=id_number(0, birthday=date(1980, 6, 1), male=True), duty="manager")
    rows = [
        somebody(1),
        somebody(2, duty="assessor", occupation_code=CODE, highest_level=3, qualification="KP-9"),
        somebody(3, duty="assessor"),
        somebody(4, duty="assessor", occupation_code="9-99-99-99", highest_level=3, qualification="KP-9"),
        somebody(1),
        barred,
    ]
    came = system.post("/staff", {"rows": rows}).json()["rows"]
    assert [one["done"] for one in came] == [True, True, False, False, False, False]
    for place, word in ((2, "职业"), (3, "9-99-99-99"), (4, "已是"), (5, "监考甲")):
        assert word in str(came[place]["sentences"])
    people = {one["staff"]: one for one in system.get("/staff?duty=assessor&limit=200").json()["items"]}
    assert people[int(came[1]["number"])]["occupation_code"] == CODE
    ended = system.post("/staff/end", {"rows": [{"staff": int(came[0]["number"]), "reason": "离职"}, {"staff": 999999}]}).json()["rows"]
    assert [one["done"] for one in ended] == [True, False]
    assert StaffMember.objects.get(pk=came[0]["number"]).until == cast.at.date()


def test_a_planner_does_not_keep_the_roster(stage: Stage, cast: Cast, system: System) -> None:
    """责任人是考务经办人：每行都说明由谁办理，没有添加。"""
    before = StaffMember.objects.count()
    (came,) = system.post("/staff", {"rows": [somebody(1)]}).json()["rows"]
    assert "备案经办人" in str(came["sentences"])
    assert StaffMember.objects.count() == before


@pytest.mark.parametrize("path", ["candidates", "sittings", "results"])
def test_a_longer_list_takes_no_more_queries(stage: Stage, cast: Cast, system: System, path: str, django_assert_max_num_queries) -> None:
    """考生多了，查询次数不变。"""
    report_plan(number=stage.plan.number, by=cast.sun, at=cast.at)
    address = f"/plans/{stage.plan.number}"
    system.post(f"{address}/registrations", {"rows": [registration(n) for n in range(8)]})
    with django_assert_max_num_queries(18):
        assert system.get(f"{address}/{path}").status_code == 200
