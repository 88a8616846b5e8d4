"""保护投诉人测试: who may learn who complained, what is left of that in the ledger, and is nothing done to them for it?"""

import ast
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime, make_aware

from tests.cast import Cast
from tests.complaints.telling import NAME, PHONE, taken_up
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor
from touchstone.accounts.models import User
from touchstone.accounts.operations import enter_person, grant_role, open_log_in, restrict_person
from touchstone.accounts.queries import actors_of, office, person_behind
from touchstone.complaints import operations as acts
from touchstone.complaints.models import Complainant, Lead
from touchstone.complaints.queries import own_leads
from touchstone.complaints.states import State
from touchstone.jobs.complaints import destroy_identities
from touchstone.kernel.periods import add_years
from touchstone.ledger.models import Entry
from touchstone.policy.roles import Role
from touchstone.policy.supervision.complaints import KEPT_SECRET_YEARS
from touchstone.policy.violations.acts import Party
from touchstone.simulation.identity import id_number, phone

ROOT = Path(__file__).resolve().parents[2] / "touchstone"


def candidate(cast: Cast, serial: int = 480) -> Actor:
    """Give a candidate with a log-in."""
    shown = id_number(serial, birthday=date(1999, 5, 6), male=True)
    person = enter_person(name=f"考生{serial}", id_number=shown, phone=phone(serial), by=PLATFORM, at=cast.at)
    user = open_log_in(person=person, username=f"own{serial}", password="synthetic-own", by=PLATFORM, at=cast.at)
    grant_role(person=person, office=office("CANDIDATES"), role=Role.CANDIDATE, since=cast.at.date(), by=PLATFORM, at=cast.at)
    return actors_of(user, cast.at.date())[0]


def test_who_verifies_sees_it_for_a_purpose_that_is_put_down(cast: Cast) -> None:
    """核实人员写明用途后看到姓名和电话；存证里有谁看、为何看，没有姓名。"""
    number = taken_up(cast, name=NAME).number
    see = partial(acts.see_complainant, number=number, at=cast.at)
    refused_and_nothing_changed(partial(see, purpose=" ", by=cast.wang), "须写明用途", "complaints")
    who = see(purpose="电话核实经过", by=cast.wang)
    assert (who.name, who.phone, who.consents) == (NAME, PHONE, False)
    line = Entry.objects.get(event="lead.complainant_seen")
    assert (line.actor_id, line.reason) == (cast.wang.user_id, "电话核实经过")
    assert NAME not in str(line.detail)


def test_nobody_else_learns_who_complained(cast: Cast) -> None:
    """没有指定的负责人、市职鉴中心、别的区、被反映的机构、未登录的都看不到。"""
    number = taken_up(cast, name=NAME).number
    tries = [
        (who, partial(acts.see_complainant, number=number, purpose="想看", by=getattr(cast, who), at=cast.at), said)
        for who, said in (("wu", "承办核实的人"), ("han", "承办核实的人"), ("lv", "承办核实的人"), ("qian", "不得得知"), ("shi", "不得得知"))
    ]
    tries.append(("没有登录", partial(acts.see_complainant, number=number, purpose="想看", by=VISITOR, at=cast.at), "承办核实的人"))
    all_refused_and_nothing_changed(tries, "complaints")
    anonymous = taken_up(cast).number
    refused_and_nothing_changed(partial(acts.see_complainant, number=anonymous, purpose="想看", by=cast.wang, at=cast.at), "匿名", "complaints")


def test_nothing_that_is_kept_or_sent_on_names_them(cast: Cast) -> None:
    """用途、转办理由、请机构说明的事项、结论里写了投诉人的姓名或者电话的，不收。"""
    number = taken_up(cast, name=NAME).number
    acts.note(number=number, words="走访", by=cast.wang, at=cast.at)
    tries: list[tuple[str, Callable[[], object], str]] = [
        ("用途", partial(acts.see_complainant, number=number, purpose=f"联系{NAME}", by=cast.wang, at=cast.at), "投诉人的姓名"),
        ("请机构说明", partial(acts.ask_body, number=number, facts=f"{NAME}反映没有核对证件", by=cast.wang, at=cast.at), "投诉人的姓名"),
        ("结论", partial(acts.conclude, number=number, verdict="true", conclusion=f"电话{PHONE}", by=cast.wang, at=cast.at), "投诉人的姓名"),
        ("延长", partial(acts.extend, number=number, reason=f"{NAME}出差", by=cast.wu, at=cast.at), "投诉人的姓名"),
        ("更正", partial(acts.correct_about, number=number, body="", district="", reason=NAME, by=cast.zhou, at=cast.at), "投诉人的姓名"),
    ]
    all_refused_and_nothing_changed(tries, "complaints")


def test_sealed_fields_are_opened_in_one_place() -> None:
    """投诉人一行只由“保护投诉人”打开；别的文件不解封、不读姓名和电话。"""
    users = set()
    for path in ROOT.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        names = {node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)}
        if names & {"name_sealed", "person_sealed"} and "complaints" in path.parts:
            users.add(path.name)
    assert users == {"protecting.py"}


def test_a_candidate_finds_their_own(cast: Cast) -> None:
    """登录的考生实名投诉后在自己的清单里找到，别人找不到；匿名的谁的清单里都没有；表里没有明文人员编号。"""
    own, other = candidate(cast), candidate(cast, 481)
    taken_up(cast, name=NAME, by=own)
    taken_up(cast, by=own)
    assert [own_leads(own).count(), own_leads(other).count(), own_leads(cast.zhou).count(), own_leads(VISITOR).count()] == [1, 0, 0, 0]
    assert Complainant.objects.count() == 1


def test_what_happens_to_them_afterwards_is_explained_or_is_a_lead(cast: Cast) -> None:
    """投诉后投诉人被限制的，核实人员看到；说明事由的了结，没有说明的另立线索，不写姓名；投诉以前的不算。"""
    own = candidate(cast)
    lead = taken_up(cast, name=NAME, by=own)
    day = cast.at.date()
    harm = acts.check_harm(lead, day)
    assert harm is not None
    assert harm.outcome == "met"
    explain = partial(acts.explain_harm, number=lead.number, words="另案：考试违纪", by=cast.wang, at=cast.at + timedelta(days=5))
    refused_and_nothing_changed(explain, "没有发现", "complaints")
    _kept_away(own, cast, days=-30)
    assert acts.check_harm(lead, day).outcome == "met"  # type: ignore[union-attr]
    _kept_away(own, cast, days=3)
    later = day + timedelta(days=5)
    assert acts.check_harm(lead, later).outcome == "unmet"  # type: ignore[union-attr]
    made = acts.enter_retaliation(number=lead.number, words="投诉后三天被限制参加评价。", by=cast.wang, at=cast.at + timedelta(days=5))
    assert (made.body, made.office_id, NAME in made.facts) == (cast.body_a, lead.office_id, False)
    explain()
    assert acts.check_harm(lead, later).outcome == "met"  # type: ignore[union-attr]
    refused_and_nothing_changed(partial(acts.explain_harm, number=lead.number, words="x", by=cast.wu, at=cast.at), "指定的核实人员", "complaints")
    assert acts.check_harm(Lead.objects.get(pk=made.pk), later) is None


def _kept_away(own: Actor, cast: Cast, days: int) -> None:
    person = person_behind(own)
    assert person is not None
    since = cast.at.date() + timedelta(days=days)
    given: dict[str, Any] = {"since": since, "until": since + timedelta(days=300), "reason": "替考", "case": f"WJ{abs(days)}", "clause": "31号令"}
    restrict_person(person=person, party=Party.CANDIDATE, **given, by=PLATFORM, at=cast.at)


def test_who_complained_is_destroyed_when_the_years_are_over(cast: Cast) -> None:
    """保密年限届满、线索已经办结的，姓名、电话和关联的人员一并销毁，一条存证，线索页写明；没有到期的、没有办结的不动；没有改动线索本身。"""
    lead = taken_up(cast, name=NAME)
    kept = Complainant.objects.get(lead=lead)
    received = localtime(lead.received_at).date()
    assert kept.kept_until == add_years(received, KEPT_SECRET_YEARS.on(received).value)
    last = make_aware(datetime.combine(kept.kept_until, time(9)))
    refused_and_nothing_changed(partial(acts.destroy_identities, by=cast.wu, at=last), "由平台", "complaints")
    assert destroy_identities(last) == 0, "还没有办结"
    Lead.objects.filter(pk=lead.pk).update(state=State.CLOSED)
    assert destroy_identities(last - timedelta(days=1)) == 0
    assert [destroy_identities(last), destroy_identities(last)] == [1, 0]
    lead.refresh_from_db()
    assert lead.identity_destroyed_on == kept.kept_until and not Complainant.objects.exists()
    line = Entry.objects.get(event="lead.complainant_destroyed")
    assert (line.subject, NAME in str(line.detail)) == (lead.number, False)
    see = partial(acts.see_complainant, number=lead.number, purpose="想看", by=cast.wang, at=last)
    refused_and_nothing_changed(see, "已于.*销毁", "complaints")
    page = Client()
    page.force_login(User.objects.get(username="wang"))
    assert "投诉人的身份已于" in page.get(reverse("authority:lead", args=[lead.number])).content.decode()
