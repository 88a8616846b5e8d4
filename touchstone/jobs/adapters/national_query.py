"""全国联网查询通道: how is a file of certificate data handed over, and what of the receipt can be believed?

`POST <address>/parcels/<number>` with the file: 200 and 202 mean that it is there, the same number again the same parcel. `GET` of the same address
gives the receipt: 202 while they are still looking, 200 `{parcel, sha256, rows: [{number, taken, code, words}]}`. Both ways are signed with a secret
that is never sent: `X-Signature` is HMAC-SHA256 over moment, path and body of the request (`X-Client` and `X-Moment` beside it), and over path and
body of the answer. Anything else, silence, and what cannot be believed mean that there is no answer. Without https only loopback is spoken to.
"""

import urllib.parse
from dataclasses import dataclass
from typing import Any

from touchstone.jobs.adapters.outside import Pending, Refused, SignedLine, Unavailable, an_object

__all__ = ["Line", "Pending", "Refused", "Unavailable", "configured"]
LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True)
class Line(SignedLine):
    """The line to the national query; a file takes longer than a question."""

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
        address = self.address.rstrip("/") + path
        code, told, signed = self.said(address, content, more, LARGEST)
        self.check_signed(urllib.parse.urlsplit(address).path.encode(), told, signed, LARGEST)
        return code, an_object(told or b"{}")


def _row(one: Any) -> tuple[str, bool, str, str]:
    if not isinstance(one, dict) or not isinstance(one.get("number"), str) or not isinstance(one.get("taken"), bool):
        raise Unavailable("回执无法读取")
    return one["number"], one["taken"], str(one.get("code") or "")[:20], str(one.get("words") or "")[:200]


def configured() -> Line | None:
    """This function will give the installation's line to the national query, or None where it is not connected."""
    return Line.named("TOUCHSTONE_NATIONAL_QUERY")
