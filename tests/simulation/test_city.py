"""虚构城市测试: is the same seed the same city, and is a database that holds anything else left alone?"""

import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.cast import Cast
from tests.simulation.cities import TODAY, fingerprints
from touchstone.certificates.models import Certificate
from touchstone.cli.city import command
from touchstone.exams.models import Plan, Sitting
from touchstone.exams.permissions import check_marks
from touchstone.exams.states import PlanState
from touchstone.filings.models import Filing
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry, Installation
from touchstone.monitoring.models import Alert
from touchstone.simulation import cast, city
from touchstone.simulation.cast import BODY_A, DEMO_PEOPLE
from touchstone.simulation.comparison import compare_all
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.premises import random_of

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_the_same_seed_gives_the_same_small_city_with_every_state_in_it() -> None:
    first = _grown_and_gone()
    lines: list[str] = []
    grown = city.grow(scale="small", seed=7, at=TODAY, tell=lines.append)
    assert fingerprints() == first
    assert not grown.already and lines, "每一步都应说明"
    assert city.grow(scale="small", seed=7, at=TODAY).already, "同一座城市再建一次应什么也不做"
    assert fingerprints() == first
    for scale, seed in (("small", 8), ("district", 7)):
        with pytest.raises(Refusal, match="已有一座虚构城市"):
            city.grow(scale=scale, seed=seed, at=TODAY)
    _check_states()
    _check_cast()
    compare_all(TODAY)
    found = dict(Alert.objects.values_list("rule", "owner__number"))
    assert found == {"ladder.too_fast": "RS-310115", "ladder.earlier_not_found": "RS-310115"}, "只命中安排好的两处，没有误报"


def _grown_and_gone() -> dict[str, str]:
    with transaction.atomic():
        city.grow(scale="small", seed=7, at=TODAY)
        found = fingerprints()
        transaction.set_rollback(True)
    assert not Entry.objects.exists() and not Installation.objects.exists()
    return found


def _check_states() -> None:
    states = {State(state) for state in Filing.objects.values_list("state", flat=True)}
    wanted = {State.DRAFTED, State.CONSENT_SOUGHT, State.UNDER_REVIEW, State.RETURNED, State.ANNOUNCED, State.ACCEPTED, State.TERMINATED}
    assert states == wanted
    plans = {PlanState(state) for state in Plan.objects.values_list("state", flat=True)}
    shown = {PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED, PlanState.ANNOUNCED, PlanState.CERTIFIED}
    assert plans == shown
    assert Certificate.objects.exists(), "一建成就应有可以查验的证书"
    assert not Filing.objects.filter(body__name=BODY_A).exists(), "机构甲留给新来的人备案"
    (marked,) = Sitting.objects.filter(scoring_sheets__isnull=False, opened_at__isnull=False, closed_at__isnull=True)
    song = cast.actor_of("song", TODAY.date())
    assert check_marks(song, marked).signed_in_at is not None, "演示的考评员可以马上评分"
    late = Entry.objects.filter(at__gt=TODAY).values_list("event", "subject")
    assert not late, f"城市里没有未来的事: {list(late)}"


def _check_cast() -> None:
    from touchstone.bodies.models import Room, StaffMember, Venue

    for model, path in ((Venue, "body__name"), (Room, "venue__body__name"), (StaffMember, "body__name")):
        assert model.objects.filter(**{path: BODY_A}).exists(), f"机构甲没有{model._meta.verbose_name}"
    for one in DEMO_PEOPLE:
        actor = cast.actor_of(one.username, TODAY.date())
        assert actor.roles == set(one.roles), one.name


def test_another_seed_gives_other_people() -> None:
    first, second = (Crowd(random_of(seed, "small")).grown_up(TODAY.date()) for seed in (1, 2))
    assert first != second


def test_a_real_database_is_refused_and_left_alone(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refusal, match="正式业务记录"):
        city.grow(scale="small", seed=1, at=TODAY)
    assert Entry.objects.count() == before
    assert not Installation.objects.filter(synthetic=True).exists()


def test_the_command_says_why_it_refuses(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchstone.cli.city.start_django", lambda: None)
    monkeypatch.setattr("touchstone.cli.city.leave_django", lambda: None)
    answer = CliRunner().invoke(command, ["grow", "--scale", "small"])
    assert answer.exit_code == 1
    assert "正式业务记录" in answer.output
