"""模拟通道应答: how does an outside service that is only simulated answer over real HTTP?"""

import json
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler

JSON = "application/json; charset=utf-8"


class Answering(BaseHTTPRequestHandler):
    """Answers with JSON, with a page, or with another address to go to; what passes through is about people, and never logged."""

    def answer_json(self, code: int, content: object) -> None:
        """This method will answer with JSON."""
        self.answer(code, JSON, json.dumps(content, ensure_ascii=False).encode())

    def answer_page(self, title: str, inside: str) -> None:
        """This method will answer with a page; `inside` is HTML."""
        page = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        page += f"<title>{escape(title)}</title><h1>{escape(title)}</h1>{inside}</html>"
        self.answer(200, "text/html; charset=utf-8", page.encode())

    def answer_elsewhere(self, code: int, address: str) -> None:
        """This method will send the browser on to another address."""
        self.send_response(code)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, code: int, media: str, body: bytes, more: Mapping[str, str] | None = None) -> None:
        """This method will answer with bytes, and with more headers where some are named."""
        self.send_response(code)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""
