"""接口示例: how does a body's own system report to the platform? Python's standard library only; copy it, or read it and write your own.

    export TOUCHSTONE_URL=http://127.0.0.1:8000     平台地址
    export TOUCHSTONE_KEY=tsk_…                     机构负责人在“系统对接”页开通的密钥

    python client.py scope                          可以编制计划的备案范围
    python client.py plan terms.json                编制并上报计划，打印计划编号
    python client.py register JH202600001 people.json
    python client.py evidence JH202600001 proofs.json
    python client.py sign-in JH202600001-01 signed.json
    python client.py scores JH202600001 scores.json
    python client.py status JH202600001

The files hold what the document at /api/v1/openapi.json calls PlanTerms, or a list of Registration, Proof, SignIn or Score. In a file of proofs a row
may name `file`, a PDF or picture beside it: it is handed in first and the proof rests on it.
"""

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

TRIES = 5


class Refused(Exception):
    """The platform said no: why, on which clause, and what to do next."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.problem = problem

    def __str__(self) -> str:
        told = self.problem
        lines = [f"{told['title']}（{told['status']}）：{told['detail']}"]
        lines += [f"  依据：{told['clause']}"] if told["clause"] else []
        lines += [f"  下一步：{told['next_step']}"] if told["next_step"] else []
        lines += [f"  {one['pointer']} {one['detail']}" for one in told["errors"]]
        return "\n".join(lines)


class Platform:
    """The platform as a body's system sees it."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url.rstrip("/"), key

    def get(self, address: str) -> Any:
        """Ask. `address` is what follows /api/v1, or a `next` of an earlier answer."""
        return self._send("GET", address, None, {})

    def post(self, address: str, content: Any) -> Any:
        """Do. One request key for all tries: however often it has to be sent, it has one effect."""
        return self._send("POST", address, json.dumps(content).encode(), {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"})

    def pages(self, address: str) -> list[Any]:
        """Ask for a whole list, page by page."""
        found, following = [], address
        while following:
            page = self.get(following)
            found += page["items"]
            following = page["next"]
        return found

    def rows(self, address: str, rows: list[Any]) -> list[Any]:
        """Do many, and give what came of each row; where the platform works them off in the background, wait for it."""
        answer = self.post(address, {"rows": rows})
        if "progress" not in answer:
            return list(answer["rows"])
        while answer["state"] in {"waiting", "running"}:
            time.sleep(2)
            answer = self.get(answer["progress"])
        if answer["state"] == "stopped":
            print(f"批次没有办完：{answer['sentence']}", file=sys.stderr)
        return self.pages(answer["rows"])

    def _send(self, method: str, address: str, content: bytes | None, headers: dict[str, str]) -> Any:
        whole = self.url + (address if address.startswith("/api/") else f"/api/v1{address}")
        request = urllib.request.Request(whole, content, {"Authorization": f"Bearer {self.key}", **headers}, method=method)
        for left in reversed(range(TRIES)):
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                problem = json.load(error) if error.headers.get_content_type() == "application/problem+json" else None
                again = error.code == 429 or error.code >= 500
                if not again or not left:
                    if problem is None:
                        raise
                    raise Refused(problem) from None
                time.sleep(float(error.headers.get("Retry-After") or 1))
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                if not left:
                    raise
                time.sleep(1)  # nobody knows whether it arrived: the same request key makes trying again safe
        raise AssertionError


def tell(outcomes: list[Any]) -> int:
    """Print what came of each row, and give 1 where a row was not done."""
    for one in outcomes:
        print(f"第{one['row']}行 {one['ref']} {'办成' if one['done'] else '未办成'} {one['number']} {'；'.join(one['sentences'])}")
    return int(not all(one["done"] for one in outcomes))


def plan(platform: Platform, terms: Any) -> int:
    """Draft a plan and report it."""
    made = platform.post("/plans", terms)
    platform.post(f"/plans/{made['number']}/report", {})
    print(made["number"])
    return 0


def evidence(platform: Platform, plan_number: str, proofs: list[Any], folder: Path) -> int:
    """Hand in the files that proofs rest on, then the proofs, and close the review when nobody is left open."""
    for one in proofs:
        name = one.pop("file", "")
        if name:
            content = base64.b64encode((folder / name).read_bytes()).decode()
            kept = platform.post(f"/candidates/{one['candidate']}/evidence", {"kind": one["kind"], "name": name, "content": content})
            one["attachments"] = [*one.get("attachments", []), kept["number"]]
    failed = tell(platform.rows(f"/plans/{plan_number}/proofs", proofs))
    counts = platform.get(f"/plans/{plan_number}")["candidates"]
    if not failed and not counts["registered"] + counts["unproven"]:
        print(f"资格审核完成，当前为{platform.post(f'/plans/{plan_number}/close-review', {})['state']}")
    return failed


def status(platform: Platform, plan_number: str) -> int:
    """Print where a plan and everybody in it stand."""
    found = platform.get(f"/plans/{plan_number}")
    print(f"{found['title']}：{found['state']}，报名{found['registered']}人")
    for one in platform.pages(f"/plans/{plan_number}/candidates"):
        asks = "；".join(finding["ask_for"] for finding in one["findings"] if finding["ask_for"])
        print(f"  {one['number']} {one['name']} {one['state']} {one['ticket']} {one['result']} {asks}".rstrip())
    for one in platform.pages(f"/plans/{plan_number}/certificates"):
        print(f"  证书 {one['number']} {one['name']} {one['verify_url']}")
    return 0


def main(arguments: list[str]) -> int:
    """Do what was asked for."""
    platform = Platform(os.environ["TOUCHSTONE_URL"], os.environ["TOUCHSTONE_KEY"])
    try:
        match arguments:
            case ["scope"]:
                print(json.dumps(platform.get("/scope")["items"], ensure_ascii=False, indent=2))
                return 0
            case ["plan", file]:
                return plan(platform, read(file))
            case ["register", number, file]:
                return tell(platform.rows(f"/plans/{number}/registrations", read(file)))
            case ["evidence", number, file]:
                return evidence(platform, number, read(file), Path(file).parent)
            case ["sign-in", number, file]:
                return tell(platform.rows(f"/sittings/{number}/sign-ins", read(file)))
            case ["scores", number, file]:
                return tell(platform.rows(f"/plans/{number}/scores", read(file)))
            case ["status", number]:
                return status(platform, number)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print(__doc__, file=sys.stderr)
    return 2


def read(file: str) -> Any:
    """Read a file of JSON."""
    return json.loads(Path(file).read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
