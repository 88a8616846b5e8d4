"""考场布景: a room of candidates who are signed in to a sitting at the computer that is open now, and a browser for each, by the real pages."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from time import perf_counter, time
from typing import Any
from urllib.parse import urlencode

from bench.load import LOOPBACK

WHOLE = {"choice": (60, "0.5", 12), "true_false": (80, "0.5", 16), "multiple": (30, "1", 8)}
SHORT = {"choice": (10, "4", 3), "true_false": (10, "4", 3), "multiple": (4, "5", 2)}
"""Of each kind: questions in a form (170 in all, or 24), the points of each, and questions in the bank for every element."""
PATIENCE = 30.0  # seconds for one answer


@dataclass(frozen=True)
class Claim:
    """What one candidate types at the seat."""

    ticket: str
    digits: str
    code: str


def open_room(people: int, mix: Mapping[str, tuple[int, str, int]] = WHOLE) -> list[Claim]:
    """This function will build the room by the real operations, with Django started, and give who may sit down in it.

    `mix` is what the paper is made of: `WHOLE` or `SHORT`.
    """
    from bench.campaign import stage
    from touchstone.exams import permissions
    from touchstone.exams.operations.computer_exams import set_on_computer
    from touchstone.exams.queries import sittings as queries
    from touchstone.exams.states import Part
    from touchstone.policy.questions.papers import Asked
    from touchstone.simulation import computer_exam

    stage.ground()
    at = stage.now()
    _stock_bank(at - timedelta(days=40), mix)
    run = _arranged(people, at)
    kinds = {kind: Asked(count, Decimal(points)) for kind, (count, points, _) in mix.items()}
    early = at - timedelta(days=2)
    paper = computer_exam.composed_for(run.plan, at=early, kinds=kinds, element_most=60, overlap_most=170)
    if not paper:
        raise RuntimeError("no paper could be composed")
    sitting = queries.sittings(run.plan).get(part=Part.THEORY)
    set_on_computer(sitting_number=sitting.number, paper_number=paper, by=run.planner, at=early)
    before = max(sitting.starts_at - timedelta(minutes=30), at.replace(hour=0, minute=0, second=0))
    computer_exam.opened(paper, computer_exam.sealed(paper, opens_at=before, at=early), at=before)
    computer_exam.let_in(run.plan, planner=run.planner, at=before)
    seats = queries.seats(sitting)
    code = sitting.computer.code
    return [Claim(seat.candidate.ticket_number or "", permissions.last_digits(seat), code) for seat in seats]


def _stock_bank(at: datetime, mix: Mapping[str, tuple[int, str, int]]) -> None:
    from dataclasses import replace

    from django.db import transaction

    from touchstone.accounts.actor import PLATFORM
    from touchstone.catalogue import queries as catalogue
    from touchstone.measurement.interchange.marked import from_marked
    from touchstone.questions import operations
    from touchstone.questions.operations.history import load_history
    from touchstone.simulation import bank as simulated
    from touchstone.simulation.bank_topics import TOPICS
    from touchstone.simulation.cast import actor_of
    from touchstone.simulation.standards import loading

    day = at.date()
    loading.stock(at=at)
    author, keeper = actor_of("bai", day), actor_of("ji", day)
    reviewers = [actor_of("ge", day), actor_of("mo", day)]
    later = at + timedelta(days=3)
    made = operations.open_city_bank(by=keeper, at=later)
    standard = catalogue.standard(simulated.STANDARD)
    makers = {
        "choice": lambda topic, other: simulated.choice(topic),
        "multiple": simulated.multiple,
        "true_false": lambda topic, other: simulated.true_false(topic, True),
    }
    entries, place = [], 0
    for code in simulated.abouts(standard, "theory", later):
        for kind, (_, _, count) in mix.items():
            for _ in range(count):
                topic, other = TOPICS[place % len(TOPICS)], TOPICS[(place + 7) % len(TOPICS)]
                content = makers[kind](topic, other)
                content = replace(content, stem=(*from_marked(f"（第{place}号）"), *content.stem))
                entries.append((simulated.about_of(standard, "theory", content, code, place), content))
                place += 1
    with transaction.atomic():
        load_history(bank=made, entries=entries, author=author, reviewers=reviewers, by=PLATFORM, at=later)


def _arranged(people: int, at: datetime) -> Any:
    """A plan of today with so many eligible candidates, one room for all of them in each part, and people enough to watch and judge."""
    from bench.campaign import stage
    from touchstone.accounts.actor import PLATFORM
    from touchstone.bodies.operations import add_room, add_staff
    from touchstone.bodies.queries import staff_of
    from touchstone.catalogue.queries import occupation
    from touchstone.exams.operations.arrangement import SittingTerms, add_sitting
    from touchstone.exams.operations.seating import assign_seats
    from touchstone.exams.queries import sittings as queries
    from touchstone.policy.exams.deadlines import PLAN_BEFORE
    from touchstone.simulation.computer_exam import hours_around
    from touchstone.simulation.crowd import Crowd
    from touchstone.simulation.evaluation import Evaluation
    from touchstone.simulation.filing import TURNER
    from touchstone.simulation.premises import random_of

    body, since = stage.body_of("ren"), at - timedelta(days=60)
    crowd = Crowd(random_of(stage.SEED, "exam-room"))
    venue = body.venues.order_by("pk")[0]
    rooms = {}
    for purpose, name in (("theory", "大机房"), ("practical", "大车间")):
        rooms[purpose] = add_room(
            venue_number=venue.number, name=name, purpose=purpose, seats=people, cameras=2, equipment="机位", by=PLATFORM, at=since
        )  # fmt: skip
    for duty, count in (("invigilator", max(2, -(-people // 15))), ("assessor", max(3, -(-people // 5) | 1))):
        for _ in range(count):
            someone, judges = crowd.grown_up(since.date()), duty == "assessor"
            add_staff(
                body=body, name=someone.name, id_number=someone.id_number, duty=duty, post="", full_time=True,
                occupation=occupation(TURNER, since.date()) if judges else None, highest_level=1 if judges else None,
                qualification=crowd.qualification() if judges else "", by=PLATFORM, at=since,
            )  # fmt: skip
    hours = hours_around(at)
    run = Evaluation(stage.scope(5), at.date(), people, crowd, stage.acting("ren"), stage.acting("gu"), stage.acting("wang"), hours=hours)
    run._drafted()
    run._reported()
    registered = run._at(-PLAN_BEFORE.on(run.exam_on).value - 3, 14)
    for _ in range(people):
        run._one(*crowd.applies(5, registered.date()), registered, complete=True)
    run._reviewed()
    arranged, plan = run._at(-6, 15), run.plan
    supervisor = staff_of(body, at.date(), "internal_supervisor")[0].pk
    for part in queries.plan_parts(plan):
        staff = [one.pk for one in staff_of(body, at.date(), "invigilator" if part == "theory" else "assessor")]
        staff = staff if part == "theory" or len(staff) % 2 else staff[:-1]
        starts, ends = (datetime.combine(run.exam_on, hour, arranged.tzinfo) for hour in hours[part.value])
        terms = SittingTerms(part, rooms[part.value].pk, starts, ends, staff, supervisor)
        add_sitting(plan_number=run.number, terms=terms, by=run.planner, at=arranged)
    assign_seats(plan_number=run.number, by=run.planner, at=arranged, seed="exam-room")
    run._arranged()
    return run


class Broken(OSError):
    """The server answered nothing, or something that a browser of ours tries again after."""


@dataclass
class Browser:
    """One candidate's browser: one kept connection, the cookies, and what was acknowledged."""

    port: int
    claim: Claim
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    signed: str = ""
    paper: dict[str, Any] = field(default_factory=dict)
    sequence: int = 0
    acknowledged: dict[int, tuple[int, Any]] = field(default_factory=dict)
    answers: int = 0  # of whatever was asked, that were not a refusal to answer
    ended: bool = False
    trouble: str = ""  # what came to nothing last, for whoever looks at a trial that broke off
    taken: dict[str, list[float]] = field(default_factory=dict)
    _line: Any = None

    async def ask(self, what: str, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> tuple[int, dict[str, str], bytes]:
        """This method will ask over the kept connection and note how long the answer took. :raises Broken:"""
        begun = perf_counter()
        try:
            found = await asyncio.wait_for(self._ask(method, path, body, kind), PATIENCE)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, ValueError) as trouble:
            self.hang_up()
            raise Broken(f"{what}: {trouble!r}") from trouble
        self.taken.setdefault(what, []).append(perf_counter() - begun)
        self.answers += found[0] < 500
        return found

    async def _ask(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, dict[str, str], bytes]:
        if self._line is None:
            self._line = await asyncio.open_connection(LOOPBACK, self.port)
        reader, writer = self._line
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\nCookie: {cookies}\r\nContent-Length: {len(body)}\r\n"
        head += f"Content-Type: {kind}\r\nX-CSRFToken: {self.token}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                own, _, rest = value.partition(";")[0].partition("=")
                self.cookies[own] = rest
            headers[name.lower()] = value
        if "content-length" not in headers or " " not in lines[0]:
            raise ValueError("an answer that cannot be read to its end")
        content = await reader.readexactly(int(headers["content-length"]))
        return int(lines[0].split(" ")[1]), headers, content

    def hang_up(self) -> None:
        """This method will drop the connection."""
        if self._line is not None:
            self._line[1].close()
            self._line = None

    async def sit_down(self) -> None:
        """This method will fill in the card, up to the button that begins."""
        _, _, page = await self.ask("card", "GET", "/exam/")
        self._csrf(page)
        form = {"ticket": self.claim.ticket, "digits": self.claim.digits, "code": self.claim.code, "csrfmiddlewaretoken": self.token}
        status, _, page = await self.ask("card", "POST", "/exam/", urlencode(form).encode(), "application/x-www-form-urlencoded")
        found = re.search(rb'name="claim" value="([^"]+)"', page)
        if status != 200 or not found:
            raise RuntimeError(f"the card did not come: {status} {page[:300]!r}")
        self.signed = found[1].decode()
        self._csrf(page)

    def _csrf(self, page: bytes) -> None:
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        self.token = found[1].decode() if found else self.token

    async def begin(self) -> None:
        """This method will press the button and read the questions."""
        form = urlencode({"claim": self.signed, "csrfmiddlewaretoken": self.token}).encode()
        status, _, page = await self.ask("begin", "POST", "/exam/", form, "application/x-www-form-urlencoded")
        if status != 302:
            raise Broken(f"begin: {status} {' '.join(re.sub(rb'<[^>]+>', b'', page).decode().split())}")
        await self.read()

    async def read(self) -> None:
        """This method will open the page of the script, as after a reload."""
        status, _, page = await self.ask("questions", "GET", "/exam/script")
        found = re.search(rb'<script id="paper" type="application/json">(.*?)</script>', page, re.S)
        if status != 200 or not found:
            raise Broken(f"questions: {status}")
        self.paper = json.loads(found[1])
        self.token, self.sequence = self.paper["token"], max(self.sequence, self.paper["sequence"])

    def change(self, place: int, turn: int) -> dict[str, Any]:
        """This method will answer a question, another way each turn."""
        part = self.paper["questions"][place - 1]["parts"][0]
        chosen = turn % len(part["options"])
        self.sequence += 1
        return {"s": self.sequence, "p": place, "v": [[chosen] if part["asks"] == "many" else chosen], "at": time() * 1000, "ms": 900}

    async def save(self, changes: list[dict[str, Any]], to: str = "/exam/answers", what: str = "save") -> bool:
        """This method will send changes and note which were acknowledged; it says whether the script is handed in. :raises Broken:"""
        status, _, body = await self.ask(what, "POST", to, json.dumps({"changes": changes}).encode())
        if status == 409:
            return True
        if status != 200:
            raise Broken(f"{what}: {status} {body[:200]!r}")
        kept = set(json.loads(body)["kept"])
        self.acknowledged |= {one["s"]: (one["p"], one["v"]) for one in changes if one["s"] in kept}
        return to == "/exam/submit"

    async def hand_in(self) -> None:
        """This method will hand the script in."""
        await self.save([], "/exam/submit", "submit")


def lost(browsers: list[Browser]) -> tuple[int, int]:
    """This function will look in the database for every change that was acknowledged: how many are not there as they were sent, of how many."""
    from touchstone.exams.models import Answer, Script
    from touchstone.questions.delivery import as_sent
    from touchstone.questions.operations.delivering import delivered_form

    gone = total = 0
    scripts = {one.number: one for one in Script.objects.select_related("exam")}
    for browser in browsers:
        script = scripts.get(browser.paper.get("number", ""))
        total += len(browser.acknowledged)
        if script is None:
            gone += len(browser.acknowledged)
            continue
        form = delivered_form(script.exam.paper_id, script.letter, script.begun_at)
        rows = {one.sequence: one for one in Answer.objects.filter(script=script)}
        for sequence, (place, value) in browser.acknowledged.items():
            position, orders = script.layout[place - 1]
            row = rows.get(sequence)
            there = row is not None and row.position == position and as_sent(form.placed[position], orders, row.response) == value
            gone += not there
    return gone, total
