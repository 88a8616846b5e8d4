"""问答台: who asks whom, who answers, and what becomes public?"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import START, Cast
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor, NotAllowed
from touchstone.accounts.queries import office
from touchstone.guidance import operations, queries
from touchstone.guidance.models import Inquiry
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.tasks.queries import open_on

WORDS = {"topic": "filing", "title": "变更考核点须重新备案吗", "words": "本公司新增一处实训场地。"}


def asked(cast: Cast, by: Actor | None = None) -> Inquiry:
    return operations.ask(**WORDS, by=by or cast.lin, at=START)


def test_a_body_of_a_district_is_answered_by_its_district(cast: Cast) -> None:
    """区属企业的问题交所在区的受理经办人，五个工作日内答复。"""
    inquiry = asked(cast)
    (task,) = open_on(inquiry.number)
    assert (inquiry.office.number, task.role, task.due_on) == ("RS-310115", "intake_clerk", date(2026, 3, 9))


def test_a_central_enterprise_is_answered_by_the_centre(wide_cast) -> None:
    """在沪央企和社会培训评价组织的问题交市职鉴中心，院校的交所在区。"""
    found = [asked(wide_cast, by).office.number for by in (wide_cast.cui, wide_cast.xie, wide_cast.fan)]
    assert found == ["CENTRE", "CENTRE", "RS-310115"]


def test_answered_asked_again_answered_marked(cast: Cast) -> None:
    """答复以后可以追问一次，再答复，提问人作出评价；待办随之办结。"""
    number = asked(cast).number
    operations.answer(number=number, words="须申请变更。", by=cast.zhou, at=START)
    assert not open_on(number)
    operations.ask_again(number=number, words="变更要多久？", by=cast.lin, at=START)
    operations.answer(number=number, words="约二十个工作日。", by=cast.zhou, at=START)
    operations.mark(number=number, helpful=True, by=cast.lin, at=START)
    with pytest.raises(Refusal, match="已经追问过一次"):
        operations.ask_again(number=number, words="再问", by=cast.lin, at=START)
    events = [line.event for line in Entry.objects.filter(subject=number).order_by("id")]
    assert events == ["inquiry.asked", "inquiry.answered", "inquiry.asked_again", "inquiry.answered", "inquiry.marked"]
    assert queries.inquiries(cast.lin).filter(searched__holds="二十个工作日").count() == 1


def test_passed_on_to_the_industry(cast: Cast) -> None:
    """转行业主管部门以后由其答复，原单位仍能查阅但不能答复。"""
    number = asked(cast).number
    to = office("HY-machinery-310115")
    operations.pass_on(number=number, office_id=to.pk, words="行业专业问题。", by=cast.zhou, at=START)
    with pytest.raises(NotAllowed, match="现由浦东新区科技和经济委员会答复"):
        operations.answer(number=number, words="答", by=cast.zhou, at=START)
    assert queries.inquiries(cast.zhou).filter(number=number).exists()
    operations.answer(number=number, words="按行业要求执行。", by=cast.jiang, at=START)


def test_the_same_request_asks_once(cast: Cast) -> None:
    """同一份表单提交两次，只有一个问题。"""
    by = cast.lin.with_key("k1")
    assert asked(cast, by).number == asked(cast, by).number


@pytest.mark.parametrize("who", ["lv", "lin", "shi", "shen", "visitor"])
def test_others_do_not_answer(cast: Cast, who: str) -> None:
    """别的区、提问人、别家机构、市局和访客都不能答复，问题不变。"""
    number = asked(cast).number
    by = VISITOR if who == "visitor" else getattr(cast, who)
    with pytest.raises(NotAllowed):
        operations.answer(number=number, words="答", by=by, at=START)
    assert Inquiry.objects.get(number=number).state == "waiting"


def test_who_sees_a_question(cast: Cast) -> None:
    """本机构、所在区、本行业主管和市级看得到；别家机构、别的区和访客看不到。"""
    number = asked(cast).number
    seen = [queries.inquiries(by).filter(number=number).exists() for by in (cast.sun, cast.wu, cast.shen, cast.tao, cast.jiang)]
    unseen = [queries.inquiries(by).filter(number=number).exists() for by in (cast.shi, cast.lv, VISITOR)]
    assert (seen, unseen) == ([True] * 5, [False] * 3)


def test_a_member_of_the_corps_asks_the_centre_for_themselves(cast: Cast) -> None:
    """考评人员的问题交市职鉴中心，同队其他人看不到。"""
    inquiry = asked(cast, cast.song)
    assert inquiry.office.number == "CENTRE"
    assert queries.inquiries(cast.song).exists()
    assert not queries.inquiries(cast.ye).exists()


def test_published_without_names(cast: Cast) -> None:
    """公开前须删去机构名称；对公众公开的访客可查，对机构公开的只有登录后可查。"""
    number = asked(cast).number
    operations.answer(number=number, words="须申请变更。", by=cast.zhou, at=START)
    told = {"title": "新增场地要变更吗", "words": "新增一处场地。", "answer": "须申请变更。"}
    with pytest.raises(Refusal, match="公开的内容中还有"):
        operations.publish_answer(number=number, **told | {"words": f"{cast.body_a.name}新增场地。"}, reach="public", by=cast.zhou, at=START)
    operations.publish_answer(number=number, **told, reach="bodies", by=cast.zhou, at=START)
    assert (queries.answers(VISITOR).count(), queries.answers(cast.shi).count()) == (0, 1)
    operations.publish_answer(number=number, **told, reach="public", by=cast.zhou, at=START)
    assert queries.answers(VISITOR).filter(published_searched__holds="申请变更").count() == 1
    operations.withdraw_answer(number=number, reason="口径已变", by=cast.zhou, at=START)
    assert not queries.answers(cast.shi).exists()


def test_overdue_is_put_before_the_director_once(cast: Cast) -> None:
    """超过期限未答复的，提醒负责人一次。"""
    number = asked(cast).number
    assert queries.overdue(date(2026, 3, 9)) == []
    assert queries.overdue(date(2026, 3, 10)) == [number]
    for _ in range(2):
        operations.remind(number=number, by=PLATFORM, at=START + timedelta(days=8))
    assert queries.overdue(date(2026, 3, 10)) == []
    assert sorted(task.role for task in open_on(number)) == ["director", "intake_clerk"]


@pytest.mark.parametrize("changed", [{"topic": "nothing"}, {"title": " "}, {"words": ""}], ids=["没有主题", "没有问题", "没有情况"])
def test_refuses_and_changes_nothing(cast: Cast, changed: dict[str, str]) -> None:
    """缺项的不收。"""
    with pytest.raises(Refusal):
        operations.ask(**WORDS | changed, by=cast.lin, at=START)
    assert not Inquiry.objects.exists()


def test_offices_do_not_ask(cast: Cast) -> None:
    """主管部门和访客不提问。"""
    for by in (cast.zhou, VISITOR):
        with pytest.raises(NotAllowed, match="由评价机构和考评督导人员提问"):
            asked(cast, by)


def test_pages_are_shut_to_strangers(cast: Cast, client: Client) -> None:
    """未登录的转到登录页；公开答复人人可看。"""
    assert client.get(reverse("body:inquiries")).status_code == 302
    assert client.get(reverse("authority:inquiries")).status_code == 302
    assert client.get(reverse("public:guidance_answers")).status_code == 200
