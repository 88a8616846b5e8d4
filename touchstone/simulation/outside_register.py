"""外部登记模拟: an outside register of its own, over real HTTP, that knows every synthetic person after a fashion.

`python -m touchstone.simulation.outside_register REGISTER PORT CLIENT [control]`; the secret comes from TOUCHSTONE_OUTSIDE_<REGISTER>_SECRET, people
it is to know from TOUCHSTONE_SIMULATED_RECORDS, a JSON object {identity number: {register: answer}}. Whom it was not told of it makes up from the
identity number, the same each time: most are on record as one would hope, some with less, some not at all. With `control` a test may `PUT /control
{wrong, records, forget}` to change what it knows and does, and `GET /control` what it was asked. Port 0 picks a free one; the address is printed.
"""

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import ThreadingHTTPServer
from typing import Any

from touchstone.simulation.answering import JSON, Answering

RECORDS = "TOUCHSTONE_SIMULATED_RECORDS"


def signed(secret: str, *parts: bytes) -> str:
    """This function will sign as the platform and its registers have agreed."""
    return hmac.new(secret.encode(), b"\n".join(parts), hashlib.sha256).hexdigest()


class SimulatedRegister(ThreadingHTTPServer):
    """A register on loopback. `asked` counts by reference, so that a question put twice is known as one; `wrong` changes what it does, for tests:

    seconds (waits), code (answers this), body (sends these bytes), drop (hangs up), pending (still looking), unsigned, another (about somebody else),
    reference (to another question), answer (these fields instead).
    """

    daemon_threads = True

    def __init__(self, register: str, port: int, client: str, secret: str, *, control: bool = False) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.register, self.client, self.secret, self.control = register, client, secret, control
        self.url = f"http://127.0.0.1:{self.server_address[1]}/{register}"
        self.records: dict[str, dict[str, Any]] = json.loads(os.environ.get(RECORDS, "{}"))
        self.wrong: dict[str, Any] = {}
        self.asked: dict[str, int] = {}
        self.told: dict[str, Any] = {}

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """This method will look somebody up."""
        known = self.records.get(asked["id_number"], {}).get(self.register)
        return known if known is not None else _made_up(self.register, asked)


def _made_up(register: str, asked: dict[str, Any]) -> dict[str, Any]:
    number = asked["id_number"]
    lot = int(hashlib.sha256(number.encode()).hexdigest(), 16) % 10
    born = int(number[6:10]) if number[6:10].isdigit() else 1990
    if register == "identity":
        return {"known": True, "fits": True}
    if register == "death":
        return {"died_on": None}
    if register == "insurance":
        since = born + 19 if lot < 7 else time.gmtime().tm_year - 2
        spells = [{"since": f"{since}-07-01", "until": None, "by_named_employer": True}]
        return {"spells": spells if lot < 9 else []}
    if register == "schooling":
        record = {"school": "technical_school", "school_class": "ordinary", "major": "机械加工", "final_year": False}
        record["graduated_on"] = f"{born + 18}-07-01"
        return {"records": [record] if lot < 8 else []}
    return {"found": False}


class _Handler(Answering):
    server: SimulatedRegister

    def do_GET(self) -> None:
        if not self.server.control or self.path != "/control":
            return self.answer_json(404, {})
        return self.answer_json(200, {"asked": self.server.asked, "told": self.server.told})

    def do_PUT(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.server.control or self.path != "/control":
            return self.answer_json(404, {})
        self.server.wrong = told.get("wrong", {})
        self.server.records = told.get("records", self.server.records)
        if told.get("forget"):
            self.server.asked, self.server.told = {}, {}
        return self.answer_json(200, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        wrong, secret = self.server.wrong, self.server.secret
        moment = self.headers.get("X-Moment", "")
        right = signed(secret, moment.encode(), self.path.encode(), body)
        is_ours = hmac.compare_digest(self.headers.get("X-Signature", "").encode(), right.encode())
        if self.headers.get("X-Client") != self.server.client or not is_ours:
            return self.answer_json(401, {"error": "unauthorized"})
        asked = json.loads(body)
        reference = asked["reference"]
        self.server.asked[reference] = self.server.asked.get(reference, 0) + 1
        self.server.told = {name: "…" if name in {"id_number", "name"} else value for name, value in asked.items()}
        time.sleep(wrong.get("seconds", 0))
        if wrong.get("drop"):
            self.close_connection = True
            return None
        if "code" in wrong:
            return self.answer_json(wrong["code"], {"error": "server_error"})
        whom = "another" if wrong.get("another") else asked["id_number"]
        told = {"reference": wrong.get("reference", reference), "subject": signed(secret, b"subject", whom.encode()), **self.server.answer(asked)}
        content = json.dumps({**told, **wrong.get("answer", {})}, ensure_ascii=False).encode()
        content = wrong["body"].encode() if "body" in wrong else b"" if wrong.get("pending") else content
        signature = signed("another secret" if wrong.get("unsigned") else secret, reference.encode(), content)
        return self.answer(202 if wrong.get("pending") else 200, JSON, content, {"X-Signature": signature})


if __name__ == "__main__":
    name = sys.argv[1]
    server = SimulatedRegister(
        name, int(sys.argv[2]), sys.argv[3], os.environ.get(f"TOUCHSTONE_OUTSIDE_{name.upper()}_SECRET", ""), control="control" in sys.argv[4:]
    )
    # whoever started it with port 0 learns where it is
    print(server.url, flush=True)
    server.serve_forever()
