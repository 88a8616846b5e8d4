"""支付通道: how does money come in and go back through the operator's payment provider?

`POST /orders {reference, amount, title, back, notify}` answers `{address}`, where the person pays; the same reference is the same order.
`GET /orders/<reference>` answers `{state, amount}` (waiting, paid, refunded). `POST /refunds {reference, amount}` answers `{state}`; again, the same
reference counts once. All with a bearer token. What the provider tells by itself (`notify`) carries an HMAC-SHA256 of its body in
`X-Signature`. Silence, and what cannot be read, means: try again later.
"""

import hashlib
import hmac
import json
import os
import urllib.parse
from dataclasses import dataclass
from typing import Any

from touchstone.jobs.adapters.asking import Refused, Unavailable, ask_json


class PaymentUnavailable(Exception):
    """The provider does not answer, refuses, or answers what cannot be read; nothing is known to have happened."""


@dataclass(frozen=True)
class Gateway:
    """A provider's address and the secret shared with it; `timeout` in seconds."""

    url: str
    secret: str
    timeout: float = 5.0

    def order(self, *, reference: str, amount: int, title: str, back: str, notify: str) -> str:
        """This method will give the address at which a person pays. :raises PaymentUnavailable:"""
        asked = {"reference": reference, "amount": amount, "title": title, "back": back, "notify": notify}
        address = str(self._asked("/orders", asked).get("address", ""))
        if not address.startswith(f"{self.url}/"):
            raise PaymentUnavailable("支付地址不是支付机构的")
        return address

    def state_of(self, reference: str) -> tuple[str, int]:
        """This method will give where an order stands and its amount. :raises PaymentUnavailable:"""
        told = self._asked(f"/orders/{urllib.parse.quote(reference)}")
        return _read(told)

    def refund(self, *, reference: str, amount: int) -> bool:
        """This method will ask that an order be given back and say whether it was. :raises PaymentUnavailable:"""
        return str(self._asked("/refunds", {"reference": reference, "amount": amount}).get("state")) == "refunded"

    def heard(self, body: bytes, signature: str) -> tuple[str, str, int] | None:
        """This method will read what the provider told by itself: reference, state, amount; None for what it did not sign."""
        right = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), signature.encode()):
            return None
        try:
            told = json.loads(body)
            return (str(told["reference"]), *_read(told))
        except (KeyError, TypeError, ValueError, PaymentUnavailable):
            return None

    def _asked(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.secret}"}
        try:
            return ask_json(self.url + path, content=content, headers=headers, timeout=self.timeout)
        except (Refused, Unavailable) as error:
            raise PaymentUnavailable(f"支付机构{error}") from error


def _read(told: dict[str, Any]) -> tuple[str, int]:
    state, amount = told.get("state"), told.get("amount")
    if state not in {"waiting", "paid", "refunded"} or not isinstance(amount, int):
        raise PaymentUnavailable("支付机构的答复无法读取")
    return state, amount


def configured() -> Gateway | None:
    """This function will give the installation's payment provider, or None where none is configured."""
    url = os.environ.get("TOUCHSTONE_PAYMENT_URL", "").rstrip("/")
    return Gateway(url, os.environ.get("TOUCHSTONE_PAYMENT_SECRET", "")) if url else None
