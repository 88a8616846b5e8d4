"""证书数据接口: a body's system reports its certificates row by row, sends the batch on, and reads what became of it."""

from collections.abc import Callable
from datetime import datetime

from tests.api.calling import System
from tests.cast import Cast
from tests.exams.stage import Stage
from tests.uploads.sending import LATER, PREFIX, SENT, rows_of
from touchstone.uploads import operations


def test_certificates_are_reported_and_sent_on(stage: Stage, cast: Cast, system: System, travel: Callable[[datetime], None]) -> None:
    """逐行有结果；同一请求号只算一次；提交以后查回状态；别家的批次看不到。"""
    stage.reviewed().with_sittings().arranged().held().scored().announced().confirmed()
    travel(SENT)
    first, second, third = ({k: v for k, v in row.items() if v != ""} | {"level": 5} for row in rows_of(stage))
    came = system.post("/certificates", {"rows": [first, second | {"theory": "90"}]}, request_key="one-and-only").json()
    assert [one["done"] for one in came["rows"]] == [True, False]
    assert came["rows"][0]["number"] == f"{PREFIX}265000501"
    assert "平台登记的是80" in came["rows"][1]["sentences"][0]
    again = system.post("/certificates", {"rows": [first, second | {"theory": "90"}]}, request_key="one-and-only")
    assert again.headers["Idempotency-Replayed"] == "true"
    more = system.post("/certificates", {"rows": [second, third, third, third | {"issued_on": "昨天"}]}).json()
    assert [one["done"] for one in more["rows"]] == [True, True, False, False]
    (batch,) = system.get("/certificate-batches").json()["items"]
    assert (batch["state"], batch["total"], batch["passed"]) == ("checked", 5, 3)
    sent = system.post(f"/certificate-batches/{batch['number']}/submit", {}).json()
    assert (sent["state"], sent["due_on"]) == ("under_review", "2026-04-15")
    assert system.post(f"/certificate-batches/{batch['number']}/submit", {}).status_code == 409
    operations.look_at(number=batch["number"], rows=[1, 3, 4], by=cast.zhou, at=LATER)
    operations.accept(number=batch["number"], by=cast.zhou, at=LATER)
    rows = system.get(f"/certificate-batches/{batch['number']}/rows").json()["items"]
    assert [(one["state"], one["national"]) for one in rows if one["state"] != "broken"] == [("accepted", "waiting")] * 3
    assert system.get("/certificate-batches/ZS2026999999").status_code in {403, 404}
