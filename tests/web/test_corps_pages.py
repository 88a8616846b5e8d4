"""队伍办理页面测试: who opens which page of the corps, do lists stay cheap, and what does the public see?"""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import Cast
from tests.experts.conftest import applied, hands, held, song  # noqa: F401
from tests.experts.people import enter_assessors
from tests.web.test_filing_pages import client
from touchstone.experts import operations
from touchstone.experts.models import Application, Appraisal, Member, Qualification
from touchstone.policy.experts.kinds import MemberKind
from touchstone.simulation.cast import HOME
from touchstone.simulation.corps import Hands, apply_to, enter_member, open_course
from touchstone.simulation.identity import id_number
from touchstone.web import batches

EVERYONE = ("tao", "han", "shen", "zhou", "wu", "lv", "jiang", "lin", "song", "zhu")


def opens(address: str) -> dict[str, int]:
    """Give the answer everyone gets."""
    return {who: client(who).get(address).status_code for who in EVERYONE}


def test_who_opens_the_lists(cast: Cast, held: Qualification) -> None:  # noqa: F811
    """市局、中心、区打得开；行业、机构、本人、运行人员打不开，有一句话。"""
    offices = {"tao", "han", "shen", "zhou", "wu", "lv"}
    for view in ("corps", "corps_applications", "corps_courses", "corps_appraisals", "corps_plan"):
        address = reverse(f"authority:{view}")
        assert {who for who, code in opens(address).items() if code == 200} == offices, view
        assert client("").get(address).status_code == 302
    assert "市人社局统筹规划" in client("jiang").get(reverse("authority:corps")).content.decode()


def test_a_member_is_seen_on_their_ground_only(cast: Cast, held: Qualification) -> None:  # noqa: F811
    """别的区看不到这个人。"""
    codes = opens(reverse("authority:corps_member", args=[held.member.number]))
    assert {who for who, code in codes.items() if code == 200} == {"tao", "han", "shen", "zhou", "wu"}
    assert codes["lv"] == 404


def test_who_opens_the_acts_of_an_application(cast: Cast, applied: Callable[[str], Application]) -> None:  # noqa: F811
    """经办人审核，审批负责人决定；别人看到一句话。"""
    number = applied("submitted").number
    assert {who for who, code in opens(reverse("authority:corps_application", args=[number])).items() if code == 200} == {
        "tao", "han", "shen", "zhou", "wu",
    }  # fmt: skip
    for act, who in (("return", {"tao"}), ("admit", {"tao"}), ("refuse", {"han"})):
        codes = opens(reverse("authority:corps_application_act", args=[number, act]))
        assert {one for one, code in codes.items() if code == 200} == who, act


def test_the_register_stays_cheap_and_is_exported(cast: Cast, held: Qualification) -> None:  # noqa: F811
    """多一个人不多一次查询；导出有记录。"""
    tao, address, counts = client("tao"), reverse("authority:corps"), []
    for serial in range(2):
        tao.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = tao.get(address).content.decode()
        counts.append(len(queries))
        if serial == 0:
            other = enter_member("ye", district=HOME, employer="某厂", body=None, at=cast.at)
            apply_to("qualified", other, MemberKind.SENIOR_ASSESSOR, hands(cast, "ye"), at=cast.at)
    assert counts[0] == counts[1]
    assert "宋知行" in page and "叶秋白" in page
    assert tao.get(address, {"export": "csv"}).status_code == 200
    assert "叶秋白" not in tao.get(address, {"id_number": "11010519491231002X"}).content.decode()


def test_a_workbook_of_results_has_an_outcome_for_every_row(cast: Cast, song: Member) -> None:  # noqa: F811
    """成绩表：系统填好名单，逐行核对，改错的行写明原因，别期的表不收。"""
    course = open_course(MemberKind.ASSESSOR, cast.tao, at=cast.at)
    apply_to("enrolled", song, MemberKind.ASSESSOR, hands(cast), at=cast.at, course=course)
    other = enter_member("ye", district=HOME, employer="某厂", body=None, at=cast.at)
    apply_to("enrolled", other, MemberKind.ASSESSOR, hands(cast, "ye"), at=cast.at, course=course)
    book = load_workbook(io.BytesIO(operations.results_template(course)))
    sheet = book["成绩"]
    for row, (hours, score) in zip(sheet.iter_rows(min_row=2, max_row=3), (("24", "88.5"), ("24", "一百")), strict=True):
        row[2].value, row[3].value = hours, score
    kept = io.BytesIO()
    book.save(kept)
    at = cast.at + timedelta(days=11)
    report = operations.take_results_workbook(course=course.number, name="成绩.xlsx", content=kept.getvalue(), by=cast.tao, at=at)
    assert [(row.done, "一百" in row.sentence) for row in report.rows] == [(True, False), (False, True)]
    assert str(course.enrolments.get(member=song).score) == "88.5"
    another = open_course(MemberKind.ASSESSOR, cast.tao, at=cast.at)
    with pytest.raises(Exception, match="不是"):
        operations.take_results_workbook(course=another.number, name="成绩.xlsx", content=kept.getvalue(), by=cast.tao, at=at)


def test_a_district_sees_of_the_centres_course_its_own_people(cast: Cast, song: Member) -> None:  # noqa: F811
    """中心的培训班各区都看得到，但只看到本区管理的人，名单上的链接都打得开。"""
    course = open_course(MemberKind.ASSESSOR, cast.tao, at=cast.at)
    apply_to("enrolled", song, MemberKind.ASSESSOR, hands(cast), at=cast.at, course=course)
    address = reverse("authority:corps_course", args=[course.number])
    assert ["宋知行" in client(who).get(address).content.decode() for who in ("tao", "zhou", "lv")] == [True, True, False]


def test_the_public_sees_a_masked_name(cast: Cast, held: Qualification) -> None:  # noqa: F811
    """任何人可以按编号查验，姓名遮去一部分；没有的编号说没有。"""
    page = client("").get(reverse("public:corps_check"), {"number": held.number}).content.decode()
    assert "宋*行" in page and "宋知行" not in page
    assert "没有编号为" in client("").get(reverse("public:corps_check"), {"number": "KP0"}).content.decode()


def test_a_body_puts_somebody_forward(cast: Cast) -> None:
    """机构推荐没有登记的人：登记、开始申请；别家机构看不到。"""
    lin = client("lin")
    answer = lin.post(
        reverse("body:corps_new"),
        {"name": "赵新人", "id_number": id_number(490, birthday=date(1988, 8, 8), male=True), "kind": "internal_supervisor"},
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    number = answer["Location"].rsplit("/", 1)[1]
    assert lin.get(answer["Location"]).status_code == 200
    assert client("shi").get(reverse("body:corps_application", args=[number])).status_code == 404
    assert "赵新人" in lin.get(reverse("body:corps")).content.decode()
    assert client("sun").get(reverse("body:corps_new")).status_code == 403


def test_many_at_once_go_in_parts_and_none_is_dropped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """选中的多于一批的：先办一批，逐件列出结果，余下的接着办，一件不漏。"""
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    enter_assessors(3, cast.at)
    operations.draw_up_year(year=2026, by=cast.tao, at=cast.at)
    address = f"{reverse('authority:corps_appraisals_decide')}?year=2026"
    page = client("han").post(address, {"action": "as_proposed", "all_matching": "1", "query": "decided=no"})
    assert page.context["batch"].left == 1 and "还有1件没有办理" in page.content.decode()
    assert len(page.context["outcomes"]) == 2
    rest = client("han").post(address, dict(page.context["batch"].carried))
    assert rest.context["batch"].left == 0 and len(rest.context["outcomes"]) == 1
    assert not Appraisal.objects.filter(grade="").exists()


def test_training_of_a_body_costs_the_same_for_few_and_many(cast: Cast) -> None:
    """等待培训的人再多，查询次数不变。"""
    open_course(MemberKind.INTERNAL_SUPERVISOR, cast.zhou, at=cast.at.replace(year=2090))

    def wait(first: int, last: int) -> int:
        for n in range(first, last):
            member = operations.register_member(
                name="华内督", id_number=id_number(n, birthday=date(1985, 4, 4), male=True), phone="", district=HOME, employer="",
                body=cast.body_a, by=cast.lin, at=cast.at,
            )  # fmt: skip
            apply_to("in_training", member, MemberKind.INTERNAL_SUPERVISOR, Hands(cast.lin, cast.zhou, cast.wu), at=cast.at)
        with CaptureQueriesContext(connection) as caught:
            page = client("lin").get(reverse("body:corps_training"))
        assert page.content.decode().count("aria-label=\"为华内督报名") == last
        return len(caught)

    assert wait(0, 1) == wait(1, 4)
