"""旅程: of a filing that came into force, which a stranger finds in the public log, checks byte by byte, and sees when somebody tampers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.journeys.conftest import PHONE, Site, shows
from tests.logs.stage import NearWitness, a_sequencer, fresh_place
from touchstone.cli.log import command
from touchstone.logs.operations.watching import let_go
from touchstone.logs.places import folder_of
from touchstone.logs.queries import all_logs
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.filing import file_to, people_on
from touchstone.web import clock


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast."""
    return set_up()


@pytest.mark.django_db(transaction=True)
def test_a_stranger_checks_the_log(cast: Cast, site: Site, tmp_path: Path) -> None:
    """备案生效后公众在公开日志里看到，用命令逐字节核对、取回执；有人改动瓦片，核对指出是哪里，运行页面报警。"""
    fresh_place()
    number = file_to("accepted", cast.body_a, people_on("district_enterprise", cast.at.date()), at=cast.at)
    witness = NearWitness(tmp_path / "witness")
    a_sequencer(witness, now=clock.real_now).step()
    size = all_logs().get(name="decisions").published_size
    assert size > 0

    visitor = site.visit("/", viewport=PHONE)
    visitor.get_by_role("link", name="公开日志").click()
    shows(visitor, "日志只能添，不能改，不能删", "备案、决定与密钥", f"{size} 条", "怎样核对")
    visitor.get_by_role("link", name="查看").first.click()
    expect(visitor.get_by_text(f"— {witness.verifier.name}")).to_be_visible()

    key, place, run = all_logs().get(name="decisions").key, f"{site.url}/log/decisions", CliRunner()
    checked = run.invoke(command, ["verify", place, "--key", key, "--witness", str(witness.verifier)])
    assert checked.exit_code == 0 and "全部相符" in checked.output and witness.verifier.name in checked.output, checked.output
    watched = run.invoke(command, ["monitor", f"{site.url}/log", "--state", str(tmp_path / "seen.json"), "--find", number])
    assert watched.exit_code == 0 and f'"filing":"{number}"' in watched.output, watched.output
    told = next(line for line in watched.output.splitlines() if number in line and "filing.accepted" in line)
    entry = tmp_path / "entry.json"
    entry.write_text(told.partition(": ")[2], encoding="utf-8")
    assert json.loads(entry.read_text(encoding="utf-8"))["kind"] == "filing.accepted"
    receipt = tmp_path / "filing.tlog-proof"
    receipt.write_text(run.invoke(command, ["prove", place, "--entry", str(entry), "--key", key]).stdout, encoding="utf-8")
    good = run.invoke(command, ["check", str(receipt), "--entry", str(entry), "--key", key])
    assert good.exit_code == 0 and "回执成立" in good.output, good.output

    tile = folder_of("decisions").path / f"tile/0/000.p/{size}"
    changed = bytearray(tile.read_bytes())
    changed[7] ^= 4
    tile.write_bytes(changed)
    found = run.invoke(command, ["verify", place, "--key", key])
    assert found.exit_code == 1 and f"tile/0/000.p/{size}：第8字节起" in found.output, found.output
    a_sequencer(witness, now=clock.real_now).step()
    let_go()
    zhu = site.log_in("zhu", PASSWORD)
    zhu.get_by_role("link", name="公开日志").click()
    shows(zhu, "decisions 停止签名", "已公布的瓦片与检查点不符", "已停止签名")
