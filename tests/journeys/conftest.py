"""旅程公用: how does a story open the site, log in as somebody, and get recorded?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.record import Journey, write

HERE = Path(__file__).parent
journeys: dict[str, Journey] = {}  # by node id, all that were collected
left_out: list[str] = []


@dataclass
class Site:
    """The site as people see it: each person has a browser of their own."""

    url: str
    new_context: Callable[..., BrowserContext]
    work_off_jobs: Callable[[], None]

    def visit(self, path: str = "/", **context: Any) -> Page:
        """Open a page as a stranger; `context` are Playwright's options, such as a phone's `viewport`."""
        size = context.pop("viewport", None)
        page = self.new_context(**context).new_page()
        if size:
            page.set_viewport_size(size)
        page.goto(self.url + path)
        return page

    def log_in(self, username: str, password: str, **context: Any) -> Page:
        """Log in by the form, and give the page one lands on."""
        page = self.visit("/login", **context)
        form = page.locator("form:has(input[type=password])")
        form.locator("input[type=text], input[type=email]").first.fill(username)
        form.locator("input[type=password]").fill(password)
        form.locator("button[type=submit]").first.click()
        expect(page).not_to_have_url(f"{self.url}/login")
        return page


@pytest.fixture
def site(live_server, new_context, work_off_jobs) -> Site:
    """Give the site, running on an otherwise empty database."""
    return Site(live_server.url, new_context, work_off_jobs)


@pytest.fixture
def new_context(new_context, request: pytest.FixtureRequest):
    """Open browsers whose every page is noted for the record."""
    journey = journeys.get(request.node.nodeid)

    def open_one(**options: object) -> BrowserContext:
        context: BrowserContext = new_context(**options)
        if journey:
            context.on("response", journey.note)
        return context

    return open_one


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """List the journeys of this run."""
    for item in items:
        if item.path.parent == HERE and item.get_closest_marker("journey"):
            duties = tuple(str(key) for mark in item.iter_markers("duty") for key in mark.args)
            name = f"{item.path.stem}::{getattr(item, 'originalname', item.name)}"
            journeys[item.nodeid] = Journey(name, duties)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Remember that this run is only a part."""
    left_out.extend(item.nodeid for item in items if item.path.parent == HERE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """A journey has passed when set-up, story and tear-down have."""
    report = yield
    journey = journeys.get(item.nodeid)
    if journey and report.when == "call":
        journey.passed = report.passed
    elif journey and not report.passed:
        journey.passed = False
    if journey and report.when == "teardown":
        item.config.stash.setdefault(FINISHED, set()).add(item.nodeid)
    return report


FINISHED = pytest.StashKey[set[str]]()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the record, if this was the whole suite of journeys in a real browser."""
    files = {path.name for path in HERE.glob("test_*.py")}
    whole_files = {Path(argument.split("::")[0]).name for argument in session.config.args if "::" in argument}
    collected = {item.path.name for item in session.items if item.path.parent == HERE}
    finished = session.config.stash.get(FINISHED, set())
    from tests.conftest import BROWSER

    complete = journeys and not left_out and not whole_files & files and collected == files and finished == set(journeys)
    if complete and BROWSER is not None:
        write(journeys.values())
