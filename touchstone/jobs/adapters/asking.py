"""外部通道: how is an outside service asked over HTTP, and what do its refusal and its silence mean?

4xx is a refusal: asking again is of no use. Anything else that is no answer, 429 included, and silence mean: try again later.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

_MOST_BYTES = 65_536
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Refused(Exception):
    """The service answered that it will not."""


class Unavailable(Exception):
    """The service does not answer, not now, or what cannot be read."""


def is_private(address: str) -> bool:
    """This function will say whether what is said there is heard by nobody else: over https, or within this machine."""
    parts = urllib.parse.urlsplit(address)
    return parts.scheme == "https" or parts.hostname in _LOOPBACK


def ask(address: str, *, content: bytes | None = None, headers: dict[str, str], timeout: float) -> bytes:
    """This function will give what a service answers, to content sent or to none. :raises Refused: :raises Unavailable:"""
    try:
        request = urllib.request.Request(address, content, headers)  # noqa: S310 - address is the installation's own setting
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return bytes(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            if 400 <= error.code < 500 and error.code != 429:
                raise Refused(f"拒绝（{error.code}）") from error
            raise Unavailable(f"暂不可用（{error.code}）") from error
    except (OSError, ValueError) as error:
        raise Unavailable(f"无应答（{type(error).__name__}）") from error


def ask_json(address: str, *, content: bytes | None = None, headers: dict[str, str], timeout: float) -> dict[str, Any]:
    """This function will give what a service answers as a JSON object. :raises Refused: :raises Unavailable: also for anything else."""
    try:
        told = json.loads(ask(address, content=content, headers=headers, timeout=timeout))
    except ValueError as error:
        raise Unavailable("答复无法读取") from error
    if not isinstance(told, dict):
        raise Unavailable("答复无法读取")
    return told
