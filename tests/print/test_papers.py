"""考务用纸: are tickets, lists, charts and forms complete, whole and the same every time?"""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.print.samples import DOTTED, LONG, MARKUP, NAMES, RARE, ROOM, fonts, lines, pages, seats, sizes
from touchstone.print.eligibility_summary import ReviewedPlan, ReviewedRow, print_eligibility_summary
from touchstone.print.filing_form import FilingForm, FormTable, Opinion, Section, print_filing_form
from touchstone.print.inspection_record import InspectionRecord, Line, Part, Signed, print_inspection_record
from touchstone.print.letter import Letter, print_letter
from touchstone.print.notice_list import Notice, NoticeRow, print_notice_list
from touchstone.print.scores import ScoredPlan, ScoredRow, print_scores
from touchstone.print.seating import print_desk_labels, print_door_notice, print_seating_chart
from touchstone.print.sign_in import Seat, print_sign_in
from touchstone.print.ticket import Ticket, TicketPart, print_tickets

PART = TicketPart("理论知识考试", "2024年6月15日 09:00—10:30", "浦东考点", "浦东新区张江路1号", "第01考场", "07")
BODY, PLAN = ROOM.body, ROOM.plan_number


def ticket(name: str = RARE, number: str = "3101240000001") -> Ticket:
    return Ticket(number, name, "男", "310199199001010017", "电工", "三级/高级工", PLAN, BODY, "021-1", (PART, PART), ("带证件",))


def notice(count: int = 60) -> bytes:
    words = Notice("认定结果公示", BODY, PLAN, "现将结果公示。", date(2024, 6, 20), date(2024, 6, 26), 5, "021-1", "张江路1号", date(2024, 6, 20))
    return print_notice_list(words, [NoticeRow(NAMES[n % 5], "310199199001010017", "电工", "三级/高级工", "合格") for n in range(count)])


def scores(count: int = 60, panel: bool = True) -> bytes:
    rows = [ScoredRow(f"31012{n:04d}", NAMES[n % 5], "310***********0017", "80", "缺考", "70", "合格" if n % 2 else "不合格") for n in range(count)]
    return print_scores(ScoredPlan(BODY, PLAN, "电工", "二级/技师", "2024年6月15日", "每科60分合格。", panel), rows)


def eligibility() -> bytes:
    rows = [
        ReviewedRow(NAMES[n % 5], "310***********0017", "三级/高级工", "四级证书后满4年", "规程三级（2）", "符合" if n % 3 else "不符合", MARKUP)
        for n in range(40)
    ]
    return print_eligibility_summary(ReviewedPlan(BODY, PLAN, "电工", "三级/高级工", "2024年6月1日"), rows)


def inspection() -> bytes:
    picture, drawn = Image.new("RGB", (90, 30), "white"), BytesIO()
    picture.save(drawn, "PNG")
    asked = [Line(f"第{n}个项目，{LONG}", "5", "不符合" if n % 7 == 0 else "符合", MARKUP if n % 7 == 0 else "", n % 3) for n in range(40)]
    signed = (Signed("检查人员", RARE, "2026-03-16 10:00"), Signed("被检查机构", f"{LONG}　主任", "2026-03-16 10:05", "signature.png"))
    sheet = InspectionRecord(
        "浦东新区人社局", "RW202600001-001", (("被检查机构", BODY), ("检查日期", "2026年3月16日")), (Part("考试组织实施", "通知 三(三)2(2)", asked),),
        "发现问题，待后续处理（59.1分）", "2026年3月16日", "a" * 64, signed, photos=("录像.jpg　" + "b" * 64,),
    )  # fmt: skip
    return print_inspection_record(sheet, {"signature.png": drawn.getvalue()})


def filing() -> bytes:
    table = FormTable(("序号", "姓名", "岗位"), (14, 40, 0), tuple((str(n), NAMES[n % 5], "考评员") for n in range(60)))
    sections = (
        Section("基本情况", (("单位名称", BODY), ("注册地", "浦东新区"), ("人数", "1,280"))),
        Section("人员", (), (MARKUP,), table),
        Section("场地", (), (), FormTable(("考场",), (0,), ())),
    )
    opinions = (Opinion("区行业主管部门意见"), Opinion("区人社局意见", "同意备案。", "浦东新区人社局", "2024年6月3日"))
    return print_filing_form(FilingForm("备案申报表", "沪浦备1号", BODY, "区属企业备案", "2024年5月10日", sections, opinions, "承诺真实。"))


def letter() -> bytes:
    said = ("经查，现责令终止备案。", MARKUP)
    facts, closing = (("备案编号", "BA1"), ("终止日", "2026年5月1日")), ("不服本决定的，可以申请行政复议。",)
    return print_letter(Letter("浦东新区人社局", "终止备案决定书", "ZZ202600001", BODY, said, facts, closing, "2026年5月1日", "市职鉴中心"))


PAPERS: list[tuple[str, Callable[[], bytes], tuple[str, ...]]] = [
    ("准考证一页一张", lambda: print_tickets([ticket(), ticket(DOTTED)]), ("准考证", RARE, DOTTED, "第01考场")),
    ("准考证一页两张", lambda: print_tickets([ticket(), ticket(DOTTED), ticket(LONG)], 2), (RARE, DOTTED, LONG)),
    ("签到表", lambda: print_sign_in(ROOM, seats(60)), ("考生签到表", "应到60人", LONG, "内部督导员", "考生签名")),
    ("座次表", lambda: print_seating_chart(ROOM, seats(33)), ("考场座次表", "讲台", LONG, "33号", "空")),
    ("门贴", lambda: print_door_notice(ROOM, seats(33)), ("第01考场", RARE, "本考场共33人")),
    ("桌贴", lambda: print_desk_labels(ROOM, seats(12)), (RARE, "3101240000011")),
    ("公示名单", notice, ("认定结果公示", "共60人", "021-1", "5个工作日", "（盖章）")),
    ("资格审核汇总表", eligibility, ("共40人", "不符合14人", "规程三级（2）", MARKUP)),
    ("成绩册", scores, ("成绩册", "合格30人", "缺考", LONG, "每科60分合格。")),
    ("决定书", letter, ("终止备案决定书", "ZZ202600001", BODY, MARKUP, "（盖章）", "抄送：市职鉴中心")),
    ("检查记录", inspection, ("质量监管检查记录", "RW202600001-001", "不符合", "待后续处理", LONG, MARKUP, "以本人账号签字", "（盖章）")),
    ("备案申报表", filing, ("备案申报表", "一、基本情况", "法定代表人（签字）", "（无）", "同意备案。", MARKUP)),
]
EACH = pytest.mark.parametrize(("make", "words"), [pytest.param(make, words, id=name) for name, make, words in PAPERS])


@EACH
def test_paper_holds_its_words_with_embedded_fonts(make: Callable[[], bytes], words: tuple[str, ...]) -> None:
    pdf = make()
    whole = "".join(pages(pdf))
    for word in words:
        assert word.replace(" ", "") in whole
    assert fonts(pdf)
    assert all(fonts(pdf).values())
    assert sizes(pdf) <= {(210, 297), (297, 210)}


@EACH
def test_paper_is_the_same_every_time(make: Callable[[], bytes], words: tuple[str, ...]) -> None:
    assert make() == make()


@pytest.mark.parametrize(
    "make", [lambda: print_sign_in(ROOM, seats(60)), scores, filing, lambda: print_door_notice(ROOM, seats(60))],
    ids=["签到表", "成绩册", "备案申报表", "门贴"],
)  # fmt: skip
def test_names_are_never_broken_across_lines(make: Callable[[], bytes]) -> None:
    shown = lines(make())
    for name in (RARE, DOTTED, LONG):
        assert any(name in line for line in shown)
        assert not any(line.strip() in (name[:-1], name[:-2], name[:4], name[4:]) for line in shown)


@pytest.mark.parametrize("make", [notice, scores, lambda: print_sign_in(ROOM, seats(60))], ids=["公示名单", "成绩册", "签到表"])
def test_long_lists_repeat_their_header_and_count_pages(make: Callable[[], bytes]) -> None:
    texts = pages(make())
    assert len(texts) >= 2
    for number, text in enumerate(texts, 1):
        assert "姓名" in text
        assert "证件号码" in text
        assert f"第{number}页，共{len(texts)}页" in text


def test_a_public_notice_never_shows_a_whole_name_or_number() -> None:
    whole = "".join(pages(notice()))
    assert "310199199001010017" not in whole
    assert "310***********0017" in whole
    for name in NAMES:
        assert name not in whole


def test_the_panel_column_appears_only_with_a_panel() -> None:
    assert "评审" in pages(scores(5, panel=True))[0]
    assert "评审" not in pages(scores(5, panel=False))[0]


def test_two_candidates_on_one_seat_are_refused() -> None:
    with pytest.raises(ValueError, match="place of its own"):
        print_seating_chart(ROOM, [Seat("1", "1", "甲", row=1, column=1), Seat("2", "2", "乙", row=1, column=1)])


def test_an_empty_room_still_prints() -> None:
    assert "应到0人" in pages(print_sign_in(ROOM, []))[0]
    assert "考场座次表" in pages(print_seating_chart(ROOM, []))[0]


def test_a_list_shows_a_stand_in_and_says_so() -> None:
    text = "".join(pages(print_sign_in(ROOM, [Seat("1", "1", "王\U0003134f")])))
    assert "王〓" in text
    assert "U+3134F" in text


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_printed_as_text(name: str) -> None:
    assert print_sign_in(ROOM, [Seat("1", "1", name)]).startswith(b"%PDF")
