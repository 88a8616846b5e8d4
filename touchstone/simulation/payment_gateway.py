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
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit


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


class _Handler(BaseHTTPRequestHandler):
    server: SimulatedProvider

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path.startswith("/pay/"):
            return self._page(path.removeprefix("/pay/"))
        order = self.server.orders.get(path.removeprefix("/orders/"))
        if not self._known() or order is None:
            return self._json(404, {"error": "unknown"})
        return self._json(200, {"state": order["state"], "amount": order["amount"], **self.server.wrong.get("answer", {})})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(urlsplit(self.path).path)
        if path.startswith("/pay/") and path.removeprefix("/pay/") in self.server.orders:
            reference = path.removeprefix("/pay/")
            self.server.pay(reference)
            self.send_response(303)
            self.send_header("Location", self.server.orders[reference]["back"])
            self.send_header("Content-Length", "0")
            return self.end_headers()
        time.sleep(self.server.wrong.get("seconds", 0))
        if not self._known():
            return self._json(401, {"error": "unauthorized"})
        if "code" in self.server.wrong:
            return self._json(self.server.wrong["code"], {"error": "server_error"})
        asked = json.loads(body)
        if path == "/refunds":
            return self._refund(asked)
        self.server.orders.setdefault(asked["reference"], {**asked, "state": "waiting"})
        return self._json(200, {"address": f"{self.server.url}/pay/{asked['reference']}", **self.server.wrong.get("answer", {})})

    def _refund(self, asked: dict[str, Any]) -> None:
        order = self.server.orders.get(asked["reference"])
        if order is None or order["state"] == "waiting" or order["amount"] != asked["amount"]:
            return self._json(409, {"error": "not_paid"})
        order["state"] = "refunded"
        return self._json(200, {"state": "refunded"})

    def _known(self) -> bool:
        return self.headers.get("Authorization") == f"Bearer {self.server.secret}"

    def _page(self, reference: str) -> None:
        order = self.server.orders.get(reference)
        if order is None:
            return self._json(404, {"error": "unknown"})
        way = '<form method="post"><button>支付</button></form>' if order["state"] == "waiting" else "<p>已支付。</p>"
        page = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        page += "<title>支付（模拟）</title>"
        page += f"<h1>支付（模拟）</h1><p>这是演示用的模拟，不会扣款。</p><p>{escape(order['title'])}：{order['amount']}元</p>{way}"
        page += f'<p><a href="{escape(order["back"])}">返回</a></p></html>'
        return self._send(200, "text/html; charset=utf-8", page.encode())

    def _json(self, code: int, content: object) -> None:
        self._send(code, "application/json; charset=utf-8", json.dumps(content, ensure_ascii=False).encode())

    def _send(self, code: int, media: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Who pays is never logged."""


if __name__ == "__main__":
    SimulatedProvider(int(sys.argv[1]), sys.argv[2]).serve_forever()
