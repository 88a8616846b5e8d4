"""案卷测试: is the archive whole, sealed by its hashes, found again, opened for a purpose alone, and readable without us?"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.enforcement.stage import Proceedings
from touchstone.accounts.actor import PLATFORM
from touchstone.enforcement import operations as acts
from touchstone.enforcement.facts.origins import found_at
from touchstone.enforcement.queries import archives, clocks_of, openings_of
from touchstone.files.storage import read
from touchstone.jobs.enforcement import lapse_corrections, remind_of_corrections
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.supervision.archive import CONTENTS
from touchstone.tasks.models import Task
from touchstone.trust.log.merkle import leaf_hash, root_of

pytestmark = pytest.mark.django_db
Begin = Callable[..., Proceedings]


def test_sealed_archive_is_whole_and_checked_without_us(proceedings: Begin) -> None:
    """结案后封存：三卷材料齐全或者说明，根指纹在存证中；导出的 OCFL 对象每个文件的 SHA-512 都对得上。"""
    told = proceedings().closed()
    made = acts.seal_archive(number=told.number, explained={}, by=told.cast.wang, at=told.later())
    wanted = {one for held in CONTENTS.on(told.at.date()).value.values() for one in held}
    assert {one["title"] for one in made.inventory} | set(made.explained) >= wanted
    assert root_of(leaf_hash(bytes.fromhex(one["sha256"])) for one in made.inventory).hex() == made.root
    assert all(hashlib.sha256(read(one["sha256"])).hexdigest() == one["sha256"] for one in made.inventory)
    assert history(told.number).get(event="case.archived").detail["root"] == made.root
    assert made.kept_until.year == told.at.year + 5
    name, content = acts.export_archive(number=made.number, purpose="档案检查", by=told.cast.wang, at=told.at)
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        files = {one.removeprefix(f"{made.number}/"): box.read(one) for one in box.namelist()}
    inventory = json.loads(files["inventory.json"])
    assert files["0=ocfl_object_1.1"] == b"ocfl_object_1.1\n" and inventory["digestAlgorithm"] == "sha512" and inventory["head"] == "v1"
    assert files["inventory.json.sha512"].split()[0].decode() == hashlib.sha512(files["inventory.json"]).hexdigest()
    for digest, places in inventory["manifest"].items():
        assert all(hashlib.sha512(files[place]).hexdigest() == digest for place in places)
    assert set(inventory["versions"]["v1"]["state"]) == set(inventory["manifest"])
    assert any(place.endswith("处理决定书.pdf") for places in inventory["manifest"].values() for place in places)
    assert name == f"{made.number}.zip"


def test_archive_opens_for_a_purpose_and_with_leave(proceedings: Begin) -> None:
    """查阅：写明用途，逐次记录；承办单位可以；市局要经承办单位负责人同意，一次有效。"""
    told = proceedings().closed()
    made = acts.seal_archive(number=told.number, explained={}, by=told.cast.wang, at=told.later())
    both: dict[str, Any] = {"number": made.number, "at": told.at}
    with pytest.raises(Refusal, match="用途"):
        acts.open_archive(purpose=" ", by=told.cast.wang, **both)
    acts.open_archive(purpose="复查参考", by=told.cast.wang, **both)
    with pytest.raises(Refusal, match="须经承办单位负责人同意"):
        acts.open_archive(purpose="同类案件参考", by=told.cast.shen, **both)
    asked = acts.ask_leave(purpose="同类案件参考", by=told.cast.shen, **both)
    with pytest.raises(Refusal, match="审批负责人"):
        acts.give_leave(opening=asked.pk, by=told.cast.wang, at=told.at)
    acts.give_leave(opening=asked.pk, by=told.cast.wu, at=told.at)
    acts.open_archive(purpose="同类案件参考", by=told.cast.shen, **both)
    with pytest.raises(Refusal, match="须经承办单位负责人同意"):
        acts.open_archive(purpose="再看一次", by=told.cast.shen, **both)
    assert openings_of(made).filter(opened_at__isnull=False).count() == 2
    assert [one.number for one in archives(told.cast.wang)] == [made.number] and not archives(told.cast.du).exists()
    with pytest.raises(Refusal, match="已经封存"):
        acts.seal_archive(number=told.number, explained={}, by=told.cast.wang, at=told.at)


def test_clocks_show_their_last_days(proceedings: Begin) -> None:
    """期限：决定九十日内，延长一次三十日；送达七日内；逾期的标明。"""
    told = proceedings().opened()
    opened = told.at.date()
    running = {one.what: one for one in clocks_of(told.case, opened)}
    assert running["作出决定"].last == opened + timedelta(days=90) and running["作出决定"].is_open
    acts.extend_case(number=told.number, reason="等待鉴定", by=told.cast.wu, at=told.at)
    assert {one.what: one.last for one in clocks_of(told.case, opened)}["作出决定"] == opened + timedelta(days=120)
    with pytest.raises(Refusal, match="一次"):
        acts.extend_case(number=told.number, reason="还要等", by=told.cast.wu, at=told.at)
    late = clocks_of(told.case, opened + timedelta(days=121))
    assert [one.finding.outcome.value for one in late if one.what == "作出决定"] == ["unmet"]


def test_correction_is_reminded_of_and_lapses(proceedings: Begin) -> None:
    """责令改正：到期前三日提醒一次；逾期的提请办理人按逾期没有改正另行立案，来源为本案。"""
    told = proceedings().served()
    order = told.case.measures.get(measure="order")
    assert order.due_on is not None
    soon = told.at + (order.due_on - told.at.date()) - timedelta(days=3)
    assert (remind_of_corrections(soon - timedelta(days=1)), remind_of_corrections(soon), remind_of_corrections(soon)) == (0, 1, 0)
    assert Task.objects.open().filter(case=told.number, matter="case_correct_order_soon").exists()
    over = soon + timedelta(days=4)
    assert (lapse_corrections(over - timedelta(days=1)), lapse_corrections(over), lapse_corrections(over)) == (0, 1, 0)
    order.refresh_from_db()
    assert order.state == "failed"
    found = found_at(f"case:{told.number}", told.cast.wang)[2]
    assert (found.acts, found.body) == (("not_rectified",), told.cast.body_a)
    with pytest.raises(Refusal):
        acts.remind_of_correction(measure_id=order.pk, by=told.cast.wang, at=over)
    assert acts.remind_of_correction(measure_id=order.pk, by=PLATFORM, at=over) is False
