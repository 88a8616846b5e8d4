"""待办: each office and role sees its own; a task is taken once and never lost."""

from datetime import date

import pytest

from tests.cast import START, Cast
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import Role
from touchstone.tasks.models import Task
from touchstone.tasks.operations import close_tasks, open_task, sign_for
from touchstone.tasks.queries import count_waiting, done_by, open_on, overdue, waiting_for


def task(cast: Cast, role: Role = Role.INTAKE_CLERK, due_on: date | None = date(2026, 3, 9)) -> Task:
    return open_task(
        case="BA1", matter="review", title="审核备案申请", office_id=cast.zhou.office_id, role=role, due_on=due_on, by=cast.lin, at=START
    )


@pytest.mark.parametrize(
    ("who", "seen"), [("zhou", 1), ("wu", 0), ("lv", 0), ("lin", 0), ("xu", 0)], ids=["本区经办人", "本区负责人", "外区经办人", "评价机构", "市中心"]
)
def test_only_the_owing_office_and_role_sees_it(cast: Cast, who: str, seen: int) -> None:
    """只有承办机构的该岗位看得见。"""
    task(cast)
    assert waiting_for(getattr(cast, who)).count() == seen == count_waiting(getattr(cast, who))


def test_one_open_task_per_matter(cast: Cast) -> None:
    """同一事项不重复开立。"""
    assert task(cast).pk == task(cast).pk


def test_taken_once_and_not_by_strangers(cast: Cast) -> None:
    """签收后别人不能再签收，外人不能签收。"""
    made = task(cast)
    with pytest.raises(Refusal, match="不属于您所在的机构和岗位"):
        sign_for(task_id=made.pk, by=cast.lv, at=START)
    sign_for(task_id=made.pk, by=cast.zhou, at=START)
    from touchstone.accounts.operations import grant_role

    grant_role(
        person=cast.person("wu"), office=made.office, role=Role.INTAKE_CLERK, since=date(2026, 1, 1), by=cast.qin, at=START
    )
    with pytest.raises(Refusal, match="已由同事签收"):
        sign_for(task_id=made.pk, by=cast.wu, at=START)


def test_a_closed_task_moves_to_done(cast: Cast) -> None:
    """办结后从待办转入已办。"""
    made = task(cast)
    assert close_tasks(case="BA1", by=cast.zhou, at=START, outcome="已受理") == 1
    assert not open_on("BA1").exists()
    assert [t.outcome for t in done_by(cast.zhou)] == ["已受理"]
    with pytest.raises(Refusal, match="已办结"):
        sign_for(task_id=made.pk, by=cast.zhou, at=START)


def test_overdue_after_its_day(cast: Cast) -> None:
    """过了期限的列为超期。"""
    task(cast)
    assert not overdue(date(2026, 3, 9)).exists()
    assert overdue(date(2026, 3, 10)).count() == 1
