"""离线查验页测试: does the browser judge as the engine does, word for word, and with either way of checking a signature?"""

import base64
import random
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route

from tests.trust.receipts import KEY, receipt
from tests.trust.signed import NOW, ORIGIN, ROOT, claims, credential, entries, paper
from tests.trust.vectors import Example, examples, mutated
from touchstone.trust.canonical import canonical
from touchstone.trust.issuers import bundle
from touchstone.trust.receipts import receipt_step
from touchstone.trust.signing import multikey

JUDGE = """async ({issuers, root, cases, fallback}) => {
  const check = await import("/static/certificate-check.js");
  check.ways.fallback = "/static/vendor/noble-ed25519.js";
  check.ways.forceFallback = fallback;
  check.ways.national = ["/static/vendor/sm2.js", "/static/vendor/sm3.js"];
  const known = await check.readIssuers(check.parse(JSON.stringify(issuers)), check.fromMultikey(root)[1]);
  const found = [];
  for (const {held, lists, at} of cases) {
    const look = typeof held === "string" ? check.checkCode : check.checkCredential;
    const {steps} = await look(held, known, at, lists);
    found.push([check.outcomeOf(steps), ...steps.map((one) => [one.key, one.outcome, one.sentence])]);
  }
  return found;
}"""


@pytest.fixture
def page(browser: Browser) -> Page:
    """An empty page of an address of its own, where our static files lie."""
    opened = browser.new_context(locale="zh-CN", service_workers="block").new_page()

    def give(route: Route) -> None:
        name = route.request.url.partition("/static/")[2]
        if name:
            route.fulfill(path=Path(settings.WEB) / "static" / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")

    opened.route("https://checker.example/**", give)
    opened.goto("https://checker.example/")
    return opened


def judged(page: Page, cases: list[Example], *, fallback: bool = False) -> list[list[object]]:
    """What the browser says of each."""
    issuers = bundle(entries(), ROOT, origins=[ORIGIN], at=NOW)
    sent = [{"held": one.held, "lists": list(one.lists), "at": one.at.timestamp() * 1000} for one in cases]
    return page.evaluate(JUDGE, {"issuers": issuers, "root": multikey(ROOT.public_key), "cases": sent, "fallback": fallback})  # type: ignore[no-any-return]


def expected(one: Example) -> list[object]:
    """What the engine says."""
    verdict = one.verdict()
    return [verdict.outcome, *([step.key, step.outcome, step.sentence] for step in verdict.steps)]


def steps(found: list[object]) -> list[object]:
    return [one[:2] if isinstance(one, list) else one for one in found]


@pytest.mark.parametrize("fallback", [False, True], ids=["浏览器自带", "后备脚本"])
def test_the_browser_judges_as_the_engine_does(page: Page, fallback: bool) -> None:
    """每个例子，浏览器与命令行的结论逐字相同。"""
    cases = list(examples())
    for one, found in zip(cases, judged(page, cases, fallback=fallback), strict=True):
        assert found == expected(one), one.name


def test_without_the_scripts_for_sm2_the_rest_is_judged(page: Page) -> None:
    """没有网络又没存下国密脚本的，说明没有核对，其余照常。"""
    (both,) = (one for one in examples() if one.name == "凭证双签")
    page.route("**/vendor/sm*.js", lambda route: route.abort())
    (found,) = judged(page, [both])
    assert found[0] == "good"
    assert ["second", "unknown"] in steps(found)


def test_what_was_touched_is_judged_alike(page: Page) -> None:
    """翻一位、改一个字的，两边都不承认，不通过的是同一项。"""
    cases = list(mutated(random.Random(7), 150))
    for one, found in zip(cases, judged(page, cases), strict=True):
        assert steps(found) == steps(expected(one)), one.name
        assert found[0] == "bad", one.name


LOGGED = """async ({cases, keys, pdf}) => {
  const check = await import("/static/certificate-check.js");
  check.ways.fallback = "/static/vendor/noble-ed25519.js";
  const known = [], found = [];
  for (const key of keys) known.push(await check.readLogKey(key));
  for (const [document, text] of cases) { const one = await check.receiptStep(document, text, known); found.push([one.outcome, one.sentence]); }
  const held = await check.attachedInPdf(Uint8Array.from(atob(pdf), (c) => c.charCodeAt(0)));
  return [found, held.credential && check.canonicalText(held.credential), held.receipt];
}"""


def test_receipts_and_what_is_in_a_pdf_are_read_alike(page: Page) -> None:
    """存证回执原样的、翻一位的、别家的，两边说的一样；PDF里的附件读得出来。"""
    text, cases = receipt(), [(credential(), receipt()), (credential(), receipt(0, 1)), (credential(), receipt(8, 9)), (credential(), "")]
    chance = random.Random(11)
    for _ in range(150):
        held = bytearray(text.encode())
        held[chance.randrange(len(held))] ^= 1 << chance.randrange(7)
        cases.append((credential(), held.decode("utf-8", "replace")))
    cases.append((credential(claims(level="4")), text))
    whole = paper(("credential.json", canonical(credential())), ("receipt.tlog-proof", text.encode()))
    sent = {"cases": cases, "keys": [str(KEY)], "pdf": base64.b64encode(whole).decode()}
    found, document, proof = page.evaluate(LOGGED, sent)
    said = [receipt_step(document, text, [KEY]) for document, text in cases]
    assert found == [[one.outcome, one.sentence] for one in said]
    assert [one.outcome for one in said[:3]] == ["good"] * 3
    assert (document, proof) == (canonical(credential()).decode(), text)
