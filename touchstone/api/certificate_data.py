"""证书数据接口: how does a body's own system report the certificates it issued, row by row, and what became of each?"""

from typing import TYPE_CHECKING, Any

from touchstone.api.declared import PAGE, Call, RowsAtHand, asks, does, outcome, page_of, paged, said, takes_rows
from touchstone.api.registration import REF
from touchstone.api.shapes import Choice, Day, Decimals, Maybe, Part, Record, Text, Whole
from touchstone.bodies.queries import own_body
from touchstone.policy.systems import Scope
from touchstone.sheets.certificate_fields import ID_KINDS, RESIDENT_ID
from touchstone.systems.operations import Answer
from touchstone.uploads import queries
from touchstone.uploads.operations import receive_rows, submit
from touchstone.uploads.states import Act, BatchState, EntryState, National, Way

if TYPE_CHECKING:
    from touchstone.uploads.models import Batch, Entry

TAG = "证书数据"
_MARK = Maybe(Decimals())
CERTIFICATE_DATA = Record(
    "CertificateData",
    {
        "ref": REF,
        "name": Part(Text(60, 1), "姓名"),
        "id_kind": Part(Choice({kind: kind for kind in ID_KINDS}), "证件类型", needed=False, otherwise=RESIDENT_ID),
        "id_number": Part(Text(30, 1), "证件号码"),
        "education": Part(Text(60), "文化程度", needed=False, otherwise=""),
        "occupation_code": Part(Text(12, 1), "职业编码"),
        "occupation": Part(Text(80, 1), "职业名称"),
        "trade": Part(Text(80), "工种名称，按职业认定的为空", needed=False, otherwise=""),
        "level": Part(Whole(1, 5), "等级，5为五级/初级工"),
        "theory": Part(_MARK, "理论成绩", needed=False, otherwise=None),
        "practical": Part(_MARK, "技能成绩", needed=False, otherwise=None),
        "panel": Part(_MARK, "综合评审成绩，二级、一级填写", needed=False, otherwise=None),
        "number": Part(Text(22, 1), "证书编号"),
        "issued_on": Part(Day(), "发证日期"),
        "plan": Part(Text(40, 1), "计划编号"),
    },
    "一张证书的数据",
)
BATCH_OF_DATA = Record(
    "CertificateBatch",
    {
        "number": Part(Text(24), "批次编号"),
        "way": Part(Choice({one.value: one.label for one in Way}), "来源"),
        "state": Part(Choice({one.value: one.label for one in BatchState}), "状态"),
        "total": Part(Whole(), "行数"),
        "passed": Part(Whole(), "核对通过"),
        "broken": Part(Whole(), "核对不通过"),
        "office": Part(Text(120), "审核单位"),
        "due_on": Part(Maybe(Day()), "期限，没有的为null"),
        "reason": Part(Text(500), "退回或不予接收的理由，没有的为空"),
    },
    "一批证书数据",
)
ROW_OF_DATA = Record(
    "CertificateBatchRow",
    {
        "row": Part(Whole(1), "行号"),
        "act": Part(Choice({one.value: one.label for one in Act}), "操作：登记证书，或者报送撤销"),
        "number": Part(Text(30), "证书编号"),
        "name": Part(Text(60), "姓名"),
        "id_masked": Part(Text(30), "证件号码（遮盖）"),
        "state": Part(Choice({one.value: one.label for one in EntryState}), "核对和审核"),
        "national": Part(Choice({one.value: one.label for one in National}), "全国联网查询"),
        "sentence": Part(Text(600), "断开的环节、依据和下一步，通过的为空"),
        "objection": Part(Text(300), "审核指出的问题，没有的为空"),
        "returned": Part(Text(300), "全国联网查询退回的原因，没有的为空"),
    },
    "一行证书数据",
)


@takes_rows(
    "certificates.report", "/certificates", TAG, "成批报送证书数据", Scope.CERTIFICATES, CERTIFICATE_DATA,
    words="本机构自有系统核发的证书。每一行核对备案范围、标准、计划、考核点、考评人员、考生、证件、成绩和公示；同一机构没有提交的报送合在一批。",
)  # fmt: skip
def certificates_report(at_hand: RowsAtHand) -> list[dict[str, Any]]:
    """Take rows into the body's open batch."""
    if not at_hand.rows:
        return []
    _, made = receive_rows(body=own_body(at_hand.actor), rows=at_hand.rows, by=at_hand.actor, at=at_hand.at)
    return [_came(one) for one in made]


def _came(one: "Entry") -> dict[str, Any]:
    passed = one.state == EntryState.PASSED
    return outcome(one.number if passed else "", f"{one.batch.number}第{one.row_number}行" if passed else one.sentence, done=passed)


@asks("certificate_batches.list", "/certificate-batches", TAG, "证书数据批次", page_of("CertificateBatches", BATCH_OF_DATA), query=PAGE)
def batches_list(call: Call) -> Answer:
    """The body's batches of certificate data, whatever way they came."""
    return paged(call, queries.batches(call.actor), "/certificate-batches", _batch)


@asks("certificate_batches.read", "/certificate-batches/{number}", TAG, "一批证书数据", BATCH_OF_DATA)
def batch_read(call: Call, number: str) -> Answer:
    """Where one batch stands."""
    return said(_batch(queries.batch(number, call.actor)))


_ROWS = page_of("CertificateRows", ROW_OF_DATA)


@asks("certificate_batches.rows", "/certificate-batches/{number}/rows", TAG, "一批证书数据的各行", _ROWS, query=PAGE)
def batch_rows(call: Call, number: str) -> Answer:
    """The rows of one batch; `after` is the last row seen."""
    found = queries.entries(queries.batch(number, call.actor))
    return paged(call, found, f"/certificate-batches/{number}/rows", _row, key="row_number")


@does(
    "certificate_batches.submit", "/certificate-batches/{number}/submit", TAG, "提交一批证书数据审核", Scope.CERTIFICATES, BATCH_OF_DATA,
    words="只提交核对通过的行。退回更正的，在页面上逐行更正后再提交。",
)  # fmt: skip
def batch_submit(call: Call, number: str) -> Answer:
    """Put a batch before the office that reviews it."""
    queries.batch(number, call.actor)
    return said(_batch(submit(number=number, by=call.actor, at=call.at)))


def _batch(one: "Batch") -> dict[str, Any]:
    return {
        "number": one.number,
        "way": one.way,
        "state": one.state,
        "total": one.total,
        "passed": one.passed,
        "broken": one.broken,
        "office": one.office.name,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "reason": one.reason,
    }


def _row(one: "Entry") -> dict[str, Any]:
    return {
        "row": one.row_number,
        "act": one.act,
        "number": one.number,
        "name": one.name,
        "id_masked": one.id_masked,
        "state": one.state,
        "national": one.national,
        "sentence": one.sentence,
        "objection": one.objection,
        "returned": one.national_words,
    }
