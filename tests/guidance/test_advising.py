"""资料、通知和走访: who publishes, notifies and visits, and whom does it reach?"""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import START, Cast
from touchstone.accounts.actor import VISITOR, NotAllowed
from touchstone.bodies.queries import bodies
from touchstone.guidance import operations, queries
from touchstone.guidance.models import GuidanceNotice, GuidanceVisit, NoticeReading, Paper
from touchstone.kernel.law import Refusal
from touchstone.tasks.queries import open_on

PAPER: dict[str, Any] = {
    "kind": "template", "topic": "plans", "title": "报名表", "edition": "2026年第1版", "introduction": "", "reach": "public",
    "since": date(2026, 3, 2), "last_day": None, "name": "报名表.csv", "content": "姓名\n".encode(), "at": START,
}  # fmt: skip
NOTICE: dict[str, Any] = {
    "kind": "training", "title": "考务培训", "words": "3月20日下午。", "read_by_on": date(2026, 3, 10), "chosen": "全部", "at": START,
}  # fmt: skip


def visit(cast: Cast, **changed: Any) -> GuidanceVisit:
    given: dict[str, Any] = {
        "body": cast.body_a, "venue": "", "visited_on": date(2026, 3, 2), "topic": "exams", "found": "考场规则未张贴。", "advice": "张贴考场规则。",
        "second_officer": cast.person("wang").number, "follow_up_on": date(2026, 4, 1), "by": cast.zhou, "at": START,
    }  # fmt: skip
    return operations.record_visit(**given | changed)


def test_a_new_edition_replaces_the_former(cast: Cast) -> None:
    """新版次启用之日，旧版次停用；下载计数。"""
    former = operations.publish_paper(**PAPER, by=cast.tao)
    later = operations.publish_paper(**PAPER | {"edition": "2026年第2版", "since": date(2026, 4, 1)}, replaces=former.number, by=cast.tao)
    former.refresh_from_db()
    assert (former.until, former.replaced_by) == (date(2026, 4, 1), later)
    with pytest.raises(Refusal, match="已被替代"):
        operations.publish_paper(**PAPER | {"since": date(2026, 5, 1)}, replaces=former.number, by=cast.tao)
    operations.count_download(number=later.number)
    assert Paper.objects.get(number=later.number).downloads == 1


def test_papers_for_bodies_are_not_for_the_public(cast: Cast) -> None:
    """对机构公开的资料，访客看不到。"""
    operations.publish_paper(**PAPER | {"reach": "bodies"}, by=cast.jiang)
    assert (queries.papers(VISITOR).count(), queries.papers(cast.lin).count()) == (0, 1)


@pytest.mark.parametrize("who", ["lin", "shen", "zhu", "visitor"])
def test_others_do_not_advise(cast: Cast, who: str) -> None:
    """机构、市局政策管理员、平台运行和访客不发布、不通知、不走访。"""
    by = VISITOR if who == "visitor" else getattr(cast, who)
    for attempt in (
        lambda: operations.publish_paper(**PAPER, by=by),
        lambda: operations.send_notice(**NOTICE, to=bodies(), by=by),
        lambda: visit(cast, by=by),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not Paper.objects.exists() and not GuidanceNotice.objects.exists() and not GuidanceVisit.objects.exists()


def test_an_office_replaces_only_its_own(cast: Cast) -> None:
    """别的单位不能停用或替代。"""
    paper = operations.publish_paper(**PAPER, by=cast.tao)
    with pytest.raises(NotAllowed, match="由上海市职业技能鉴定中心发布"):
        operations.end_paper(number=paper.number, reason="旧", by=cast.zhou, at=START)


def test_a_notice_reaches_the_ground_and_is_read(cast: Cast) -> None:
    """区里只能发给本区机构；机构确认一次；没有确认的看得出来。"""
    with pytest.raises(Refusal, match="有1家机构不在"):
        operations.send_notice(**NOTICE, to=bodies(), by=cast.zhou)
    notice = operations.send_notice(**NOTICE, to=bodies(cast.zhou), by=cast.zhou)
    assert [one.body for one in queries.readings(notice, cast.zhou).filter(read_at__isnull=True)] == [cast.body_a]
    with pytest.raises(NotAllowed, match="没有发给"):
        operations.confirm_reading(number=notice.number, by=cast.shi, at=START)
    for _ in range(2):
        operations.confirm_reading(number=notice.number, by=cast.lin, at=START)
    assert NoticeReading.objects.get().read_by_id == cast.lin.user_id
    assert queries.notices(cast.lv).count() == 0 and queries.notices(cast.jiang).count() == 1


def test_nobody_chosen(cast: Cast) -> None:
    """没有选中机构的不发。"""
    with pytest.raises(Refusal, match="没有选中任何机构"):
        operations.send_notice(**NOTICE, to=[], by=cast.zhou)


def test_a_visit_is_confirmed_and_followed_up(cast: Cast) -> None:
    """两人走访，机构确认，到期回访；待办随之办结。"""
    made = visit(cast)
    assert {(task.matter, task.due_on) for task in open_on(made.number)} == {
        ("confirm_guidance_visit", None), ("follow_up_guidance_visit", date(2026, 4, 1)),
    }  # fmt: skip
    operations.confirm_visit(number=made.number, words="已张贴。", by=cast.lin, at=START)
    operations.follow_up(number=made.number, words="已落实。", by=cast.zhou, at=START + timedelta(days=30))
    assert not open_on(made.number)
    with pytest.raises(Refusal, match="已经确认"):
        operations.confirm_visit(number=made.number, words="", by=cast.lin, at=START)


def test_a_visit_stays_on_the_ground(cast: Cast) -> None:
    """别的区不能走访，别家机构不能确认，也看不到。"""
    with pytest.raises(NotAllowed, match="不在您所在单位的辖区"):
        visit(cast, by=cast.lv, second_officer=cast.person("du").number)
    made = visit(cast)
    with pytest.raises(NotAllowed):
        operations.confirm_visit(number=made.number, words="", by=cast.shi, at=START)
    with pytest.raises(NotAllowed):
        operations.follow_up(number=made.number, words="好", by=cast.lv, at=START)
    assert [queries.visits(by).count() for by in (cast.lin, cast.shi, cast.lv, cast.jiang, VISITOR)] == [1, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"second_officer": ""}, "两名工作人员", id="只有一人"),
        pytest.param({"visited_on": date(2026, 3, 3)}, "晚于今天", id="还没走访"),
        pytest.param({"advice": " "}, "没有填写", id="没有意见"),
        pytest.param({"follow_up_on": date(2026, 3, 2)}, "不晚于走访日期", id="回访太早"),
    ],
)
def test_an_incomplete_visit(cast: Cast, changed: dict[str, Any], says: str) -> None:
    """缺项的走访不收。"""
    with pytest.raises(Refusal, match=says):
        visit(cast, **changed)
    assert not GuidanceVisit.objects.exists()
