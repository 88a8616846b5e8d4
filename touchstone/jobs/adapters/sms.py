"""短信通道: how is a text message handed to the operator's gateway?

The gateway takes `POST {phone, content, reference}` as JSON with a bearer token and answers 200 (taken, also when it had it
already: `reference` is the key) or 4xx (refused, with `reason`). Anything else, and silence, means: try again later.
"""

import json
import os
from dataclasses import dataclass
from enum import StrEnum

from touchstone.jobs.adapters.asking import Refused, Unavailable, ask


class Answer(StrEnum):
    """What the gateway said."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Gateway:
    """A gateway's address and token; `timeout` in seconds."""

    url: str
    token: str
    timeout: float = 5.0

    def hand_over(self, *, phone: str, content: str, reference: str) -> tuple[Answer, str]:
        """This method will hand one message over and give the answer with the gateway's reason."""
        body = json.dumps({"phone": phone, "content": content, "reference": reference}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            ask(self.url, content=body, headers=headers, timeout=self.timeout)
        except Refused as refusal:
            return Answer.REFUSED, f"短信通道{refusal}"
        except Unavailable as silence:
            return Answer.UNAVAILABLE, f"短信通道{silence}"
        return Answer.TAKEN, ""


def configured() -> Gateway | None:
    """This function will give the installation's gateway, or None where none is configured."""
    url = os.environ.get("TOUCHSTONE_SMS_URL", "")
    return Gateway(url, os.environ.get("TOUCHSTONE_SMS_TOKEN", "")) if url else None
