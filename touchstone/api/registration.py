"""报名和资格接口: how are candidates registered in bulk, their evidence handed in and checked, and what was found about each?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from touchstone.accounts.people import RESIDENT_ID, Identity
from touchstone.api.declared import Call, RowsAtHand, asks, does, outcome, page_of, page_query, paged, said, takes_rows
from touchstone.api.plans import FINDING, finding
from touchstone.api.problems import row_words
from touchstone.api.shapes import Anything, Bytes, Choice, Day, Decimals, Flag, Listing, Part, Record, Text, Whole
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.operations.eligibility_evidence import check_evidence, hand_in_evidence
from touchstone.exams.operations.registration import withdraw_candidate
from touchstone.exams.operations.registration_entry import Entered, Entry
from touchstone.exams.operations.registration_rows import register_candidates
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import registration as queries
from touchstone.exams.states import CandidateState
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.systems import Scope
from touchstone.sheets.registration_fields import EDUCATION, ID_KINDS
from touchstone.systems.operations import Answer

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate
    from touchstone.files.models import Attachment

_RECORD = notice("三(二)4")
_KINDS = Choice({one.value: one.label for one in ProofKind})
_STATES = Choice({one.value: one.label for one in CandidateState})
REF = Part(Text(60), "自带的标识，原样返回", needed=False, otherwise="")
REGISTRATION = Record(
    "Registration",
    {
        "ref": REF,
        "name": Part(Text(60, 1), "姓名，与证件一致"),
        "id_number": Part(Text(30, 1), "证件号码"),
        "id_kind": Part(Choice({kind: kind for kind in ID_KINDS}), "证件类型", needed=False, otherwise=RESIDENT_ID),
        "sex": Part(Choice({"男": "男", "女": "女"}), "性别，居民身份证不用填", needed=False, otherwise=""),
        "birthday": Part(Day(), "出生日期，居民身份证不用填", needed=False),
        "phone": Part(Text(11, 11, r"1[3-9]\d{9}"), "手机号码"),
        "ground": Part(Choice({one.value: one.label for one in Ground}), "参评来源"),
        "employment": Part(Text(24), "用工形式，本单位在岗职工须填", needed=False, otherwise=""),
        "employer": Part(Text(120, 1), "所在单位"),
        "condition": Part(Text(300, 1), "申报条件，如5-2"),
        "years_in_field": Part(Decimals(1, 70), "从事本职业年数，如“5”或“5.5”"),
        "certificate": Part(
            Record("HeldCertificate", {"level": Part(Whole(1, 5), "等级"), "number": Part(Text(40, 1), "证书编号")}),
            "已有证书，没有的不填", needed=False,
        ),
        "education": Part(Choice({one: one for one in EDUCATION}), "文化程度"),
        "major": Part(Text(100), "所学专业", needed=False, otherwise="无"),
        "started_work_on": Part(Day(), "参加工作时间", needed=False),
    },
    "一名考生的报名",
)  # fmt: skip
PROOF = Record(
    "Proof",
    {
        "ref": REF,
        "candidate": Part(Text(40, 1), "考生编号"),
        "kind": Part(_KINDS, "证明类别"),
        "facts": Part(
            Anything(
                "work：periods[{since,until,relation}]；certificate：level,issued_on,relation,number；"
                "schooling：school,school_class,graduated_on,final_year,major_related,programme_assessed；title：rank,obtained_on,relation；"
                "employment：since,until"
            ),
            "核对结果", needed=False, otherwise={},
        ),
        "attachments": Part(Listing(Text(40), 0, 20), "作为依据的材料编号", needed=False, otherwise=[]),
        "remark": Part(Text(500), "核对了什么原件，没有上传材料的须填", needed=False, otherwise=""),
    },
    "一项证明的核对结果",
)  # fmt: skip
EVIDENCE = Record(
    "Evidence",
    {
        "kind": Part(_KINDS, "证明类别"),
        "name": Part(Text(120, 1), "文件名，PDF、JPG或PNG"),
        "content": Part(Bytes(), "文件内容，base64"),
    },
    "一份佐证材料",
)
KEPT = Record(
    "Attachment",
    {
        "number": Part(Text(40), "材料编号"),
        "name": Part(Text(200), "文件名"),
        "kind": Part(_KINDS, "证明类别"),
        "size": Part(Whole(), "字节数"),
        "sha256": Part(Text(64), "平台保存内容的摘要"),
    },
)
CANDIDATE = Record(
    "Candidate",
    {
        "number": Part(Text(40), "考生编号"),
        "plan": Part(Text(40), "计划编号"),
        "name": Part(Text(60), "姓名"),
        "id_masked": Part(Text(24), "证件号码（遮盖）"),
        "ground": Part(Text(24), "参评来源"),
        "employment": Part(Text(24), "用工形式"),
        "employer": Part(Text(120), "工作单位"),
        "applied_on": Part(Day(), "申报日期"),
        "condition": Part(Text(8), "申报条件"),
        "satisfied_condition": Part(Text(8), "符合的条件，没有的为空"),
        "state": Part(_STATES, "资格"),
        "ticket": Part(Text(24), "准考证号，还没有的为空"),
        "result": Part(Text(8), "结论：passed合格、failed不合格、absent缺考，还没有的为空"),
        "entered_oneself": Part(Flag(), "是否本人报名"),
        "findings": Part(Listing(FINDING), "逐项审查意见"),
    },
    "考生及其资格审查意见",
)
WHOLE_CANDIDATE = Record(
    "WholeCandidate",
    {**CANDIDATE.parts, "proofs": Part(Listing(_KINDS), "已核对的证明类别"), "evidence": Part(Listing(KEPT), "已交的材料")},
)


def candidate_words(one: "Candidate", plan_number: str) -> dict[str, Any]:
    """This function will give a candidate as lists of the interface tell it."""
    plain = ("number", "name", "ground", "employment", "employer", "condition", "satisfied_condition", "state", "result", "entered_oneself")
    return {
        **{name: getattr(one, name) for name in plain},
        "plan": plan_number,
        "id_masked": one.person.id_masked,
        "applied_on": one.applied_on.isoformat(),
        "ticket": one.ticket_number or "",
        "findings": [finding(each) for each in one.findings],
    }


def _whole(number: str, call: Call) -> dict[str, Any]:
    one = queries.candidate(number, call.actor)
    files = [_kept(file, kind) for kind, held in queries.evidence(number).items() for file in held]
    return candidate_words(one, one.plan.number) | {"proofs": sorted(one.proofs), "evidence": files}


def _kept(file: "Attachment", kind: ProofKind) -> dict[str, Any]:
    return {"number": file.number, "name": file.name, "kind": kind.value, "size": file.size, "sha256": file.sha256}


@takes_rows(
    "registrations.enter", "/plans/{number}/registrations", "报名", "成批报名", Scope.REGISTRATION, REGISTRATION,
    words="每行一名考生，当场判定资格。同样内容再次提交不会重复登记。报名须在计划上报后、报名截止前。",
)  # fmt: skip
def enter_registrations(at_hand: RowsAtHand) -> list[dict[str, Any]]:
    """Register the rows of one plan."""
    plan_queries.plan(at_hand.case, at_hand.actor)
    told = [row for row in at_hand.rows if not _lacks(row)]
    entries = [_entry(row) for row in told]
    came = iter(register_candidates(plan_number=at_hand.case, entries=entries, by=at_hand.actor, at=at_hand.at, received_on=at_hand.received_on))
    return [outcome("", _lacks(row), done=False) if _lacks(row) else _registered(next(came)) for row in at_hand.rows]


def _lacks(row: Mapping[str, Any]) -> str:
    """Say what other papers than the resident identity card do not tell by themselves."""
    missing = [words for name, words in (("sex", "性别"), ("birthday", "出生日期")) if not row[name]]
    return f"证件不是居民身份证的，还要填写{'、'.join(missing)}。" if row["id_kind"] != RESIDENT_ID and missing else ""


def _entry(row: Mapping[str, Any]) -> Entry:
    identity = Identity(row["name"], row["id_number"], row["phone"], row["id_kind"], row["sex"], row["birthday"])
    held = row["certificate"]
    claims = {
        "years_in_field": str(row["years_in_field"]),
        "started_work_on": row["started_work_on"].isoformat() if row["started_work_on"] else None,
        "certificate": {"level": held["level"], "number": held["number"].upper()} if held else None,
        "education": row["education"],
        "major": row["major"] or "无",
    }
    return Entry(identity, row["ground"], row["employment"], row["employer"], row["condition"], claims)


def _registered(came: Entered | Refusal) -> dict[str, Any]:
    if isinstance(came, Refusal):
        return row_words(came)
    if came.candidate is None:
        return outcome("", came.sentence, done=False, clause=str(_RECORD))
    return outcome(came.candidate.number, came.sentence, came.decision)


_BY_STATE = page_query(state=Part(_STATES, "只看一种资格", needed=False))


@asks("candidates.list", "/plans/{number}/candidates", "报名", "一份计划的考生", page_of("Candidates", CANDIDATE), query=_BY_STATE)
def candidates_list(call: Call, number: str) -> Answer:
    """The candidates of a plan with what was found about each."""
    plan = plan_queries.plan(number, call.actor)
    found = queries.candidates(plan)
    state = call.query.get("state")
    rows = found.filter(state=state) if state else found
    return paged(call, rows, f"/plans/{number}/candidates", lambda one: candidate_words(one, number))


@asks("candidates.read", "/candidates/{number}", "报名", "一名考生", WHOLE_CANDIDATE)
def candidate_read(call: Call, number: str) -> Answer:
    """One candidate."""
    return said(_whole(number, call))


@does(
    "candidates.withdraw", "/candidates/{number}/withdraw", "报名", "为考生办理退出", Scope.REGISTRATION, WHOLE_CANDIDATE,
    body=Record("Reason", {"reason": Part(Text(300, 1), "理由")}),
)  # fmt: skip
def candidate_withdraw(call: Call, number: str) -> Answer:
    """Take a candidate out of the plan."""
    queries.candidate(number, call.actor)
    withdraw_candidate(number=number, reason=call.body["reason"], by=call.actor, at=call.at)
    return said(_whole(number, call))


@does(
    "evidence.hand_in", "/candidates/{number}/evidence", "资格材料", "交一份佐证材料", Scope.EVIDENCE, KEPT, body=EVIDENCE, code=201,
    words="文件不超过3MB；图片会重新编码，去掉拍摄地点等信息。",
)  # fmt: skip
def evidence_hand_in(call: Call, number: str) -> Answer:
    """Keep a piece of evidence under a candidate."""
    queries.candidate(number, call.actor)
    kind = ProofKind(call.body["kind"])
    kept = hand_in_evidence(number=number, kind=kind, name=call.body["name"], content=call.body["content"], by=call.actor, at=call.at)
    return said(_kept(kept, kind), 201)


@takes_rows(
    "proofs.check", "/plans/{number}/proofs", "资格材料", "成批报送核对结果", Scope.EVIDENCE, PROOF,
    words="每行一名考生的一项证明；核对后当场重新判定资格。",
)  # fmt: skip
def check_proofs(at_hand: RowsAtHand) -> list[dict[str, Any]]:
    """Note what was found proved of the candidates of one plan."""
    plan_queries.plan(at_hand.case, at_hand.actor)
    own = set(queries.numbers_in(at_hand.case, [row["candidate"] for row in at_hand.rows]))
    return [_checked(row, at_hand) if row["candidate"] in own else _not_in(row["candidate"]) for row in at_hand.rows]


def _not_in(number: str) -> dict[str, Any]:
    return outcome("", f"本计划没有编号为“{number}”的考生。请核对考生编号。", done=False, clause=str(_RECORD))


def _checked(row: Mapping[str, Any], at_hand: RowsAtHand) -> dict[str, Any]:
    try:
        made = check_evidence(
            number=row["candidate"],
            kind=ProofKind(row["kind"]),
            facts=dict(row["facts"]),
            attachments=queries.own_files(row["candidate"], row["attachments"]),
            remark=row["remark"],
            by=at_hand.actor,
            at=at_hand.at,
        )
    except Refusal as refusal:
        return row_words(refusal)
    asked = [f"{one['title']}：{one['reason']}" for one in made.findings if one["outcome"] != "met"]
    return outcome(made.number, f"现为“{CandidateState(made.state).label}”。", *asked[:5])
