"""支付机构模拟: a payment provider of its own, over real HTTP, with a page on which one pays with play money.

`python -m touchstone.simulation.payment_gateway PORT SECRET`; what it takes it tells at the order's `notify`, signed.
"""

import hashlib
import hmac
import json
import sys
import time
import urllib.request
from html import escape
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from touchstone.simulation.answering import Answering


class SimulatedProvider(ThreadingHTTPServer):
    """A provider on loopback; `orders` by reference, so that one asked for twice is one; `wrong` changes what it does, for tests."""

    def __init__(self, port: int, secret: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.secret, self.orders = secret, dict[str, dict[str, Any]]()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.wrong: dict[str, Any] = {}

    def pay(self, reference: str) -> None:
        """This method will take the money of an order and tell so, as far as somebody listens."""
        order = self.orders[reference]
        order["state"] = "paid"
        body, signature = self.told(reference)
        try:
            headers = {"Content-Type": "application/json", "X-Signature": signature}
            with urllib.request.urlopen(urllib.request.Request(order["notify"], body, headers), timeout=5):  # noqa: S310 - loopback
                pass
        except OSError:
            return  # nobody there; whoever wants to know asks

    def told(self, reference: str) -> tuple[bytes, str]:
        """This method will give what is told of an order, with its signature."""
        order = self.orders[reference]
        body = json.dumps({"reference": reference, "state": order["state"], "amount": order["amount"]}).encode()
        return body, hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()


class _Handler(Answering):
    server: SimulatedProvider

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path.startswith("/pay/"):
            return self._page(path.removeprefix("/pay/"))
        order = self.server.orders.get(path.removeprefix("/orders/"))
        if not self._known() or order is None:
            return self.answer_json(404, {"error": "unknown"})
        return self.answer_json(200, {"state": order["state"], "amount": order["amount"], **self.server.wrong.get("answer", {})})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(urlsplit(self.path).path)
        if path.startswith("/pay/") and path.removeprefix("/pay/") in self.server.orders:
            reference = path.removeprefix("/pay/")
            self.server.pay(reference)
            return self.answer_elsewhere(303, self.server.orders[reference]["back"])
        time.sleep(self.server.wrong.get("seconds", 0))
        if not self._known():
            return self.answer_json(401, {"error": "unauthorized"})
        if "code" in self.server.wrong:
            return self.answer_json(self.server.wrong["code"], {"error": "server_error"})
        asked = json.loads(body)
        if path == "/refunds":
            return self._refund(asked)
        self.server.orders.setdefault(asked["reference"], {**asked, "state": "waiting"})
        return self.answer_json(200, {"address": f"{self.server.url}/pay/{asked['reference']}", **self.server.wrong.get("answer", {})})

    def _refund(self, asked: dict[str, Any]) -> None:
        order = self.server.orders.get(asked["reference"])
        if order is None or order["state"] == "waiting" or order["amount"] != asked["amount"]:
            return self.answer_json(409, {"error": "not_paid"})
        order["state"] = "refunded"
        return self.answer_json(200, {"state": "refunded"})

    def _known(self) -> bool:
        return self.headers.get("Authorization") == f"Bearer {self.server.secret}"

    def _page(self, reference: str) -> None:
        order = self.server.orders.get(reference)
        if order is None:
            return self.answer_json(404, {"error": "unknown"})
        way = '<form method="post"><button>支付</button></form>' if order["state"] == "waiting" else "<p>已支付。</p>"
        told = f"<p>这是演示用的模拟，不会扣款。</p><p>{escape(order['title'])}：{order['amount']}元</p>{way}"
        return self.answer_page("支付（模拟）", f'{told}<p><a href="{escape(order["back"])}">返回</a></p>')


if __name__ == "__main__":
    SimulatedProvider(int(sys.argv[1]), sys.argv[2]).serve_forever()
