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
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

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
class SignedLine:
    """A line to an outside service on which both sides sign: where it is, and who we are to it; `timeout` in seconds."""

    address: str
    client: str
    secret: str
    timeout: float = 5.0

    @classmethod
    def named(cls, name: str) -> Self | None:
        """This method will give the installation's line of a name, or None where it is not connected."""
        address = os.environ.get(f"{name}_URL", "")
        return cls(address, os.environ.get(f"{name}_CLIENT", ""), os.environ.get(f"{name}_SECRET", "")) if address else None

    def said(self, address: str, content: bytes | None, more: Mapping[str, str], most: int) -> tuple[int, bytes, str]:
        """This method will say something, signed, and give code, content (one byte more than `most` where it is longer) and signature of what comes
        back; no content is a question by GET. :raises Unavailable:"""
        if not is_private(address):
            raise Unavailable("地址不是https")
        moment, path = datetime.now(UTC).isoformat(), urllib.parse.urlsplit(address).path
        headers = {"X-Client": self.client, "X-Moment": moment, **more}
        headers["X-Signature"] = signature(self.secret, moment.encode(), path.encode(), content or b"")
        request = urllib.request.Request(address, content, headers, method="GET" if content is None else "POST")  # noqa: S310 - our own setting
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                return answer.status, answer.read(most + 1), answer.headers.get("X-Signature", "")
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

    def check_signed(self, about: bytes, content: bytes, signed: str, most: int) -> None:
        """This method will let pass an answer that is not too long and was signed for what was said. :raises Unavailable:"""
        if len(content) > most:
            raise Unavailable("答复太长，无法读取")
        if not hmac.compare_digest(signed.encode(), signature(self.secret, about, content).encode()):
            raise Unavailable("答复的签名不符，没有采用")


class Line(SignedLine):
    """The line to a register."""

    def asked(self, reference: str, id_number: str, told: dict[str, Any]) -> dict[str, Any]:
        """This method will put one question and give what was answered. :raises Unavailable: :raises Pending:"""
        body = json.dumps({"reference": reference, "id_number": id_number, **told}, ensure_ascii=False).encode()
        code, content, signed = self.said(self.address, body, {"Content-Type": "application/json"}, LARGEST)
        self.check_signed(reference.encode(), content, signed, LARGEST)
        if code == 202:
            raise Pending
        found = an_object(content)
        if code != 200:
            raise Unavailable("答复无法读取")
        if found.get("reference") != reference:
            raise Unavailable("答复不是对这次查询的，没有采用")
        if not hmac.compare_digest(str(found.get("subject", "")).encode(), subject(self.secret, id_number).encode()):
            raise Unavailable("答复不是关于本人的，没有采用")
        return found


def signature(secret: str, *parts: bytes) -> str:
    """This function will sign what is said over the line."""
    return hmac.new(secret.encode(), b"\n".join(parts), hashlib.sha256).hexdigest()


def subject(secret: str, id_number: str) -> str:
    """This function will give whom an answer is about without naming them."""
    return signature(secret, b"subject", id_number.encode())


def configured(register: Register) -> Line | None:
    """This function will give the installation's line to a register, or None where it is not connected."""
    return Line.named(f"TOUCHSTONE_OUTSIDE_{register.name}")


def an_object(content: bytes) -> dict[str, Any]:
    """This function will read a JSON object. :raises Unavailable:"""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unavailable("答复无法读取") from error
    if not isinstance(told, dict):
        raise Unavailable("答复无法读取")
    return told


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
