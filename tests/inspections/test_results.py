"""抽查结果测试: do two inspectors stand for a result, and is a late one told?"""

from datetime import timedelta

from tests.cast import Cast
from tests.inspections.stage import Stage
from tests.refusing import refused_and_nothing_changed
from touchstone.inspections import queries
from touchstone.inspections.models import Task
from touchstone.inspections.operations import confirm_visit, report_visit, send_back_report
from touchstone.inspections.states import TaskState
from touchstone.policy.inspections import VisitOutcome
from touchstone.simulation.cast import actor_of


def test_one_inspector_reports_and_the_other_confirms(cast: Cast) -> None:
    """到检查日才能填写，没派去的人不能填写；填写的人不能自己确认，另一人可以退回；确认以后公布，逾期的写进审查意见。"""
    stage = Stage(cast).drawn()
    task = Task.objects.order_by("number")[0]
    names = [sent.person.user.username for sent in task.inspectors.order_by("place")]
    first, second = (actor_of(name, cast.at.date()) for name in names)
    other = next(actor_of(f"inspector{n}", cast.at.date()) for n in range(4) if f"inspector{n}" not in names)
    told = {"number": task.number, "outcome": VisitOutcome.CLEAN, "words": "查阅档案两场。", "at": task.opens_at}

    def reported(**changed):
        return lambda: report_visit(**{**told, "by": first, **changed})

    refused_and_nothing_changed(reported(at=task.opens_at - timedelta(minutes=1)), "还没有到检查日", "inspections")
    refused_and_nothing_changed(reported(words=" "), "检查情况", "inspections")
    refused_and_nothing_changed(reported(outcome="fine"), "请选择检查结果", "inspections")
    for who in (other, cast.wu, cast.du, cast.lin):
        refused_and_nothing_changed(reported(by=who), "检查", "inspections")
    reported()()
    refused_and_nothing_changed(lambda: confirm_visit(number=task.number, by=first, at=task.opens_at), "不能自己确认", "inspections")
    refused_and_nothing_changed(lambda: send_back_report(number=task.number, reason="", by=second, at=task.opens_at), "理由", "inspections")
    send_back_report(number=task.number, reason="漏写一场", by=second, at=task.opens_at)
    assert list(queries.results()) == [] and not queries.any_result()
    reported(words="查阅档案三场。")()
    late = task.opens_at + timedelta(days=40)
    done = confirm_visit(number=task.number, by=second, at=late)
    assert done.state == TaskState.CONFIRMED and [one.words for one in queries.results()] == ["查阅档案三场。"]
    assert [one["outcome"] for one in done.findings] == ["met", "unmet"], "超过二十个工作日"
    assert queries.visits_of(stage.draw, late)[0].outcome == "未发现问题"
