"""访客: people who object through the public page and try again, with the same form, until they hold a receipt."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event
from time import monotonic, sleep
from urllib.parse import urlencode

from bench.load import LOOPBACK

PATIENCE = 120.0  # seconds for one objection
TRIES = 1200  # a server that starts on a busy machine refuses for a minute
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Visitor:
    """One visitor: receipts by what was written, posts broken off by the server, and posts whose answer was thrown away on purpose."""

    port: int
    path: str
    random: Random
    receipts: dict[str, str] = field(default_factory=dict)
    broken: int = 0
    unheard: int = 0
    tries: int = 0
    odd: list[str] = field(default_factory=list)

    def write(self, contents: list[str], stop: Event) -> None:
        """This method will post every objection until it is acknowledged; one in five answers is not waited for the first time."""
        for content in contents:
            if stop.is_set():
                return
            self._one(content, stop)

    def _one(self, content: str, stop: Event) -> None:
        end, form, turn_away = monotonic() + PATIENCE, None, self.random.random() < 0.2
        for _ in range(TRIES):
            if stop.is_set() or monotonic() > end:
                return
            posting = form is not None
            try:
                form = form or self._blank()
                posting = True
                if turn_away:
                    self._send(form, content).close()
                    turn_away, self.unheard = False, self.unheard + 1
                    continue
                if number := self._receipt(form, content):
                    self.receipts[content] = number
                    return
            except ConnectionRefusedError:  # nobody is there yet
                sleep(0.1)
            except (OSError, HTTPException):
                self.broken += posting
                sleep(0.05)

    def _blank(self) -> tuple[str, str, str]:
        """The form as a browser gets it: cookie, token against forgery, and the request key."""
        connection = HTTPConnection(LOOPBACK, self.port, timeout=10)
        try:
            connection.request("GET", self.path, headers={"Host": LOOPBACK})
            answer = connection.getresponse()
            page = answer.read().decode()
            if answer.status != 200:
                raise HTTPException(f"{answer.status}")
            cookie = re.search(r"csrftoken=[^;]+", answer.getheader("Set-Cookie") or "")
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            key = re.search(r'name="request_key" value="([^"]+)"', page)
            if not (cookie and token and key):
                raise HTTPException("the page came without its form")
            return cookie[0], token[1], key[1]
        finally:
            connection.close()

    def _send(self, form: tuple[str, str, str], content: str) -> HTTPConnection:
        cookie, token, key = form
        fields = {"csrfmiddlewaretoken": token, "request_key": key, "name": "陈默", "phone": "021-00000000", "content": content}
        connection = HTTPConnection(LOOPBACK, self.port, timeout=10)
        connection.connect()
        self.tries += 1
        connection.request("POST", self.path, urlencode(fields), {"Host": LOOPBACK, "Cookie": cookie, **FORM})
        return connection

    def _receipt(self, form: tuple[str, str, str], content: str) -> str:
        """Post and give the number of the receipt; "" when there is none yet."""
        connection = self._send(form, content)
        try:
            answer = connection.getresponse()
            page = answer.read().decode(errors="replace")
            found = re.search(r"(YY\d{12})", answer.getheader("Location") or "")
            if answer.status == 302 and found:
                return found[1]
            if answer.status < 500:
                errors = re.findall(r'role="alert"[^>]*>(.*?)</', page, re.S)
                self.odd.append(f"{answer.status} {' '.join(errors)[:200]}")
                sleep(0.1)
            return ""
        finally:
            connection.close()
