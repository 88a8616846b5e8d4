"""人员接口: who serves the body in which duty, who begins and who ends?"""

from collections.abc import Mapping
from typing import Any

from touchstone.api.declared import Call, RowsAtHand, asks, outcome, page_of, page_query, paged, takes_rows
from touchstone.api.problems import row_words
from touchstone.api.registration import REF
from touchstone.api.shapes import Choice, Day, Flag, Maybe, Part, Record, Text, Whole
from touchstone.bodies.operations import add_staff, end_staff
from touchstone.bodies.queries import DUTIES, own_body, staff_of
from touchstone.catalogue.queries import occupation
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice
from touchstone.policy.systems import Scope
from touchstone.systems.operations import Answer

TAG = "人员队伍"
_DUTY = Choice({str(key): str(label) for key, label in DUTIES})
_RECORD = notice("三(二)5")
MEMBER = Record(
    "StaffMember",
    {
        "staff": Part(Whole(1), "人员职责编号"),
        "name": Part(Text(60), "姓名"),
        "id_masked": Part(Text(24), "证件号码（遮盖）"),
        "duty": Part(_DUTY, "职责"),
        "post": Part(Text(60), "职务"),
        "full_time": Part(Flag(), "是否专职"),
        "occupation_code": Part(Text(12), "考评职业编码，不是考评人员的为空"),
        "highest_level": Part(Maybe(Whole(1, 5)), "可考评最高等级"),
        "qualification": Part(Text(60), "资格证书编号"),
        "since": Part(Day(), "起"),
        "until": Part(Maybe(Day()), "止，在任的为null"),
    },
    "一项人员职责",
)
NEW_MEMBER = Record(
    "NewStaffMember",
    {
        "ref": REF,
        "name": Part(Text(60, 1), "姓名"),
        "id_number": Part(Text(24, 1), "居民身份证号码"),
        "duty": Part(_DUTY, "职责"),
        "post": Part(Text(60), "职务", needed=False, otherwise=""),
        "full_time": Part(Flag(), "是否专职", needed=False, otherwise=True),
        "occupation_code": Part(Text(12), "考评职业编码，考评人员须填", needed=False, otherwise=""),
        "highest_level": Part(Whole(1, 5), "可考评最高等级，考评人员须填", needed=False),
        "qualification": Part(Text(60), "资格证书编号，考评人员须填", needed=False, otherwise=""),
    },
    "新增一项人员职责",
)
ENDING = Record(
    "StaffEnding",
    {"ref": REF, "staff": Part(Whole(1), "人员职责编号"), "reason": Part(Text(200), "原因", needed=False, otherwise="")},
    "结束一项人员职责",
)
_WHO = page_query(duty=Part(_DUTY, "只看一种职责", needed=False))


@asks("staff.list", "/staff", TAG, "本机构人员", page_of("Staff", MEMBER), query=_WHO)
def staff_list(call: Call) -> Answer:
    """The body's staff, those who have ended included."""
    return paged(call, staff_of(call.of_body, duty=call.query.get("duty") or ""), "/staff", _words)


def _words(one: Any) -> dict[str, Any]:
    return {
        "staff": one.pk,
        "name": one.person.name,
        "id_masked": one.person.id_masked,
        "duty": one.duty,
        "post": one.post,
        "full_time": one.full_time,
        "occupation_code": one.occupation.code if one.occupation else "",
        "highest_level": one.highest_level,
        "qualification": one.qualification,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
    }


@takes_rows(
    "staff.add", "/staff", TAG, "成批添加人员", Scope.ROSTER, NEW_MEMBER,
    words="责任人须为备案经办人或机构负责人。处理决定限制从业期内的人员不能添加。",
)  # fmt: skip
def staff_add(at_hand: RowsAtHand) -> list[dict[str, Any]]:
    """Let people serve the body."""
    body = own_body(at_hand.actor)
    return [_added(row, body, at_hand) for row in at_hand.rows]


def _added(row: Mapping[str, Any], body: Any, at_hand: RowsAtHand) -> dict[str, Any]:
    code = row["occupation_code"]
    found = occupation(code, at_hand.at.date()) if code else None
    if code and found is None:
        return outcome("", f"目录中没有编码为“{code}”的职业。请核对职业编码。", done=False, clause=str(_RECORD))
    given = {name: row[name] for name in ("name", "id_number", "duty", "post", "full_time", "highest_level", "qualification")}
    try:
        made = add_staff(body=body, occupation=found, **given, by=at_hand.actor, at=at_hand.at)
    except Refusal as refusal:
        return row_words(refusal)
    return outcome(str(made.pk), f"已添加{made.person.name}（{made.get_duty_display()}）。")


@takes_rows("staff.end", "/staff/end", TAG, "成批结束职责", Scope.ROSTER, ENDING)
def staff_end(at_hand: RowsAtHand) -> list[dict[str, Any]]:
    """End duties of the body's own staff from today on."""
    own = set(staff_of(own_body(at_hand.actor)).filter(pk__in=[row["staff"] for row in at_hand.rows]).values_list("pk", flat=True))
    return [_ended(row, at_hand) if row["staff"] in own else _not_ours(row["staff"]) for row in at_hand.rows]


def _not_ours(key: int) -> dict[str, Any]:
    return outcome("", f"本机构没有编号为{key}的人员职责。请从 GET /staff 取得编号。", done=False, clause=str(_RECORD))


def _ended(row: Mapping[str, Any], at_hand: RowsAtHand) -> dict[str, Any]:
    try:
        end_staff(member_id=row["staff"], reason=row["reason"], by=at_hand.actor, at=at_hand.at)
    except Refusal as refusal:
        return row_words(refusal)
    return outcome(str(row["staff"]), "自今天起结束。")
