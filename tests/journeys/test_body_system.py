"""旅程: a leader opens a key, the body's own system reports an evaluation with the example of our documents, and the pages show it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.api.calling import registration
from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.journeys.conftest import PHONE, Site
from touchstone.exams.models import Candidate, Plan
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD

CLIENT = Path(__file__).resolve().parents[2] / "docs" / "interface" / "client.py"
WORK = {"periods": [{"since": "2012-01-01", "relation": "same"}]}


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a body with a filing in force, staff and rooms on 2 March 2026."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return Stage(cast)


@pytest.fixture
def own_system(site: Site, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give the body's own system: the example as it is, in a process of its own, with the key the leader handed over."""

    def run(secret: str, *arguments: str, content: Any = None) -> subprocess.CompletedProcess[str]:
        if content is not None:
            file = tmp_path / "content.json"
            file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            arguments = (*arguments, str(file))
        environment = {**os.environ, "TOUCHSTONE_URL": site.url, "TOUCHSTONE_KEY": secret, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run([sys.executable, "-S", str(CLIENT), *arguments], capture_output=True, text=True, encoding="utf-8", env=environment)

    return run


@pytest.mark.duty("D5.4")
def test_a_bodys_own_system_reports_an_evaluation(stage: Stage, site: Site, own_system: Callable[..., Any], tmp_path: Path) -> None:
    """开通密钥、编制上报、成批报名、交材料核对、考后报成绩；页面上都看得到；停用后再也进不来。"""
    visitor = site.visit("/developers")
    expect(visitor.get_by_role("heading", name="怎样开始")).to_be_visible()
    assert visitor.request.get(f"{site.url}/api/v1/openapi.json").json()["openapi"] == "3.1.0"

    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/systems")
    expect(qian.get_by_text("还没有接口密钥")).to_be_visible()
    qian.get_by_role("link", name="开通密钥").first.click()
    qian.get_by_label("系统名称").fill("培训考务系统")
    qian.get_by_label("责任人").select_option(label="孙景明")
    for scope in ("编制、上报认定计划", "报名", "报送和核对资格材料"):
        qian.get_by_label(scope, exact=True).check()
    qian.get_by_role("button", name="开通").click()
    expect(qian.get_by_text("离开本页后不再显示")).to_be_visible()
    secret = qian.locator("code", has_text="tsk_").inner_text()

    scope = json.loads(own_system(secret, "scope").stdout)
    terms = {"scope_item": scope[0]["scope_item"], "exam_on": EXAM_ON.isoformat(), "registration_closes_on": "2026-03-09", "quota": 8,
             "contact": "孙景明 021-00000000", "title": "自有系统报送的车工认定"}  # fmt: skip
    made = own_system(secret, "plan", content=terms)
    number = made.stdout.strip()
    assert number.startswith("JH"), made.stderr
    came = own_system(secret, "register", number, content=[registration(1), registration(2), registration(3, name="")])
    assert came.returncode == 1
    assert came.stdout.count(" 办成 ") == 2
    assert "第3行 r3 未办成" in came.stdout
    first, second = Candidate.objects.filter(plan__number=number).order_by("pk").values_list("number", flat=True)
    (tmp_path / "劳动合同.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    proofs: list[dict[str, Any]] = [{"candidate": one, "kind": "employment", "file": "劳动合同.pdf"} for one in (first, second)]
    proofs += [{"candidate": one, "kind": "work", "facts": WORK, "remark": "已核社会保险缴费记录"} for one in (first, second)]
    reviewed = own_system(secret, "evidence", number, content=proofs)
    assert "资格审核完成" in reviewed.stdout, reviewed.stderr
    refused = own_system(secret, "scores", number, content=[{"ticket": "1", "theory": "80"}])
    assert "没有“报送成绩”的权限" in refused.stderr
    assert "下一步" in refused.stderr

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{number}/candidates")
    expect(sun.get_by_text("符合条件").first).to_be_visible()
    sun.goto(f"{site.url}/body/plans/candidates/{first}")
    expect(sun.get_by_text("劳动合同.pdf").first).to_be_visible()
    expect(sun.get_by_text("经培训考务系统").first).to_be_visible()

    stage.plan = Plan.objects.get(number=number)
    stage.with_sittings().arranged().held()
    qian.goto(f"{site.url}/body/systems")
    qian.get_by_role("link", name="培训考务系统").click()
    expect(qian.locator("#usage").get_by_text("成批报名")).to_be_visible()
    qian.locator("#limit").get_by_label("报送成绩").check()
    qian.locator("#limit").get_by_role("button", name="保存").click()
    expect(qian.get_by_text("权限范围和责任人已更新")).to_be_visible()
    travel_to(moment(EXAM_ON.replace(day=23), 10))
    scores = [{"ticket": ticket, "theory": "80", "practical": "85.5"} for ticket in stage.tickets()]
    assert own_system(secret, "scores", number, content=scores).returncode == 0
    assert "held" in own_system(secret, "status", number).stdout
    sun.goto(f"{site.url}/body/plans/{number}/scores")
    expect(sun.get_by_text("85.5").first).to_be_visible()

    wang = site.log_in("zhou", PASSWORD)
    wang.get_by_role("link", name="机构系统接入").click()
    row = wang.get_by_role("row", name=stage.cast.body_a.name)
    expect(row).to_be_visible()

    small = site.log_in("qian", PASSWORD, viewport=PHONE)
    small.goto(qian.url)
    small.get_by_role("button", name="停用密钥").click()
    small.get_by_role("dialog").get_by_label("停用原因").fill("系统下线")
    small.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(small.get_by_text("立即不能再报送")).to_be_visible()
    assert "接口密钥已停用" in own_system(secret, "status", number).stderr
