"""队伍页面测试: does a member see what is theirs and nothing else, and does everyone else stay outside?"""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.experts.conftest import applied, hands, held, song  # noqa: F401
from tests.web.test_filing_pages import client
from touchstone.experts.models import Application, Member, Qualification
from touchstone.policy.experts.kinds import MemberKind
from touchstone.simulation.cast import HOME
from touchstone.simulation.corps import apply_to, enter_member

PAGES = ("", "assignments", "qualifications", "apply", "training", "ties", "days", "figures", "profile")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_a_member(page: str, cast: Cast, held: Qualification) -> None:  # noqa: F811
    answer = client("song").get(f"/expert/{page}")
    assert answer.status_code == 200
    assert "None" not in answer.content.decode()


@pytest.mark.parametrize("page", ["", "ties"])
def test_who_is_not_on_the_register_is_told_what_to_do(page: str, cast: Cast) -> None:
    assert "您还不在队伍名册中" in client("ye").get(f"/expert/{page}").content.decode()


@pytest.mark.parametrize("who", ["lin", "tao", "zhou"])
def test_others_do_not_come_in(who: str, cast: Cast) -> None:
    assert client(who).get("/expert/").status_code == 403


def test_nobody_comes_in_without_log_in(cast: Cast) -> None:
    assert client("").get("/expert/").status_code == 302


def test_somebody_elses_application_is_not_shown(cast: Cast, applied: Callable[[str], Application]) -> None:  # noqa: F811
    other = enter_member("ye", district=HOME, employer="某厂", body=None, at=cast.at)
    theirs = apply_to("submitted", other, MemberKind.ASSESSOR, hands(cast, "ye"), at=cast.at)
    mine = applied("drafted").number
    mine_only = client("song")
    assert mine_only.get(f"/expert/applications/{theirs}").status_code == 404
    assert mine_only.get(f"/expert/applications/{mine}").status_code == 200


def test_apply_fill_in_attach_and_submit(cast: Cast, song: Member) -> None:  # noqa: F811
    """申请、填报、提交前缺材料逐条说明。"""
    writes = client("song")
    begun = writes.post("/expert/apply", {"kind": "assessor", "occupation": "6-18-01-01 车工", "highest_level": "3"})
    assert begun.status_code == 302, begun.content.decode()[:3000]
    page = writes.post(begun["Location"], {"act": "save", "certificate_level": "3", "title": "", "submit": "1"})
    assert "没有上传证书" in page.content.decode()
    assert writes.post("/expert/apply", {"kind": "assessor", "occupation": "", "highest_level": ""}).status_code == 200
