"""每一个页面: from each person's first page, is every page reached by links, whole, readable on a phone, and clear to axe?"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from lxml import html
from playwright.sync_api import Browser, Page, ViewportSize

from tests.kept import kept
from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import user_named
from touchstone.notices.operations import publish_announcement
from touchstone.policy.roles import OfficeKind
from touchstone.simulation.cast import BODY_C, DEMO_PEOPLE, actor_of
from touchstone.simulation.city import grow
from touchstone.web import clock
from touchstone.web.navigation import audience_of

AXE = settings.WEB.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = """axe.run(document, {resultTypes: ['violations'], preload: false, runOnly: {type: 'rule',
    values: axe._audit.rules.filter(one => one.enabled && ['serious', 'critical'].includes(one.impact) &&
        !axe._audit.tagExclude.some(tag => one.tags.includes(tag))).map(one => one.id)}})"""
"""Only the rules whose breach is grave: the others would be run and thrown away, and preloading parses every style sheet anew."""
IN_JOURNEYS_ONLY = {
    # fees of a plan that takes one, and a request of somebody who has not asked yet: a single row of the small city leads there
    "body:fees", "candidate:certificate_request_new",
    # acts on a filing in states that the small city does not hold, and receipts of what a visitor posts: the journeys go there
    "authority:filing_assessment", "authority:filing_conclude", "authority:filing_decision", "authority:filing_note",
    "authority:filing_objection", "authority:filing_visit", "public:objection", "body:upload", "body:filing_submit",
    "authority:filing_answer", "authority:filing_first_opinion", "authority:filing_panel", "authority:filing_panel_conclude",
    "authority:filing_review", "body:hand_over", "authority:loading", "authority:loading_undo",
    "body:filing_changes", "authority:filing_suspend", "authority:filing_restore",
    # course marks and what they exempt from: the small city's school has no pilot of 课证融通
    "body:courses", "body:course_batch", "body:course_results", "body:course_result", "body:plan_courses",
    # a run of the comparison and what it found: which cases the small city holds is up to the rules, the journey of the comparison is there
    "authority:alert", "body:alert", "authority:comparison_run", "operators:comparison_run",
    # what came of a roster's rows is reached by sending one in
    "body:roster_run",
    # a call that is closed or whose result is public, who was selected in it, and an application of one's own
    "authority:selection",
    "authority:call_ranking", "authority:call_objection", "body:call_application",
    "body:termination", "authority:plan_replace", "body:plan_replace", "body:plan_take_over",
    # led to from one row of a list only, which need not be the row that is opened here
    "authority:call_application_check", "authority:call_application_return", "authority:model_body",
    # a filing near its end: the small city holds none, the journey of the expiry evaluation is there
    "authority:term_evaluation", "body:term_evaluation",
    # a draw that is under way: the small city holds one whose visits are all known, the journey of the draw is there
    "authority:inspection_announce", "authority:inspection_chance",
    # a month's report is there once somebody has had one made; explanations and assistance are led to from one's tasks
    "authority:month", "authority:drift_explanation", "authority:assistance",
    # leads on to the bank of the office, since the city has one
    "authority:bank_home",
    "body:question_appoint", "body:question_edit", "body:question_review", "authority:question_appoint", "authority:question_edit",
    "authority:question_review",
    # a body asks for the use of the city bank, the city does not
    "authority:licence_new",
    # a file of questions brought by oneself, and one that went out: the journey of coming and going is there
    "body:question_import", "body:import_undo", "body:question_export_new", "body:question_export",
    "authority:question_import", "authority:import_undo", "authority:question_export_new", "authority:question_export",
    # a workbook of a standard handed in by oneself
    "body:structure_import_run", "body:structure_import", "authority:structure_import_run", "authority:structure_compare",
    "body:structure_compare", "authority:register_identity",
    "expert:assignment", "authority:corps_measure",
    # the record of a visit is led to by naming the body that was visited
    "authority:guidance_visit_of",
    # a paper in a state that the small city does not hold: sealed, opened, used
    "body:blueprint", "body:paper", "body:paper_seal", "body:paper_share", "body:paper_open", "body:paper_figures", "body:question_figures",
    # a sitting at the computer is led to from the arrangement of one of the plans only
    "body:computer_exam", "body:scripts", "body:script_log", "body:marking", "authority:scripts", "authority:script_log",
    # marks of a practical exam are led to from the arrangement of one of the plans, and from an assignment whose sitting has a scoring sheet
    "body:sitting_marks", "expert:marking",
    # a panel for level 2 or 1, which the small city does not hold
    "body:panel", "expert:panel", "expert:defence", "candidate:panel_papers",
    # a form of registration that the person is still filling in
    "candidate:registration_condition", "candidate:apply", "candidate:apply_photo", "candidate:apply_evidence", "candidate:apply_confirm",
    # a review is put down once, after the list is closed
    "body:appointment_review",
    # an appointment as 特级技师 or 首席技师 is in the journey of appointments
    "candidate:appointment", "candidate:appointment_letter", "candidate:nomination", "authority:appointment_letter",
    # the small city has no apprentices and no enterprise standard
    "body:appointment_letter", "body:apprentice", "body:apprentice_registration", "body:dual", "body:enterprise_standard",
    # what is examined about a certificate is told its holder, who is nobody of the cast; a list of support is brought by oneself
    "candidate:revocation_row", "candidate:revocation_paper", "authority:support_run", "authority:support_returned",
    "candidate:certificate_request_file", "body:certificate_request_file", "authority:certificate_request_file",
    # a case against somebody of the corps is in the journey only
    "expert:violation",
    # a shared link is the holder's to give
    "public:shared",
    # a complaint opens to who has its code
    "public:complaint_case",
    # a sitting on its day, or some days off
    "body:sitting", "expert:sitting", "authority:sitting",
    "authority:paper_share", "authority:paper_open", "authority:paper_figures", "authority:question_figures",
}  # fmt: skip
IN_ENGLISH = {"public:licences", "public:developers"}
"""What shows the words of licences, and a program to copy."""
ONE_PERSON, ENOUGH = 4, 5
WALKS = {
    "public": "公众", "body": "已备案的评价机构", "other_bodies": "其他评价机构", "authority": "市级部门", "grounds": "区和行业部门",
    "expert": "考评与督导队伍", "candidate": "考生", "operators": "平台运行",
    "adviser": "协办部门",
}  # fmt: skip
"""Each is walked apart, so that the processors share the work. A walk is to reach all pages of the audience it is named after."""
REACHED_BY = {
    "public:certificate": "body", "operators:announcement_new": "authority", "operators:working_days": "authority",
    # what only a school, a large enterprise or a body that pilots has
    "body:bank_home": "other_bodies", "body:pilot": "other_bodies", "body:pilots": "other_bodies", "body:student_new": "other_bodies",
    "body:students": "other_bodies",
    "body:students_import": "other_bodies", "body:subsidiary": "other_bodies", "body:worker": "other_bodies",
    # what is for whoever inspects, and nobody of the city office does in the small city
    "authority:inspection_plan_new": "grounds", "authority:inspection_visits": "grounds",
    "authority:inspection_check_new": "grounds", "authority:inspection_answers": "grounds", "authority:inspection_sign": "grounds",
    # who complained is for whoever verifies
    "authority:lead_complainant": "grounds",
    "authority:records_call_new": "grounds", "authority:tracing_new": "grounds", "authority:campaign_new": "grounds",
    "authority:case_charge": "grounds",
    # what is for whoever consents, files or recommends
    "authority:filing_appoint": "grounds", "authority:filing_ask": "grounds", "authority:filing_consent": "grounds",
    "authority:filing_return": "grounds", "authority:filing_return_to_step": "grounds", "authority:home": "grounds",
    "authority:industry_guidance": "grounds", "authority:project_new": "grounds",
}  # fmt: skip
"""Pages to which only another walk leads."""
DESK: ViewportSize = {"width": 1366, "height": 844}
PHONE: ViewportSize = {"width": 390, "height": 844}
NO_PAGE = {
    # what answers a post, a download, a fragment or a redirect is not a page to look at
    "home", "switch_office", "demo_people", "demo_log_in", "demo_clock", "open_message", "set_language",
    "identity_begin", "identity_back", "payment_notice",
}  # fmt: skip


@pytest.fixture
def city(transactional_db: None) -> None:
    """A small synthetic city, so that every list has rows, and an announcement."""
    kept("small city", small_city)


def small_city() -> tuple[int, ...]:
    """Grow it."""
    grow(scale="small", seed=7)
    at = clock.now()
    publish_announcement(title="关于模拟城市的公告", content="数据均为虚构。", by=actor_of("han", at.date()), at=at)
    return ()


@dataclass
class Walker:
    """Somebody who is logged in twice: in a client that follows the links, and in a browser that looks at what it is shown. `base` is the server's
    address; `elsewhere` names the views that another walk looks at; `opened` counts how often each view was opened by anybody, `troubles` what was
    found wrong."""

    client: Client
    page: Page
    base: str
    elsewhere: set[str]
    opened: Counter[str]
    troubles: list[str]

    def walk(self, *, first_of_roles: bool) -> None:
        """Follow the links of pages breadth first. A person opens up to `ONE_PERSON` pages of a view, until it has been opened `ENOUGH` times; the
        first of each set of roles opens one of every view all the same, since it may lead on for these roles only. Each view is looked at in the
        browser once in all the walks: a look takes a second, and there are thousands of pages."""
        start = self.client.get("/home", follow=True).request["PATH_INFO"]
        waiting, known, opened = [start], {start}, Counter[str]()
        while waiting:
            address = waiting.pop(0)
            name = view_of(address)
            most = ONE_PERSON if self.opened[name or ""] < ENOUGH or address == start else int(first_of_roles)
            if name is None or opened[name] >= most:
                continue
            opened[name] += 1
            answer = self.client.get(address, follow=True)
            if answer.status_code != 200:
                self.troubles.append(f"{address}: 状态 {answer.status_code}")
                continue
            name = view_of(answer.request["PATH_INFO"]) or name  # a redirect leads to the page meant
            self.opened[name] += 1
            if self.opened[name] == 1 and name not in self.elsewhere:
                self.page.goto(self.base + address)
                self.troubles += [f"{address}: {one}" for one in look(self.page, name)]
            for found in html.fromstring(answer.content).xpath("//a[not(@download)]/@href"):
                path = found.split("#")[0] if found.startswith("/v/") else urlsplit(found).path  # the check of a certificate's address stays on
                if found.startswith("/") and path not in known and not path.endswith((".pdf", ".xlsx")):
                    known.add(path)
                    waiting.append(path)


def view_of(address: str) -> str | None:
    """The name of the view behind an address, unless it is a download or a fragment."""
    try:
        name = resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
    if name in NO_PAGE or (name.startswith(("account_", "mfa_", "socialaccount")) and name not in {"account_login", "mfa_index"}):
        return None
    leaf = name.rsplit(":", 1)[-1]
    return None if leaf.endswith(("_print", "_file", "_pdf", "_paper", "_letter", "_template", "_sheet", "_returned", "_summary")) else name


def look(page: Page, name: str) -> list[str]:
    """What is wrong with a page as it stands: heading, overflow, untranslated words, axe."""
    found: list[str] = []
    if page.locator("h1").count() != 1:
        found.append(f"应有一个标题，有{page.locator('h1').count()}个")
    for name_of, size in (("手机", PHONE), ("桌面", DESK)):
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 1:
            found.append(f"{name_of}横向多出{wide}像素")
    if name not in IN_ENGLISH:
        text = page.locator("main").inner_text()
        found += [f"未翻译的“{word}”" for word in ("None", "True", "False", "Traceback", "{{", "{%") if word in text]
    result = page.evaluate(GRAVE)
    return found + [f"axe {v['id']}: {v['nodes'][0]['html'][:120]}" for v in result["violations"] if v["impact"] in {"serious", "critical"}]


def entered(browser: Browser, base: str, username: str) -> tuple[Client, Page]:
    """A client and a browser in which a person is logged in."""
    client = Client(raise_request_exception=False)
    # without motion: a colour on its way from one to another is no colour to judge
    context = browser.new_context(viewport=DESK, bypass_csp=True, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    context.add_init_script(path=AXE)
    if username:
        user = user_named(username)
        assert user is not None
        client.force_login(user, backend="touchstone.accounts.backends.PasswordBackend")
        session: SessionBase = client.session
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": base}])
    return client, context.new_page()


def walk_of(actor: Actor) -> str:
    """The walk that an actor's people belong to."""
    audience = audience_of(actor)
    if audience == "body":
        return "body" if actor.office_name == BODY_C else "other_bodies"
    if audience == "authority":
        return "authority" if actor.office_kind in {OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU} else "grounds"
    return audience


def pages_of(walked: str) -> set[str]:
    """Every named view that is a page with an address of its own, and which this walk is to reach."""
    spaces = get_resolver().namespace_dict
    names = {f"{space}:{getattr(pattern, 'name', '')}" for space in WALKS if space in spaces for pattern in spaces[space][1].url_patterns}
    names = {name for name in names if REACHED_BY.get(name, name.split(":")[0]) == walked}
    fragments = {
        "candidate:pay",
        "body:plan_archive",
        "body:take", "authority:take", "operators:parameter_answer", "operators:announcement_withdraw", "body:plan_dates", "body:filing_autosave",
        "body:filing_findings", "body:filing_scope_options", "body:filing_scope_remove", "body:filing_attach", "body:filing_detach",
        "body:score_row", "body:staff_end", "authority:filing_assessment_save", "body:plan_certificates", "body:printed_part",
        "authority:read_copy", "body:read_copy", "authority:filing_urge", "authority:filing_call_back",
        "body:workers_end", "body:students_end", "body:agreement_students_end",
        "authority:project_withdraw", "authority:project_retire", "authority:call_lot_remove", "authority:call_publish", "authority:call_announce",
        "body:call_apply", "body:call_application_autosave", "body:call_application_attach", "body:call_application_detach",
        "body:call_application_withdraw",
        "authority:endings_refresh", "authority:corps_grant", "authority:corps_appraisals_decide",
        "body:question_act", "authority:question_act", "body:question_picture", "authority:question_picture", "body:questions_act",
        "authority:questions_act", "body:marking_photo", "authority:alerts_batch", "authority:comparison_switch",
        "authority:grades_batch", "authority:assessments_batch",
    }  # fmt: skip
    ends = ("_print", "_file", "_pdf", "_paper", "_letter", "_template", "_sheet", "_returned", "_summary", "_progress", "_part", "_options")
    return {name for name in names - fragments if not name.endswith(ends)}


@pytest.mark.long
@pytest.mark.parametrize("whose", WALKS, ids=list(WALKS.values()))
def test_every_page_is_reached_and_clear(city: None, live_server, browser, whose: str) -> None:
    """从每个人的首页出发，所属一方的每个页面都能走到，没有错误，桌面和手机都没有横向滚动，没有严重的无障碍问题。"""
    seen: Counter[str] = Counter()
    elsewhere = {name for other in WALKS if other != whose for name in pages_of(other)} - IN_JOURNEYS_ONLY
    troubles: list[str] = []
    walked: set[object] = set()
    today = clock.now().date()
    for username in ["", *(person.username for person in DEMO_PEOPLE)]:
        actor = actor_of(username, today)
        if walk_of(actor) != whose:
            continue
        client, page = entered(browser, live_server.url, username)
        page.on("pageerror", lambda error: troubles.append(f"脚本错误 {error}"))
        roles = (actor.office_kind, actor.roles)
        Walker(client, page, live_server.url, elsewhere, seen, troubles).walk(first_of_roles=roles not in walked)
        walked.add(roles)
        page.context.close()
    assert not troubles, "\n".join(dict.fromkeys(troubles))
    missing = sorted(pages_of(whose) - set(seen) - IN_JOURNEYS_ONLY)
    assert not missing, f"没有链接通向：{missing}"
