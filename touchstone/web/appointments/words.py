"""评聘用语: how do states, votes and days stand on the pages, and how is the history of a case told?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.appointments.states import LAW, Standing, State, Tenure
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.web.events import WORDS
from touchstone.web.forms import day_given
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.appointments.models import Appointment, Nomination, Round

_ROUND = {
    State.ANNOUNCED: "info",
    State.CHECKED: "info",
    State.REVIEWED: "info",
    State.NOTICED: "warn",
    State.CONFIRMED: "info",
    State.APPOINTED: "ok",
    State.EMPTY: "neutral",
    State.CANCELLED: "neutral",
}
_STANDING = {
    Standing.ENTERED: "warn",
    Standing.QUALIFIED: "info",
    Standing.UNQUALIFIED: "danger",
    Standing.WITHDRAWN: "neutral",
    Standing.CHOSEN: "ok",
    Standing.PASSED_OVER: "neutral",
    Standing.STRUCK: "danger",
    Standing.APPOINTED: "ok",
}
ROUND_STATES = {one.value: (one.label, _ROUND[one]) for one in State}
STANDINGS = {one.value: (one.label, _STANDING[one]) for one in Standing}
TENURES = {Tenure.SERVING.value: (Tenure.SERVING.label, "ok"), Tenure.ENDED.value: (Tenure.ENDED.label, "neutral")}
POSTS = [(post.value, post.label) for post in SeniorPost]


def entries_of(*numbers: str) -> list[dict[str, Any]]:
    """This function will tell what happened to a round, a nomination or an appointment, in order."""
    lines = [line for number in numbers for line in history(number) if line.event.startswith("appointment.")]
    return [
        {
            "what": WORDS.get(line.event, line.event),
            "who": line.actor_label,
            "at": line.at,
            "opinion": line.reason,
            "receipt": f"第{line.pk}号",
        }
        for line in sorted(lines, key=lambda line: line.pk)
    ]


def votes_of(one: "Nomination") -> str:
    """This function will write how the panel voted; a dash where it has not."""
    return "—" if one.votes_for is None else f"赞成{one.votes_for}，反对{one.votes_against}"


def day_chosen(text: str, what: str) -> date:
    """This function will read a day that was chosen for `what`. :raises Refusal: for what is none."""
    chosen = day_given(text)
    if chosen is None:
        raise Refusal(f"请选择{what}。", LAW, "按日历选择。")
    return chosen


def round_pairs(found: "Round") -> list[tuple[str, Any]]:
    """This function will give what was announced, as pairs."""
    return [
        ("评聘单位", found.body.name),
        ("岗位", found.get_post_display()),
        ("职业（工种）", f"{found.occupation_label}（{found.occupation_code}）"),
        ("岗位数", f"{found.posts}个"),
        ("申报截止", day(found.applications_until)),
        ("聘期", f"{found.term_years}年"),
    ]


def appointment_pairs(found: "Appointment") -> list[tuple[str, Any]]:
    """This function will give what an appointment is, as pairs."""
    return [
        ("姓名", found.person.name),
        ("证件号码", found.person.id_masked),
        ("聘任单位", found.body.name),
        ("岗位", found.get_post_display()),
        ("职业（工种）", found.occupation_label),
        ("受聘日", day(found.since)),
        ("聘期至（不含）", day(found.until)),
        ("评聘编号", found.nomination.round.number),
    ]
