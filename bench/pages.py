"""名单页: how long do the list pages take in a district-size city?"""

from dataclasses import dataclass

from bench.load import Answers, ask
from bench.place import server

WORKERS, REQUESTS = 2, 60


@dataclass(frozen=True)
class Listed:
    """A page, who opens it, and how it answered; `absent` says why it could not be opened."""

    name: str
    who: str
    answers: Answers | None = None
    absent: str = ""


PAGES = (
    ("区：待办", "wang", "authority:inbox"),
    ("区：备案", "zhou", "authority:filings"),
    ("区：认定计划", "wang", "authority:plans"),
    ("市：认定计划", "xu", "authority:plans"),
    ("市：评价机构", "xu", "authority:bodies"),
    ("市：证书", "xu", "authority:certificates"),
    ("机构：待办", "PLANNER", "body:inbox"),
    ("机构：认定计划", "PLANNER", "body:plans"),
    ("机构：考生", "PLANNER", "body:candidates"),
    ("机构：证书", "PLANNER", "body:certificates"),
    ("机构：人员", "PLANNER", "body:staff"),
    ("公众：备案机构", "", "public:register"),
    ("公众：公示", "", "public:notices"),
)


def run() -> list[Listed]:
    """Open every page as its person, one visitor after another."""
    from touchstone.simulation.cast import DEMO_PEOPLE

    names = {one.username: one.name for one in DEMO_PEOPLE}
    username, plan = _busiest()
    found = []
    with server(WORKERS) as (port, _):
        for name, who, view in PAGES:
            person = username if who == "PLANNER" else who
            path = _path(view, plan)
            if path is None:
                found.append(Listed(name, person, absent="还没有这个页面"))
                continue
            cookie = cookie_of(person) if person else ""
            try:
                ask(port, [path], count=3, visitors=1, cookie=cookie)
                answers = ask(port, [path], count=REQUESTS, visitors=1, cookie=cookie)
            except RuntimeError as trouble:
                found.append(Listed(name, person, absent=str(trouble)))
                continue
            found.append(Listed(name, names.get(person, "该机构考务经办人" if person else "访客"), answers))
    return found


def _path(view: str, plan: str) -> str | None:
    from django.urls import NoReverseMatch, reverse

    for arguments in ([], [plan]):
        try:
            return reverse(view, args=arguments, urlconf="touchstone.urls")
        except NoReverseMatch:
            continue
    return None


def _busiest() -> tuple[str, str]:
    """The log-in of the body whose plan has most candidates, and that plan."""
    from django.db.models import Count

    from touchstone.accounts.actor import PLATFORM
    from touchstone.accounts.queries import users_of
    from touchstone.exams.queries.plans import plans

    plan = plans(PLATFORM).annotate(people=Count("candidates")).order_by("-people")[0]
    user = users_of(plan.body.office, plan.exam_on).first()
    assert user is not None
    return user.username, plan.number


def cookie_of(username: str) -> str:
    """A session of somebody, made as a log-in would."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from touchstone.accounts.queries import user_named

    user = user_named(username)
    assert user is not None
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "touchstone.accounts.backends.PasswordBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
