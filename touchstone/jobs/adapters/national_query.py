"""全国联网查询通道: how is a file of certificate data handed over, and what of the receipt can be believed?

`POST <address>/parcels/<number>` with the file: 200 and 202 mean that it is there, the same number again the same parcel. `GET` of the same address
gives the receipt: 202 while they are still looking, 200 `{parcel, sha256, rows: [{number, taken, code, words}]}`. Both ways are signed with a secret
that is never sent: `X-Signature` is HMAC-SHA256 over moment, path and body of the request (`X-Client` and `X-Moment` beside it), and over path and
body of the answer. Anything else, silence, and what cannot be believed mean that there is no answer. Without https only loopback is spoken to.
"""

import hmac
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from touchstone.jobs.adapters.asking import is_private
from touchstone.jobs.adapters.outside import Pending, Refused, Unavailable, signature

__all__ = ["Line", "Pending", "Refused", "Unavailable", "configured"]
LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True)
class Line:
    """Where the national query takes files, and who we are to it; `timeout` in seconds."""

    address: str
    client: str
    secret: str
    timeout: float = 20.0

    def send(self, parcel: str, layout: str, content: bytes) -> str:
        """This method will hand a file over and give the number under which it was taken. :raises Unavailable:"""
        code, told = self._asked(f"/parcels/{parcel}", content, {"Content-Type": "text/csv; charset=utf-8", "X-Layout": layout})
        receipt = told.get("receipt")
        if code not in {200, 202} or not isinstance(receipt, str) or not receipt:
            raise Unavailable("答复无法读取")
        return receipt

    def receipt(self, parcel: str) -> tuple[str, str, list[tuple[str, bool, str, str]]]:
        """This method will fetch a parcel's receipt: of which parcel and file it tells, and each row. :raises Pending: :raises Unavailable:"""
        code, told = self._asked(f"/parcels/{parcel}", None, {})
        if code == 202:
            raise Pending
        rows = told.get("rows")
        if code != 200 or not isinstance(rows, list):
            raise Unavailable("回执无法读取")
        return str(told.get("parcel", "")), str(told.get("sha256", "")), [_row(one) for one in rows]

    def _asked(self, path: str, content: bytes | None, more: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if not is_private(self.address):
            raise Unavailable("地址不是https")
        address = self.address.rstrip("/") + path
        place, moment = urllib.parse.urlsplit(address).path.encode(), datetime.now(UTC).isoformat()
        headers = {"X-Client": self.client, "X-Moment": moment, **more}
        headers["X-Signature"] = signature(self.secret, moment.encode(), place, content or b"")
        request = urllib.request.Request(address, content, headers, method="GET" if content is None else "POST")  # noqa: S310 - our own setting
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                code, told, signed = answer.status, answer.read(LARGEST + 1), answer.headers.get("X-Signature", "")
        except urllib.error.HTTPError as error:
            with error:
                if error.code in {401, 403}:
                    raise Refused(f"对方没有通过本平台的身份验证（{error.code}）") from error
                raise Unavailable(f"对方没有受理（{error.code}）") from error
        except TimeoutError as error:
            raise Unavailable("对方没有在时限内应答") from error
        except (OSError, ValueError) as error:
            slow = isinstance(getattr(error, "reason", None), TimeoutError)
            raise Unavailable("对方没有在时限内应答" if slow else "对方没有应答") from error
        return code, self._believed(place, told, signed)

    def _believed(self, place: bytes, content: bytes, signed: str) -> dict[str, Any]:
        if len(content) > LARGEST:
            raise Unavailable("答复太长，无法读取")
        if not hmac.compare_digest(signed.encode(), signature(self.secret, place, content).encode()):
            raise Unavailable("答复的签名不符，没有采用")
        try:
            told = json.loads(content or b"{}")
        except (ValueError, RecursionError) as error:
            raise Unavailable("答复无法读取") from error
        if not isinstance(told, dict):
            raise Unavailable("答复无法读取")
        return told


def _row(one: Any) -> tuple[str, bool, str, str]:
    if not isinstance(one, dict) or not isinstance(one.get("number"), str) or not isinstance(one.get("taken"), bool):
        raise Unavailable("回执无法读取")
    return one["number"], one["taken"], str(one.get("code") or "")[:20], str(one.get("words") or "")[:200]


def configured() -> Line | None:
    """This function will give the installation's line to the national query, or None where it is not connected."""
    name = "TOUCHSTONE_NATIONAL_QUERY"
    address = os.environ.get(f"{name}_URL", "")
    return Line(address, os.environ.get(f"{name}_CLIENT", ""), os.environ.get(f"{name}_SECRET", "")) if address else None
