"""外部登记通道: how is an outside register asked a question, and is what comes back its answer to this question about this person?

`POST <address>` with JSON `{reference, name, id_number, …}`; the reference is the question's number, and the same reference is the same question.
Both ways are signed with a secret that is never sent: `X-Signature` is HMAC-SHA256 over moment, path and body of the request (`X-Client` and
`X-Moment` beside it), and over the reference and the body of the answer. 200 is an answer: it names `reference` and `subject`, HMAC-SHA256 of the
identity number, so that the number need not come back and an answer about somebody else is found out. 202 means: taken, still looking. Anything
else, silence, and what cannot be read or believed mean that there is no answer, and why. Without https only loopback is spoken to.
"""

import hashlib
import hmac
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from touchstone.jobs.adapters.asking import is_private
from touchstone.policy.eligibility.outside import Register

LARGEST = 65_536


class Unavailable(Exception):
    """There is no answer that can be used; the words say why, and hold nothing about the person."""


class Refused(Unavailable):
    """The register does not let this platform in: asking on is useless until somebody sees to it."""


class Pending(Exception):
    """The register has taken the question and is still looking."""


@dataclass(frozen=True)
class Line:
    """Where a register is, and who we are to it; `timeout` in seconds."""

    address: str
    client: str
    secret: str
    timeout: float = 5.0

    def asked(self, reference: str, id_number: str, told: dict[str, Any]) -> dict[str, Any]:
        """This method will put one question and give what was answered. :raises Unavailable: :raises Pending:"""
        if not is_private(self.address):
            raise Unavailable("地址不是https")
        body = json.dumps({"reference": reference, "id_number": id_number, **told}, ensure_ascii=False).encode()
        moment = datetime.now(UTC).isoformat()
        headers = {"Content-Type": "application/json", "X-Client": self.client, "X-Moment": moment}
        headers["X-Signature"] = signature(self.secret, moment.encode(), urllib.parse.urlsplit(self.address).path.encode(), body)
        request = urllib.request.Request(self.address, body, headers, method="POST")  # noqa: S310 - address is the installation's own setting
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                code, content, signed = answer.status, answer.read(LARGEST + 1), answer.headers.get("X-Signature", "")
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
        return self._believed(code, content, signed, reference, id_number)

    def _believed(self, code: int, content: bytes, signed: str, reference: str, id_number: str) -> dict[str, Any]:
        if len(content) > LARGEST:
            raise Unavailable("答复太长，无法读取")
        if not hmac.compare_digest(signed.encode(), signature(self.secret, reference.encode(), content).encode()):
            raise Unavailable("答复的签名不符，没有采用")
        if code == 202:
            raise Pending
        try:
            told = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Unavailable("答复无法读取") from error
        if code != 200 or not isinstance(told, dict):
            raise Unavailable("答复无法读取")
        if told.get("reference") != reference:
            raise Unavailable("答复不是对这次查询的，没有采用")
        if not hmac.compare_digest(str(told.get("subject", "")).encode(), subject(self.secret, id_number).encode()):
            raise Unavailable("答复不是关于本人的，没有采用")
        return told


def signature(secret: str, *parts: bytes) -> str:
    """This function will sign what is said over the line."""
    return hmac.new(secret.encode(), b"\n".join(parts), hashlib.sha256).hexdigest()


def subject(secret: str, id_number: str) -> str:
    """This function will give whom an answer is about without naming them."""
    return signature(secret, b"subject", id_number.encode())


def configured(register: Register) -> Line | None:
    """This function will give the installation's line to a register, or None where it is not connected."""
    name = f"TOUCHSTONE_OUTSIDE_{register.name}"
    address = os.environ.get(f"{name}_URL", "")
    return Line(address, os.environ.get(f"{name}_CLIENT", ""), os.environ.get(f"{name}_SECRET", "")) if address else None


def a_day(value: Any) -> date:
    """This function will read a day. :raises Unavailable:"""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Unavailable("答复中的日期无法读取") from error


def a_day_or_none(value: Any) -> date | None:
    """This function will read a day that may be left out. :raises Unavailable:"""
    return None if value is None else a_day(value)


def yes_or_no(value: Any) -> bool:
    """This function will read a yes or no. :raises Unavailable: for anything else, for a guess may cost somebody their place."""
    if not isinstance(value, bool):
        raise Unavailable("答复的内容无法读取")
    return value


def rows(value: Any) -> list[dict[str, Any]]:
    """This function will read a list of records. :raises Unavailable:"""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Unavailable("答复的内容无法读取")
    return value
