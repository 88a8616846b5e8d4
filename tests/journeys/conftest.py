"""旅程公用: how does a story open the site, log in as somebody, act and look on a page, and get recorded?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Error, Page, ViewportSize, expect

from tests.exams.test_pages import enter
from tests.journeys.record import Journey, Run, write_when_complete
from touchstone.accounts.queries import user_named

HERE = Path(__file__).parent
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 20_000  # milliseconds for what must come to be seen: two browsers and a server share few processors, and a slow answer is no wrong one
expect.set_options(timeout=PATIENCE)
this_run = Run()
left_out: list[str] = []


@dataclass
class Site:
    """The site as people see it: each person has a browser of their own."""

    url: str
    new_context: Callable[..., BrowserContext]
    work_off_jobs: Callable[[], None]

    def visit(self, path: str = "/", cookies: dict[str, str] | None = None, **context: Any) -> Page:
        """Open a page as a stranger; `context` are Playwright's options, such as a phone's `viewport`."""
        size = context.pop("viewport", None)
        opened = self.new_context(**context)
        opened.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in (cookies or {}).items()])
        page = opened.new_page()
        if size:
            page.set_viewport_size(size)
        page.goto(self.url + path)
        return page

    def log_in(self, username: str, password: str, **context: Any) -> Page:
        """Come as somebody who has logged in a moment ago, to the page one lands on then."""
        user = user_named(username)
        assert user is not None and user.is_active and user.check_password(password), f"{username}不能登录"
        return self.visit("/home", {settings.SESSION_COOKIE_NAME: str(enter(username).session.session_key)}, **context)

    def log_in_by_form(self, username: str, password: str, **context: Any) -> Page:
        """Log in as people do: the stories of coming in, and one of every part of the house, begin so."""
        page = self.visit("/login", **context)
        form = page.locator("form:has(input[type=password])")
        form.locator("input[type=text], input[type=email]").first.fill(username)
        form.locator("input[type=password]").fill(password)
        form.locator("button[type=submit]").first.click()
        expect(page).not_to_have_url(f"{self.url}/login")
        return page


def confirm(page: Page, opener: str, button: str, **fields: str) -> None:
    """Open a dialog, fill it and confirm."""
    page.get_by_role("button", name=opener, exact=True).click()
    dialog = page.get_by_role("dialog")
    for label, text in fields.items():
        dialog.get_by_label(label).fill(text)
    dialog.get_by_role("button", name=button, exact=True).click()


def look_again(page: Page) -> None:
    """Load a page again after work was done behind it; one that is just doing so itself is let do it."""
    try:
        page.reload()
    except Error as trouble:
        if "ERR_ABORTED" not in str(trouble):
            raise
        page.wait_for_load_state()


def shows(page: Page, *words: str) -> None:
    """Expect each of these on the page."""
    for one in words:
        expect(page.get_by_text(one).first).to_be_visible()


@pytest.fixture
def site(live_server, new_context, work_off_jobs) -> Site:
    """Give the site, running on an otherwise empty database."""
    return Site(live_server.url, new_context, work_off_jobs)


@pytest.fixture
def new_context(new_context, request: pytest.FixtureRequest):
    """Open browsers whose every page is noted for the record."""
    journey = this_run.journeys.get(request.node.nodeid)

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
            this_run.journeys[item.nodeid] = Journey(name, duties)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Remember that this run is only a part."""
    left_out.extend(item.nodeid for item in items if item.path.parent == HERE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """A journey has passed when set-up, story and tear-down have."""
    report = yield
    journey = this_run.journeys.get(item.nodeid)
    if journey and report.when == "call":
        journey.passed = report.passed
    elif journey and not report.passed:
        journey.passed = False
    if journey and report.when == "teardown":
        this_run.finished.add(item.nodeid)
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the record, if this was the whole suite of journeys in a real browser; one process of several hands its share on."""
    from tests.conftest import BROWSER

    files = {path.name for path in HERE.glob("test_*.py")}
    whole_files = any("::" in argument for argument in session.config.args)
    collected = {item.path.name for item in session.items if item.path.parent == HERE}
    this_run.whole = BROWSER is not None and not left_out and not whole_files and collected == files
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["journeys"] = this_run.as_plain()
    else:
        write_when_complete([this_run])
