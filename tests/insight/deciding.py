"""两区认定: twelve alerts, six of 浦东新区 and six of 徐汇区, and a visit, decided as a test wants them; only verdicts and results are put down."""

from datetime import date

from tests.cast import Cast
from tests.exams.stage import moment
from tests.inspections.stage import Stage as InspectionStage
from tests.monitoring.hits import WITHIN, hit, ran, two_bodies
from touchstone.inspections.models import Task
from touchstone.inspections.states import TaskState
from touchstone.monitoring.models import Alert
from touchstone.monitoring.states import State
from touchstone.policy.inspections import VisitOutcome

DECIDED = moment(date(2026, 5, 11), 10)
LATER = moment(date(2026, 6, 10), 9)
EACH = 6


def visited(cast: Cast, outcome: VisitOutcome) -> None:
    """Draw the visits of 浦东新区 in March, the first of them with a public result."""
    InspectionStage(cast).drawn()
    first = Task.objects.order_by("opens_at", "number")[0]
    Task.objects.filter(pk=first.pk).update(state=TaskState.CONFIRMED, outcome=outcome, confirmed_at=first.opens_at)


def decided(cast: Cast, *, dismissed_at_home: int, dismissed_elsewhere: int) -> None:
    """Let each district decide its six, so many of them as not true."""
    first, second = two_bodies(cast)
    ran(*(hit(WITHIN, row, key=f"{row}-{n}") for row in (first[0], second[0]) for n in range(EACH)))
    for office, dismissed in ((cast.wu, dismissed_at_home), (cast.lv, dismissed_elsewhere)):
        own = Alert.objects.filter(owner_id=office.office_id).order_by("pk").values_list("pk", flat=True)
        assert len(own) == EACH
        Alert.objects.filter(pk__in=own).update(state=State.UPHELD, decided_at=DECIDED, reason="已核实")
        Alert.objects.filter(pk__in=own[:dismissed]).update(state=State.DISMISSED)
