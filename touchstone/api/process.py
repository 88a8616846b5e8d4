"""过程接口: how is a sitting opened, who came, what happened, who handed papers to whom, and when was it closed?"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import NotAllowed
from touchstone.api.declared import PAGE, Call, RowsAtHand, asks, does, outcome, page_of, paged, said, takes_rows
from touchstone.api.plans import moment
from touchstone.api.problems import row_words
from touchstone.api.registration import REF
from touchstone.api.shapes import Bytes, Choice, Flag, Listing, Maybe, Moment, Part, Record, Text, Whole
from touchstone.exams.operations.attendance import note_attendance
from touchstone.exams.operations.day import close_sitting, open_sitting, sign_in
from touchstone.exams.operations.incidents import Papers, hand_over_papers, record_incident
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import serving as queries
from touchstone.exams.queries.sittings import seats as seats_in
from touchstone.exams.queries.sittings import sittings
from touchstone.exams.states import Part as ExamPart
from touchstone.exams.states import SittingPhase
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice
from touchstone.policy.exams.day import HAND_OVER_STEPS, IDENTITY_PROOFS, INCIDENT_KINDS
from touchstone.policy.systems import Scope
from touchstone.systems.operations import Answer

if TYPE_CHECKING:
    from touchstone.accounts.actor import Actor
    from touchstone.exams.models import HandOver, Incident, Sitting

TAG = "场次过程"
_DAY = date(2026, 1, 1)
_IDENTITY = Choice(IDENTITY_PROOFS.on(_DAY).value)
_KIND = Choice(INCIDENT_KINDS.on(_DAY).value)
_STEP = Choice(HAND_OVER_STEPS.on(_DAY).value)
PARTS = Choice({one.value: one.label for one in ExamPart})
SITTING = Record(
    "Sitting",
    {
        "number": Part(Text(48), "场次编号"),
        "plan": Part(Text(40), "计划编号"),
        "part": Part(PARTS, "科目"),
        "room": Part(Text(60), "考场"),
        "starts_at": Part(Moment(), "开始时间"),
        "ends_at": Part(Moment(), "结束时间"),
        "phase": Part(Choice({one.value: one.label for one in SittingPhase}), "阶段"),
        "opened_at": Part(Maybe(Moment()), "开考时间"),
        "closed_at": Part(Maybe(Moment()), "结束时间（实际）"),
        "people": Part(Listing(Text(60)), "本机构安排的监考或考评人员"),
        "supervisor": Part(Text(60), "内部质量督导员，还没有的为空"),
        "seated": Part(Whole(), "已排座位"),
        "present": Part(Whole(), "到考"),
        "absent": Part(Whole(), "缺考"),
    },
    "一个场次",
)
SEAT = Record(
    "Seat",
    {
        "seat": Part(Whole(1), "座位号"),
        "ticket": Part(Text(24), "准考证号"),
        "candidate": Part(Text(40), "考生编号"),
        "name": Part(Text(60), "姓名"),
        "form": Part(Text(2), "卷别，没有的为空"),
        "present": Part(Maybe(Flag()), "是否到考，还没有登记的为null"),
    },
)
TOLD = Record(
    "ToldIncident",
    {
        "number": Part(Text(24), "情况编号"),
        "kind": Part(_KIND, "类别"),
        "words": Part(Text(4000), "情况"),
        "candidate": Part(Text(40), "有关考生的编号，没有的为空"),
        "told_at": Part(Moment(), "记录时间"),
    },
)
HANDED = Record(
    "HandOver",
    {
        "number": Part(Text(24), "交接单编号"),
        "step": Part(_STEP, "环节"),
        "packets": Part(Whole(), "密封袋数"),
        "sheets": Part(Whole(), "试卷份数"),
        "intact": Part(Flag(), "密封是否完好"),
        "first": Part(Text(60), "交接人"),
        "second": Part(Text(60), "另一人，还没有签字的为空"),
    },
)
WHOLE_SITTING = Record(
    "WholeSitting",
    {
        **SITTING.parts,
        "seats": Part(Listing(SEAT), "座位"),
        "incidents": Part(Listing(TOLD), "考场情况"),
        "hand_overs": Part(Listing(HANDED), "试卷交接"),
    },
)
SIGN_IN = Record(
    "SignIn",
    {
        "ref": REF,
        "ticket": Part(Text(24, 1), "准考证号"),
        "present": Part(Flag(), "是否到考", needed=False, otherwise=True),
        "identity": Part(_IDENTITY, "核验了什么证件；开考后当场登记到考的须填", needed=False, otherwise=""),
        "scanned": Part(Flag(), "是否扫准考证", needed=False, otherwise=False),
    },
    "一名考生的签到；缺考的 present 为 false",
)
INCIDENT = Record(
    "Incident",
    {
        "kind": Part(_KIND, "类别"),
        "words": Part(Text(2000, 1), "情况：时间、经过和处置"),
        "ticket": Part(Text(24), "有关考生的准考证号", needed=False, otherwise=""),
        "photos": Part(
            Listing(Record("Photo", {"name": Part(Text(120, 1), "文件名"), "content": Part(Bytes(1024 * 1024), "图片，base64")}), 0, 3),
            "现场照片", needed=False, otherwise=[],
        ),
    },
)  # fmt: skip
HAND_OVER = Record(
    "NewHandOver",
    {
        "step": Part(_STEP, "环节"),
        "packets": Part(Whole(0, 1000), "密封袋数"),
        "sheets": Part(Whole(0, 20_000), "试卷份数"),
        "intact": Part(Flag(), "密封是否完好"),
        "remark": Part(Text(200), "说明", needed=False, otherwise=""),
        "second": Part(Text(60), "另一人姓名；当场手写签名的填，留空由其用自己的账号确认", needed=False, otherwise=""),
        "signature": Part(Bytes(512 * 1024), "另一人的手写签名，PNG，base64", needed=False, otherwise=b""),
    },
)


def sitting_words(one: "Sitting", plan_number: str) -> dict[str, Any]:
    """This function will give a sitting as lists of the interface tell it."""
    return {
        "number": one.number,
        "plan": plan_number,
        "part": one.part,
        "room": one.room.name,
        "phase": one.phase.value,
        **{name: moment(getattr(one, name)) for name in ("starts_at", "ends_at", "opened_at", "closed_at")},
        "people": [person["name"] for person in one.invigilators],
        "supervisor": one.supervisor.name if one.supervisor else "",
        **{name: getattr(one, name) for name in ("seated", "present", "absent")},
    }


@asks("sittings.list", "/plans/{number}/sittings", TAG, "一份计划的场次", page_of("Sittings", SITTING), query=PAGE)
def sittings_list(call: Call, number: str) -> Answer:
    """The sittings of a plan."""
    plan = plan_queries.plan(number, call.actor)
    return paged(call, sittings(plan), f"/plans/{number}/sittings", lambda one: sitting_words(one, number))


def _own(number: str, actor: "Actor") -> "Sitting":
    found = queries.held_sitting(number, actor)
    if found.plan.body.office_id != actor.office_id:
        raise NotAllowed("没有这个场次，或者它不属于本机构。", notice("三(三)1"), "请从 GET /plans/{计划编号}/sittings 取得场次编号。")
    return found


def _whole(number: str, call: Call) -> dict[str, Any]:
    one = _own(number, call.actor)
    seats = [
        {"seat": seat.seat_number, "ticket": seat.candidate.ticket_number or "", "candidate": seat.candidate.number, "name": seat.candidate.name,
         "form": seat.form, "present": seat.present}
        for seat in seats_in(one)
    ]  # fmt: skip
    incidents = [_told(each) for each in queries.incidents_of(one)]
    handed = [_handed(each) for each in queries.hand_overs_of(one)]
    return sitting_words(one, one.plan.number) | {"seats": seats, "incidents": incidents, "hand_overs": handed}


def _told(one: "Incident") -> dict[str, Any]:
    who = one.candidate.number if one.candidate else ""
    return {"number": one.number, "kind": one.kind, "words": one.words, "candidate": who, "told_at": moment(one.told_at)}


def _handed(one: "HandOver") -> dict[str, Any]:
    plain = ("number", "step", "packets", "sheets", "intact")
    return {name: getattr(one, name) for name in plain} | {"first": one.first_name, "second": one.second_name}


@asks("sittings.read", "/sittings/{number}", TAG, "一个场次", WHOLE_SITTING, words="考务编排确认以后可以查询。")
def sitting_read(call: Call, number: str) -> Answer:
    """One sitting with seats, incidents and hand-overs."""
    return said(_whole(number, call))


@does(
    "sittings.open", "/sittings/{number}/open", TAG, "开考", Scope.PROCESS, WHOLE_SITTING,
    body=Record("Opening", {"identity": Part(_IDENTITY, "核验了内部质量督导员的什么证件")}),
    words="逢考必督：内部质量督导员到场、核验身份后才能开考。",
)  # fmt: skip
def sitting_open(call: Call, number: str) -> Answer:
    """Open a sitting after the internal supervisor's identity was checked."""
    _own(number, call.actor)
    open_sitting(sitting_number=number, identity=call.body["identity"], by=call.actor, at=call.at)
    return said(_whole(number, call))


@does(
    "sittings.close", "/sittings/{number}/close", TAG, "结束本场", Scope.PROCESS, WHOLE_SITTING,
    body=Record("Closing", {"reason": Part(Text(200), "提前结束的原因", needed=False, otherwise="")}), words="每个座位都有到考登记后办理。",
)  # fmt: skip
def sitting_close(call: Call, number: str) -> Answer:
    """Close a sitting."""
    _own(number, call.actor)
    close_sitting(sitting_number=number, reason=call.body["reason"], by=call.actor, at=call.at)
    return said(_whole(number, call))


@takes_rows(
    "sittings.sign_in", "/sittings/{number}/sign-ins", TAG, "成批报送签到", Scope.PROCESS, SIGN_IN,
    words="填了 identity 的按当场核验证件登记到考；没有填的按纸质签到表登记。已登记的同样内容再报不变，不同的须在页面上更正。",
)  # fmt: skip
def sign_ins(at_hand: RowsAtHand) -> list[dict[str, Any]]:
    """Note who came, at the door or by the signed list."""
    _own(at_hand.case, at_hand.actor)
    listed = {row["ticket"]: row["present"] for row in at_hand.rows if not row["identity"] or not row["present"]}
    noted: dict[str, dict[str, Any]] = {}
    if listed:
        try:
            results = note_attendance(sitting_number=at_hand.case, marks=listed, by=at_hand.actor, at=at_hand.at)
            noted = {one.key: outcome(one.key if one.done else "", one.sentence, done=one.done) for one in results}
        except Refusal as refusal:
            noted = {ticket: row_words(refusal) for ticket in listed}
    return [noted[row["ticket"]] if row["ticket"] in listed else _at_the_door(row, at_hand) for row in at_hand.rows]


def _at_the_door(row: Mapping[str, Any], at_hand: RowsAtHand) -> dict[str, Any]:
    try:
        seat = sign_in(
            sitting_number=at_hand.case, ticket=row["ticket"], identity=row["identity"], scanned=row["scanned"], by=at_hand.actor, at=at_hand.at
        )
    except Refusal as refusal:
        return row_words(refusal)
    return outcome(row["ticket"], f"{seat.candidate.name}，{seat.seat_number}号座")


@does("incidents.record", "/sittings/{number}/incidents", TAG, "记录考场情况", Scope.PROCESS, TOLD, body=INCIDENT, code=201)
def incident_record(call: Call, number: str) -> Answer:
    """Record what happened in a sitting."""
    _own(number, call.actor)
    photos = tuple((photo["name"], photo["content"]) for photo in call.body["photos"])
    told = record_incident(sitting_number=number, photos=photos, by=call.actor, at=call.at, **_but(call.body, "photos"))
    return said(_told(told), 201)


@does(
    "hand_overs.record", "/sittings/{number}/hand-overs", TAG, "记录试卷交接", Scope.PROCESS, HANDED, body=HAND_OVER, code=201,
    words="两人签字：交接人是密钥的责任人，另一人当场手写签名，或稍后用自己的账号确认。",
)  # fmt: skip
def hand_over_record(call: Call, number: str) -> Answer:
    """Put down that papers are handed over."""
    _own(number, call.actor)
    papers = Papers(**_but(call.body, "second", "signature"))
    second, signature = call.body["second"], call.body["signature"]
    made = hand_over_papers(sitting_number=number, papers=papers, second=second, signature=signature, by=call.actor, at=call.at)
    return said(_handed(made), 201)


def _but(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}
