"""按等级接收测试: does a grade decide how many rows come at once, how many are looked at, and whether before or after they are taken in?"""

from datetime import date

import pytest

from tests.exams.stage import Stage, moment
from tests.uploads.sending import ISSUED_ON, LATER, PREFIX, SENT, certified, rows_of, sent_in
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import set_grade
from touchstone.certificates.queries import by_number
from touchstone.kernel.law import Refusal
from touchstone.parameters.facts import apply_later_values
from touchstone.parameters.operations import answer_proposal, propose_value
from touchstone.policy.supervision.grade import Grade
from touchstone.policy.supervision.treatment import ROWS_BY_GRADE
from touchstone.tasks.queries import open_on
from touchstone.uploads import operations
from touchstone.uploads.queries import counts


def graded(stage: Stage, grade: Grade) -> None:
    """Give the stage's body a grade."""
    at = moment(date(2026, 3, 2), 9)
    set_grade(body=stage.cast.body_a, grade=grade, points=None, reasons={"indicators": []}, run=f"DP-{grade}", by=PLATFORM, at=at)


def two_rows(stage: Stage) -> None:
    """Let every grade send two rows at once, by the decision of two people: hundreds would take their time."""
    at, wanted = moment(date(2026, 3, 2), 9), dict.fromkeys(ROWS_BY_GRADE.values[-1].value, 2)
    told = propose_value(key=ROWS_BY_GRADE.key, value=wanted, since=date(2026, 3, 3), reason="试行", by=stage.cast.shen, at=at)
    answer_proposal(version_id=told.pk, approve=True, answer="同意", by=stage.cast.han, at=at)
    apply_later_values()


def test_good_grades_are_taken_in_first_and_looked_at_afterwards(stage: Stage) -> None:
    """B级先收后查：提交即接收，抽中的行事后看；看完待办办结。"""
    graded(stage, Grade.B)
    cast, batch = stage.cast, sent_in(stage.cast, rows_of(stage))
    batch = operations.submit(number=batch.number, by=cast.sun, at=SENT)
    assert (batch.state, batch.draw["grade"], batch.draw["after"]) == ("accepted", "B", True)
    assert by_number(f"{PREFIX}265000501") is not None
    assert counts(batch)["to_look_at"] == 3 and open_on(batch.number).get().title.startswith("抽查已接收的证书数据")
    operations.look_at(number=batch.number, rows=[2, 3], by=cast.zhou, at=LATER)
    operations.object_to(number=batch.number, row=4, words_="文化程度不符", by=cast.zhou, at=LATER)
    (owed,) = open_on(batch.number)
    assert (owed.office_id, owed.matter) == (cast.body_a.office_id, "put_right_certificate_4")
    assert batch.entries.get(row_number=4).state == "accepted"


def test_others_are_looked_at_before(stage: Stage) -> None:
    """C级和未定级的先审后收；C级抽得更多。"""
    graded(stage, Grade.C)
    batch = operations.submit(number=sent_in(stage.cast, rows_of(stage)).number, by=stage.cast.sun, at=SENT)
    assert (batch.state, batch.draw["grade"], batch.draw["after"]) == ("under_review", "C", False)
    with pytest.raises(Refusal, match="还有3行没有看"):
        operations.accept(number=batch.number, by=stage.cast.zhou, at=LATER)


def test_a_workbook_holds_as_many_rows_as_the_grade_allows(stage: Stage) -> None:
    """行数超过等级允许的，整份不读，说明最多几行；分开上传可以。"""
    two_rows(stage)
    cast, rows = stage.cast, rows_of(stage)
    batch = sent_in(cast, rows)
    assert batch.state == "failed" and "未定级机构一批最多2行，本批3行，请分批上报" in batch.reason
    assert sent_in(cast, rows[:2]).state == "checked"


def test_rows_of_a_system_fill_a_batch_to_the_limit(stage: Stage) -> None:
    """接口报送超过的，先提交已报送的一批。"""
    two_rows(stage)
    cast, rows = stage.cast, rows_of(stage)
    told = [{**row, "level": 5} for row in rows]
    operations.receive_rows(body=cast.body_a, rows=told[:2], by=cast.sun, at=SENT)
    with pytest.raises(Refusal, match="本批3行"):
        operations.receive_rows(body=cast.body_a, rows=told[2:], by=cast.sun, at=SENT)


def test_what_we_issue_is_split(db: None) -> None:
    """平台核发的自动分批，一本不漏。"""
    stage, at = certified(), moment(ISSUED_ON, 10)
    two_rows(stage)
    made = []
    while (batch := operations.receive_issued(plan_number=stage.plan.number, by=PLATFORM, at=at)) is not None:
        made.append(operations.process(number=batch.number, by=PLATFORM, at=at))
    assert [one.passed for one in made] == [2, 1]
