"""统一身份认证模拟: an identity provider of its own, over real HTTP, in which one picks a synthetic person.

`python -m touchstone.simulation.identity_provider PORT CLIENT SECRET`; the people come from TOUCHSTONE_SIMULATED_PEOPLE, a JSON list of
{"name", "id_number", "phone"}. A code is good once.
"""

import base64
import hashlib
import json
import os
import secrets
import sys
import time
from html import escape
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from touchstone.simulation.answering import Answering

PEOPLE = "TOUCHSTONE_SIMULATED_PEOPLE"


class SimulatedProvider(ThreadingHTTPServer):
    """A provider on loopback; `codes` and `tokens` are what it gave out, `wrong` changes what it says, for tests."""

    def __init__(self, port: int, client: str, secret: str, people: list[dict[str, str]]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.client, self.secret, self.people = client, secret, people
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.codes, self.tokens = dict[str, dict[str, Any]](), dict[str, int]()
        self.wrong: dict[str, Any] = {}


class _Handler(Answering):
    server: SimulatedProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/authorize":
            return self._authorize(asked)
        person = self.server.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if parts.path != "/userinfo" or person is None:
            return self.answer_json(401, {"error": "invalid_token"})
        one = self.server.people[person]
        told = {"sub": f"sim-{person}", "name": one["name"], "id_number": one["id_number"], "phone_number": one["phone"]}
        return self.answer_json(200, {**told, **self.server.wrong.get("userinfo", {})})

    def do_POST(self) -> None:
        given = {name: values[0] for name, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        time.sleep(self.server.wrong.get("seconds", 0))
        if "code" in self.server.wrong:
            return self.answer_json(self.server.wrong["code"], {"error": "server_error"})
        who = base64.b64encode(f"{self.server.client}:{self.server.secret}".encode()).decode()
        kept = self.server.codes.pop(given.get("code", ""), None)
        digest = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        fits = kept is not None and kept["code_challenge"] == digest and kept["redirect_uri"] == given.get("redirect_uri")
        if self.headers.get("Authorization") != f"Basic {who}" or kept is None or not fits:
            return self.answer_json(400, {"error": "invalid_grant"})
        token = secrets.token_urlsafe(24)
        self.server.tokens[token] = kept["person"]
        claims = {"iss": self.server.issuer, "aud": self.server.client, "sub": f"sim-{kept['person']}", "nonce": kept["nonce"]}
        claims["exp"] = time.time() + 300
        parts = [{"alg": "none"}, {**claims, **self.server.wrong.get("claims", {})}]
        written = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
        return self.answer_json(200, {"access_token": token, "token_type": "Bearer", "id_token": ".".join([*written, ""])})

    def _authorize(self, asked: dict[str, str]) -> None:
        if asked.get("client_id") != self.server.client or not asked.get("redirect_uri"):
            return self.answer_json(400, {"error": "unauthorized_client"})
        if asked.get("cancel"):
            return self._go(asked["redirect_uri"], {"error": "access_denied", "state": asked.get("state", "")})
        if asked.get("person", "").isdigit() and int(asked["person"]) < len(self.server.people):
            code = secrets.token_urlsafe(24)
            kept: dict[str, Any] = {name: asked.get(name, "") for name in ("code_challenge", "redirect_uri", "nonce")}
            self.server.codes[code] = {**kept, "person": int(asked["person"])}
            return self._go(asked["redirect_uri"], {"code": code, "state": asked.get("state", "")})
        links = [(f"以{one['name']}的身份登录", {"person": str(number)}) for number, one in enumerate(self.server.people)]
        rows = "".join(f'<li><a href="/authorize?{escape(urlencode({**asked, **more}))}">{escape(label)}</a></li>' for label, more in links)
        leave = f'<a href="/authorize?{escape(urlencode({**asked, "cancel": "1"}))}">取消</a>'
        return self.answer_page("随申办（模拟）", f"<p>这是演示用的模拟，人物都是虚构的。</p><ul>{rows}</ul><p>{leave}</p>")

    def _go(self, address: str, more: dict[str, str]) -> None:
        self.answer_elsewhere(302, f"{address}?{urlencode(more)}")


if __name__ == "__main__":
    SimulatedProvider(int(sys.argv[1]), sys.argv[2], sys.argv[3], json.loads(os.environ.get(PEOPLE, "[]"))).serve_forever()
