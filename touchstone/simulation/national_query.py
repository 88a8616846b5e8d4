"""全国联网查询模拟: the end that takes files of certificate data and gives receipts, of its own, over real HTTP.

`python -m touchstone.simulation.national_query PORT CLIENT [control]`; the secret comes from TOUCHSTONE_NATIONAL_QUERY_SECRET. It takes
what it can read, and sends back a row whose 文化程度 is not on its list, whose number it took in another parcel, whose holder has another
of the same occupation and level that is not revoked, that revokes what it never took, or which it was told to. With `control` a test may
`PUT /control {wrong, refuse, forget}` to change what it does, and `GET /control` what it has. Port 0 picks a free one; the address is
printed.
"""

import csv
import hashlib
import hmac
import io
import json
import os
import sys
import time
from http.server import ThreadingHTTPServer
from typing import Any

from touchstone.simulation.answering import JSON, Answering
from touchstone.simulation.outside_register import signed

EDUCATION = ("", "研究生", "大学本科", "大学专科", "大专", "中等专科", "中专", "技工学校", "高中", "普通高中", "初中", "小学")


class SimulatedQuery(ThreadingHTTPServer):
    """The national query on loopback. `parcels` holds each once by number; `wrong` changes what it does, for tests:

    seconds (waits), code (answers this), body (sends these bytes), drop (hangs up once it has the file), pending (still looking), unsigned,
    parcel (the receipt is of another), short (a row is missing from the receipt). `refuse` names rows to send back, by certificate number.
    """

    daemon_threads = True

    def __init__(self, port: int, client: str, secret: str, *, control: bool = False) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.client, self.secret, self.control = client, secret, control
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.parcels: dict[str, dict[str, Any]] = {}
        self.sent: dict[str, int] = {}
        self.taken: dict[str, str] = {}
        self.holding: dict[tuple[str, ...], str] = {}
        self.void: set[str] = set()
        self.wrong: dict[str, Any] = {}
        self.refuse: dict[str, str] = {}

    def take(self, parcel: str, content: bytes) -> dict[str, Any]:
        """This method will take a file, once by its number, and say what came of each row."""
        self.sent[parcel] = self.sent.get(parcel, 0) + 1
        if parcel not in self.parcels:
            rows = [self._row(parcel, row) for row in csv.DictReader(io.StringIO(content.decode()))]
            receipt = f"Q{len(self.parcels) + 1:06d}"
            self.parcels[parcel] = {"parcel": parcel, "receipt": receipt, "sha256": hashlib.sha256(content).hexdigest(), "rows": rows}
        return self.parcels[parcel]

    def _row(self, parcel: str, row: dict[str, str]) -> dict[str, Any]:
        number = row.get("证书编号", "")
        if number in self.refuse:
            return {"number": number, "taken": False, "code": "E99", "words": self.refuse[number]}
        if row.get("操作") == "撤销":
            return self._revoked(number)
        if row.get("文化程度", "") not in EDUCATION:
            return {"number": number, "taken": False, "code": "E07", "words": f"文化程度“{row['文化程度']}”不在代码表内"}
        if self.taken.get(number, parcel) != parcel:
            return {"number": number, "taken": False, "code": "E02", "words": "证书编号已收录"}
        held = tuple(row.get(name, "") for name in ("证件号码", "职业编码", "工种名称", "等级"))
        other = self.holding.get(held, number)
        if other != number and other not in self.void and held[0]:
            return {"number": number, "taken": False, "code": "E03", "words": f"持证人已有同一等级的有效证书{other}"}
        self.taken[number] = parcel
        self.holding[held] = number
        return {"number": number, "taken": True, "code": "", "words": ""}

    def _revoked(self, number: str) -> dict[str, Any]:
        if number not in self.taken:
            return {"number": number, "taken": False, "code": "E04", "words": "没有收录该证书编号"}
        self.void.add(number)
        return {"number": number, "taken": True, "code": "", "words": ""}


class _Handler(Answering):
    server: SimulatedQuery

    def do_PUT(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.server.control or self.path != "/control":
            return self.answer_json(404, {})
        self.server.wrong, self.server.refuse = told.get("wrong", {}), told.get("refuse", {})
        if told.get("forget"):
            self.server.parcels, self.server.sent, self.server.taken, self.server.holding, self.server.void = {}, {}, {}, {}, set()
        return self.answer_json(200, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self._is_ours(body):
            return self.answer_json(401, {"error": "unauthorized"})
        if "code" in self.server.wrong:
            return self.answer_json(self.server.wrong["code"], {"error": "server_error"})
        found = self.server.take(self.path.rsplit("/", 1)[1], body)
        return self._answer(200, {"receipt": found["receipt"]})

    def do_GET(self) -> None:
        if self.path == "/control" and self.server.control:
            has = self.server
            told = {"sent": has.sent, "parcels": sorted(has.parcels), "taken": sorted(has.taken), "void": sorted(has.void)}
            return self.answer_json(200, told)
        if not self._is_ours(b""):
            return self.answer_json(401, {"error": "unauthorized"})
        if "code" in self.server.wrong:
            return self.answer_json(self.server.wrong["code"], {"error": "server_error"})
        found = self.server.parcels.get(self.path.rsplit("/", 1)[1])
        if found is None or self.server.wrong.get("pending"):
            return self._answer(202, {})
        rows = found["rows"][1:] if self.server.wrong.get("short") else found["rows"]
        return self._answer(200, {**found, "rows": rows, "parcel": self.server.wrong.get("parcel", found["parcel"])})

    def _is_ours(self, body: bytes) -> bool:
        right = signed(self.server.secret, self.headers.get("X-Moment", "").encode(), self.path.encode(), body)
        fits = hmac.compare_digest(self.headers.get("X-Signature", "").encode(), right.encode())
        return fits and self.headers.get("X-Client") == self.server.client

    def _answer(self, code: int, told: dict[str, Any]) -> None:
        wrong = self.server.wrong
        time.sleep(wrong.get("seconds", 0))
        if wrong.get("drop"):
            self.close_connection = True
            return None
        content = wrong["body"].encode() if "body" in wrong else json.dumps(told, ensure_ascii=False).encode()
        secret = "another secret" if wrong.get("unsigned") else self.server.secret
        return self.answer(code, JSON, content, {"X-Signature": signed(secret, self.path.encode(), content)})


if __name__ == "__main__":
    server = SimulatedQuery(int(sys.argv[1]), sys.argv[2], os.environ.get("TOUCHSTONE_NATIONAL_QUERY_SECRET", ""), control="control" in sys.argv[3:])
    # whoever started it with port 0 learns where it is
    print(server.url, flush=True)
    server.serve_forever()
