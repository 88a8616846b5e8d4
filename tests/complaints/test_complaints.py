"""投诉受理测试: a complaint comes in, goes to the right office, is added to, passed on, joined, taken up or declined."""

from datetime import timedelta
from functools import partial

import pytest

from tests.cast import Cast
from tests.complaints.telling import ADDRESS, FACTS, FOREIGN, HAPPENED, HOME, NAME, PHONE, both, complained, taken_up, verified
from tests.filings.watched import CENTRAL, COLLEGE, FACTORY, SOCIAL, five
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import VISITOR
from touchstone.complaints import operations as acts
from touchstone.complaints.models import Attempt, Complainant, Lead
from touchstone.complaints.operations import Told
from touchstone.complaints.operations.entering import Entered
from touchstone.complaints.queries import counts, leads, receipt_open_to
from touchstone.complaints.states import Decline, State
from touchstone.files.operations import FileRefused
from touchstone.files.queries import of_case
from touchstone.jobs.complaints import forget_addresses, remind_of_leads
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.supervision.complaints import Origin
from touchstone.tasks.models import Task


def test_a_complaint_gets_a_number_a_code_and_an_office(cast: Cast) -> None:
    """匿名投诉得到受理编号和查询码，按监管职责分到浦东新区人社局，五个工作日内决定是否受理；没有投诉人一行。"""
    made = complained(cast)
    lead = made.lead
    assert (lead.state, lead.office.district, str(lead.due_on), lead.origin) == (State.RECEIVED, HOME, "2026-03-09", Origin.COMPLAINT)
    assert not Complainant.objects.exists()
    owed = Task.objects.open().get(case=lead.number)
    assert (owed.matter, owed.office_id, owed.due_on) == ("decide_lead", cast.zhou.office_id, lead.due_on)
    assert receipt_open_to(lead.number.lower(), made.code.replace("-", " ").lower()) == lead
    assert receipt_open_to(lead.number, "AAAAA-AAAAA") is None
    assert receipt_open_to("TS20260000099", made.code) is None
    assert made.code.replace("-", "") not in str(Lead.objects.values())


def test_the_code_of_one_opens_no_other(cast: Cast) -> None:
    """一件的查询码打不开另一件。"""
    first, second = complained(cast), complained(cast)
    assert first.code != second.code
    assert receipt_open_to(second.lead.number, first.code) is None


def test_sent_again_it_is_the_same(cast: Cast) -> None:
    """同一份表单再交一次，编号和查询码不变，只有一件。"""
    first, again = complained(cast, key="k1", name=NAME), complained(cast, key="k1", name=NAME)
    assert (first.lead, first.code) == (again.lead, again.code)
    assert Lead.objects.count() == Complainant.objects.count() == 1
    assert complained(cast, key="k2").code != first.code


@pytest.mark.parametrize(
    ("name", "district", "office"),
    [
        pytest.param(FACTORY, "", HOME, id="区里备案的企业"),
        pytest.param(FACTORY, FOREIGN, FOREIGN, id="发生在徐汇的考核点"),
        pytest.param(CENTRAL, "", FOREIGN, id="市里备案，考核点都在徐汇"),
        pytest.param(SOCIAL, "", "", id="市里备案，考核点在几个区，归市职鉴中心"),
        pytest.param(COLLEGE, "", HOME, id="院校看注册地"),
        pytest.param("", "310101", "310101", id="没有备案的看所在区"),
        pytest.param("", "", "", id="不知道在哪个区的归市职鉴中心"),
    ],
)
def test_whose_it_is(cast: Cast, name: str, district: str, office: str) -> None:
    """承办单位按监管职责清单确定。"""
    body = five(cast.at)[name].body if name else None
    told = Told(about="某培训部", district=district, happened=HAPPENED, facts=FACTS)
    made = acts.file_complaint(told=told, body=body, address=ADDRESS, by=VISITOR, at=cast.at)
    assert made.lead.office.district == office


def test_what_is_missing_is_asked_for_and_added(cast: Cast) -> None:
    """没有写时间的，当场请补充；补充以后待决定，补充的内容和文件在案。"""
    made = complained(cast, happened="")
    number = made.lead.number
    assert (made.lead.state, made.lead.questions.get().asked_by) == (State.ASKED, None)
    refused_and_nothing_changed(partial(acts.take_up, number=number, by=cast.zhou, at=cast.at), "没有写明时间", "complaints")
    acts.add_facts(number=number, words="是2月28日", happened=HAPPENED, files=[("证书.pdf", b"%PDF-1.7 x")], by=VISITOR, at=cast.at)
    lead = Lead.objects.get()
    assert (lead.state, lead.happened, lead.questions.get().answer) == (State.RECEIVED, HAPPENED, "是2月28日")
    assert of_case(number).count() == 1
    acts.ask_to_add(number=number, words="请补充考场编号", by=cast.zhou, at=cast.at)
    acts.add_facts(number=number, words="第二考场", by=VISITOR, at=cast.at)
    acts.add_facts(number=number, words="还有一张照片", by=VISITOR, at=cast.at)
    assert list(lead.questions.order_by("pk").values_list("answer", flat=True)) == ["是2月28日", "第二考场", "还有一张照片"]


def test_nothing_said_nobody_named_and_too_often(cast: Cast) -> None:
    """没有写是谁、没有写什么事、实名没有电话的不收；不能打开的文件不收；同一网络一小时内太多的请稍后。"""
    file = partial(acts.file_complaint, address=ADDRESS, by=VISITOR, at=cast.at)
    tries = [
        ("没有写是谁", partial(file, told=Told(facts=FACTS)), "哪家机构"),
        ("没有写什么事", partial(file, told=Told(about="某社")), "没有写明反映的情况"),
        ("实名没有电话", partial(file, told=Told(about="某社", facts=FACTS, name=NAME)), "没有留联系电话"),
    ]
    for _, attempt, said in tries:
        refused_and_nothing_changed(attempt, said, "complaints.Lead", "complaints.Complainant")
    with pytest.raises(FileRefused):
        complained_with = Told(about="某社", happened=HAPPENED, facts=FACTS)
        file(told=complained_with, files=[("a.exe", b"MZ")])
    for _ in range(20):
        Attempt.objects.all().count()
        complained(cast)
    with pytest.raises(Refusal, match="过于频繁"):
        complained(cast)
    assert complained(cast, at=cast.at + timedelta(hours=2)).lead.pk
    assert forget_addresses(cast.at + timedelta(days=2)) >= 20
    assert not Attempt.objects.exists()


def test_a_wrong_code_is_tried_twenty_times_at_most(cast: Cast) -> None:
    """查询码输错二十次后一小时内不能再试，对的也不行。"""
    made = complained(cast)
    for _ in range(20):
        assert acts.open_receipt(number=made.lead.number, code="AAAAA-AAAAA", address=ADDRESS, at=cast.at) is None
    with pytest.raises(Refusal, match="多次不对"):
        acts.open_receipt(number=made.lead.number, code=made.code, address=ADDRESS, at=cast.at)
    assert acts.open_receipt(number=made.lead.number, code=made.code, address="192.0.2.8", at=cast.at) == made.lead


def test_it_is_passed_on_and_the_time_runs_on(cast: Cast) -> None:
    """转到徐汇区须写理由，期限不变，待办跟着走；三个工作日以后转办的，记明逾期；不能转给行业主管部门。"""
    lead = complained(cast).lead
    for office in ("HY-machinery", "RS-999999", "RS-310115"):
        attempt = partial(acts.pass_on, number=lead.number, office=office, reason="x", by=cast.zhou, at=cast.at)
        refused_and_nothing_changed(attempt, "只能转给", "complaints")
    again = acts.pass_on(number=lead.number, office=f"RS-{FOREIGN}", reason="考核点在徐汇", by=cast.zhou, at=cast.at + timedelta(days=4))
    assert (again.office.district, again.due_on) == (FOREIGN, lead.due_on)
    assert Entry.objects.get(event="lead.passed_on").detail["late"] is True
    assert Task.objects.open().get(case=lead.number).office_id == cast.lv.office_id
    assert not leads(cast.zhou).exists()
    assert leads(cast.lv).get().pk == lead.pk


def test_two_about_the_same_are_joined_and_both_answered(cast: Cast) -> None:
    """反映同一机构的并案；并入的不再单独办，主案答复时一并告知；不是同一对象的不能并。"""
    main, second = complained(cast).lead, complained(cast).lead
    other = acts.file_complaint(
        told=Told(about="别家", district=HOME, happened=HAPPENED, facts=FACTS), address=ADDRESS, by=VISITOR, at=cast.at
    ).lead
    attempt = partial(acts.join, number=other.number, into=main.number, reason="x", by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(attempt, "只能并入", "complaints")
    joined = acts.join(number=second.number, into=main.number, reason="同一场考试", by=cast.zhou, at=cast.at)
    assert (joined.state, joined.joined_to, joined.due_on) == (State.JOINED, main, None)
    assert not Task.objects.open().filter(case=second.number).exists()


def test_it_is_taken_up_and_its_time_to_be_verified_begins(cast: Cast) -> None:
    """受理后三十个工作日内核实完毕；受理是否按期，写在审查意见里。"""
    lead = taken_up(cast)
    assert (lead.state, str(lead.due_on)) == (State.TAKEN_UP, "2026-04-14")
    assert [one["outcome"] for one in lead.findings] == ["met"]
    late = acts.take_up(number=complained(cast).lead.number, by=cast.zhou, at=cast.at + timedelta(days=10))
    assert [one["outcome"] for one in late.findings] == ["unmet"]


def test_a_malicious_one_ends_without_harm(cast: Cast) -> None:
    """不予受理须选情形、写答复；投诉人看得到，机构没有任何记录和待办。"""
    number = complained(cast).lead.number
    decline = partial(acts.decline, number=number, by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(partial(decline, because="no", reply="x"), "没有选择", "complaints")
    refused_and_nothing_changed(partial(decline, because=Decline.MALICIOUS, reply=" "), "没有写不予受理", "complaints")
    lead = decline(because=Decline.MALICIOUS, reply="内容经初步核对明显虚构，不予受理。")
    assert (lead.state, lead.due_on, lead.reply[:4]) == (State.DECLINED, None, "内容经初")
    assert not Task.objects.filter(office=cast.body_a.office).exists()
    assert not Entry.objects.filter(subject=cast.body_a.number, event__startswith="lead").exists()


def test_the_subject_is_put_right(cast: Cast) -> None:
    """把随手写的名称对应到名录；名录里没有的说明没有。"""
    told = Told(about="甲辰机械", district=HOME, happened=HAPPENED, facts=FACTS)
    number = acts.file_complaint(told=told, address=ADDRESS, by=VISITOR, at=cast.at).lead.number
    correct = partial(acts.correct_about, number=number, district=HOME, by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(partial(correct, body="没有这家", reason="x"), "备案名录中没有", "complaints")
    assert correct(body=cast.body_a.uscc, reason="按证书核对").body == cast.body_a


def test_other_origins_are_entered_by_the_offices(cast: Cast) -> None:
    """媒体报道和移送的由主管部门登记，写明来源；代替投诉人登记的不行；没有人等答复的，确认结论即办结。"""
    entered = Entered(Origin.MEDIA, "《都市晨报》", about="某培训部", district=FOREIGN, happened="上月", facts="免考拿证", link="https://press.example/1")
    enter = partial(acts.enter_lead, by=cast.zhou, at=cast.at)
    lead = enter(entered=entered, files=[("报道.pdf", b"%PDF-1.7 x")])
    assert (lead.office.district, lead.origin, of_case(lead.number).count()) == (FOREIGN, "media", 1)
    for origin, source, said in ((Origin.COMPLAINT, "x", "由投诉人自己"), (Origin.MEDIA, "", "没有写明来源"), (Origin.ALERT, "YJ1", "没有这件预警")):
        wrong = Entered(origin, source, about="某社", facts="x")
        refused_and_nothing_changed(partial(enter, entered=wrong), said, "complaints")
    about = Entered(Origin.INSPECTION, "RW2026", happened="上周", facts="档案缺失")
    mine = enter(entered=about, body=cast.body_a)
    acts.take_up(number=mine.number, verifiers=both(cast), by=cast.zhou, at=cast.at)
    acts.note(number=mine.number, words="查档", by=cast.wang, at=cast.at)
    acts.conclude(number=mine.number, verdict="untrue", conclusion="档案齐全", by=cast.wang, at=cast.at)
    assert acts.confirm(number=mine.number, by=cast.zhou, at=cast.at).state == State.CLOSED


def test_who_may_not(cast: Cast) -> None:
    """别的区、市职鉴中心（不承办）、评价机构、行业主管、系统管理员、未登录的都不能办。"""
    number = complained(cast).lead.number
    tries = []
    for who, said in (("lv", "由浦东新区"), ("tao", "由浦东新区"), ("lin", "办理"), ("pan", "由浦东新区"), ("zhu", "办理"), ("he", "办理")):
        by = getattr(cast, who)
        tries += [
            (f"{who}受理", partial(acts.take_up, number=number, by=by, at=cast.at), said),
            (f"{who}转办", partial(acts.pass_on, number=number, office="CENTRE", reason="x", by=by, at=cast.at), said),
            (f"{who}不受理", partial(acts.decline, number=number, because=Decline.OTHER, reply="x", by=by, at=cast.at), said),
        ]
    tries.append(("没有登录", partial(acts.take_up, number=number, by=VISITOR, at=cast.at), "办理"))
    entered = Entered(Origin.MEDIA, "x", facts="x")
    tries.append(("机构登记线索", partial(acts.enter_lead, entered=entered, by=cast.lin, at=cast.at), "由市职鉴中心和区"))
    all_refused_and_nothing_changed(tries, "complaints")
    assert [leads(getattr(cast, who)).count() for who in ("zhou", "tao", "shen", "lv", "lin", "pan", "zhu")] == [1, 1, 1, 0, 0, 0, 0]


def test_its_day_comes_near_and_passes(cast: Cast) -> None:
    """期限前两个工作日提醒一次，逾期的报负责人督办一次；计数里有。"""
    number = complained(cast).lead.number
    near, over = cast.at + timedelta(days=3), cast.at + timedelta(days=8)
    assert [remind_of_leads(cast.at), remind_of_leads(near), remind_of_leads(near)] == [0, 1, 0]
    assert counts(cast.zhou, near.date()) == {"open": 1, "overdue": 0, "received": 1, "verified": 0}
    assert [remind_of_leads(over), remind_of_leads(over)] == [1, 0]
    assert Task.objects.open().filter(case=number, matter="overdue_lead", role="director").count() == 1
    assert counts(cast.zhou, over.date())["overdue"] == 1


def test_names_and_numbers_of_complainants_stand_nowhere(cast: Cast) -> None:
    """全流程走完，存证、待办和线索表里都没有投诉人的姓名和电话；登录的考生投诉，存证里是访客。"""
    lead = verified(cast, name=NAME)
    acts.tell(number=lead.number, reply=f"{NAME}您好，已核实。", by=cast.zhou, at=cast.at)
    everything = [*Entry.objects.values_list("reason", "detail", "actor_label"), *Task.objects.values_list("title", "outcome", "from_office")]
    for told in (NAME, PHONE):
        assert told not in str(everything)
        assert told not in str(Complainant.objects.values())
    assert set(Entry.objects.filter(event="lead.received").values_list("actor_id", flat=True)) == {None}
