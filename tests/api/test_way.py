"""全过程: a body's system drafts a plan, registers, hands in evidence, reports the day and the scores, and reads what came of it."""

import base64
from collections.abc import Callable
from datetime import datetime

import pytest

from tests.api.calling import System, registration
from tests.cast import Cast
from tests.exams.stage import EXAM_ON, Stage, moment
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import Plan, Sitting
from touchstone.exams.operations.arranging import arrange
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.results import announce_results, conclude, confirm_results
from touchstone.exams.operations.seating import assign_seats
from touchstone.ledger.models import Entry

PDF = base64.b64encode(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n").decode()


def test_from_the_plan_to_the_certificates(stage: Stage, cast: Cast, system: System, travel: Callable[[datetime], None]) -> None:
    """编制、上报、报名、材料、审核；编排在页面；开考、签到、情况、交接、结束、成绩；公示发证在页面；查回状态。"""
    (line,) = system.get("/scope").json()["items"]
    terms = {
        "scope_item": line["scope_item"], "exam_on": EXAM_ON.isoformat(), "registration_closes_on": "2026-03-09", "quota": 8,
        "contact": "孙景明 021-00000000",
    }  # fmt: skip
    drafted = system.post("/plans", terms)
    assert drafted.status_code == 201
    number = drafted.json()["number"]
    assert drafted.headers["Location"] == f"/api/v1/plans/{number}"
    assert system.post(f"/plans/{number}/report", {}).json()["state"] == "reported"

    rows = [registration(1), registration(2), registration(3, id_number="310115199501010000"), registration(4, condition="9-9")]
    came = system.post(f"/plans/{number}/registrations", {"rows": rows}).json()
    assert [one["done"] for one in came["rows"]] == [True, True, False, False]
    assert "9-9" in came["rows"][3]["sentences"][0]
    assert came["rows"][3]["clause"]
    first, second = (one["number"] for one in came["rows"][:2])
    assert system.get(f"/candidates/{first}").json()["state"] == "unproven"

    kept = system.post(f"/candidates/{first}/evidence", {"kind": "work", "name": "工作证明.pdf", "content": PDF})
    assert kept.status_code == 201
    work = {"periods": [{"since": "2012-01-01", "relation": "same"}]}
    proofs = [
        {"candidate": first, "kind": "employment", "remark": "已核劳动合同"},
        {"candidate": first, "kind": "work", "facts": work, "attachments": [kept.json()["number"]]},
        {"candidate": second, "kind": "employment", "remark": "已核劳动合同"},
        {"candidate": second, "kind": "work", "facts": work, "attachments": [kept.json()["number"]]},
        {"candidate": second, "kind": "work", "facts": work, "remark": "已核劳动合同原件"},
        {"candidate": "KS0", "kind": "work", "facts": work, "remark": "查无此人"},
    ]
    checked = system.post(f"/plans/{number}/proofs", {"rows": proofs}).json()
    assert [one["done"] for one in checked["rows"]] == [True, True, True, False, True, False]
    assert "没有编号为" in checked["rows"][3]["sentences"][0]
    whole = system.post(f"/plans/{number}/close-review", {}).json()
    assert whole["state"] == "reviewed"
    assert whole["candidates"]["eligible"] == 2
    people = system.get(f"/plans/{number}/candidates?limit=1").json()
    assert len(people["items"]) == 1
    assert all(one["outcome"] == "met" for one in people["items"][0]["findings"] if one["title"] == "持四级证书")
    assert system.get(people["next"]).json()["items"][0]["number"] == second

    stage.plan = Plan.objects.get(number=number)
    stage.with_sittings()
    assign_seats(plan_number=number, by=cast.sun, at=cast.at)
    arrange(plan_number=number, by=cast.sun, at=cast.at)
    theory, practical = (one["number"] for one in system.get(f"/plans/{number}/sittings").json()["items"])
    for sitting, hour in ((theory, 8), (practical, 12)):
        travel(moment(EXAM_ON, hour, 45))
        assert system.post(f"/sittings/{sitting}/close", {}).status_code == 409
        opened = system.post(f"/sittings/{sitting}/open", {"identity": "id_card"}).json()
        assert opened["phase"] == "opened"
        tickets = [seat["ticket"] for seat in opened["seats"]]
        signed = system.post(
            f"/sittings/{sitting}/sign-ins",
            {"rows": [{"ticket": tickets[0], "identity": "id_card"}, {"ticket": tickets[1]}, {"ticket": "0"}, {"ticket": "1", "identity": "reader"}]},
        ).json()
        assert [one["done"] for one in signed["rows"]] == [True, True, False, False]
        told = system.post(f"/sittings/{sitting}/incidents", {"kind": "equipment", "words": "一台计算机重启", "ticket": tickets[0]})
        assert told.status_code == 201
        papers = {"step": "received", "packets": 1, "sheets": 2, "intact": True}
        assert system.post(f"/sittings/{sitting}/hand-overs", papers).status_code == 201
        travel(Sitting.objects.get(number=sitting).ends_at)
        closed = system.post(f"/sittings/{sitting}/close", {}).json()
        assert (closed["phase"], closed["present"], len(closed["incidents"]), len(closed["hand_overs"])) == ("closed", 2, 1, 1)
    assert system.post(f"/plans/{number}/close-sittings", {}).json()["state"] == "held"

    travel(moment(EXAM_ON.replace(day=23), 10))
    scores = [
        {"ref": "a", "ticket": tickets[0], "theory": "80.5", "practical": "85"},
        {"ticket": tickets[1], "theory": "59", "practical": None},
        {"ticket": tickets[1]},
        {"ticket": tickets[1], "theory": "101"},
    ]
    entered = system.post(f"/plans/{number}/scores", {"rows": scores}).json()
    assert [one["done"] for one in entered["rows"]] == [True, False, False, False]
    assert entered["rows"][0]["ref"] == "a"
    assert system.post(f"/plans/{number}/scores", {"rows": [{"ticket": tickets[1], "theory": "59", "practical": "90"}]}).json()["done"] == 1
    at = moment(EXAM_ON.replace(day=23), 11)
    conclude(plan_number=number, by=cast.sun, at=at)
    stage.checked(at.date())
    announce_results(plan_number=number, by=cast.qian, at=at)
    confirm_results(plan_number=number, by=PLATFORM, at=moment(EXAM_ON.replace(day=31), 12))
    issue_certificates(plan_number=number, by=cast.qian, at=moment(EXAM_ON.replace(day=31), 13))
    results = {one["ticket"]: one for one in system.get(f"/plans/{number}/results").json()["items"]}
    assert [results[ticket]["result"] for ticket in tickets] == ["passed", "failed"]
    assert results[tickets[0]]["scores"][1] == {"part": "theory", "mark": "80.5", "absent": False, "kept": False, "void": False}
    (certificate,) = system.get(f"/plans/{number}/certificates").json()["items"]
    assert certificate["valid"]

    line = Entry.objects.get(event="plan.drafted", subject=number)
    assert line.actor_id == cast.sun.user_id
    assert "孙景明（经培训考务系统" in line.actor_label


@pytest.mark.parametrize("path", ["scope", "plans", "staff"])
def test_lists_read_the_same_number_of_queries_however_long(stage: Stage, system: System, path: str, django_assert_max_num_queries) -> None:
    """列表的查询次数不随行数增加。"""
    with django_assert_max_num_queries(14):
        system.get(f"/{path}")
