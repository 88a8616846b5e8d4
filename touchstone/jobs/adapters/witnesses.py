"""见证人通道: how is a witness asked to sign what it has seen of a log?"""

from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from touchstone.logs.operations.publishing import WitnessAway, WitnessDisagrees, WitnessKnows
from touchstone.trust.log.notes import COSIGNATURE, NoteBroken, Verifier
from touchstone.trust.log.witness import request_of


class HttpWitness:
    """A witness at an address, known by its key; `timeout` in seconds."""

    def __init__(self, address: str, key: str, timeout: float = 3.0) -> None:
        """:raises NoteBroken: where the key is none of a witness."""
        self.verifier, self.address, self.timeout = Verifier.read(key), address.rstrip("/"), timeout
        if self.verifier.algorithm != COSIGNATURE:
            raise NoteBroken("this is no key of a witness")

    def cosign(self, old: int, path: Sequence[bytes], note: str) -> str:
        """This method will ask for a signature over a checkpoint that has grown from an old size.

        :raises WitnessKnows: when it has seen another size. :raises WitnessDisagrees: when the proof did not convince it. :raises WitnessAway:
        """
        parts = urlsplit(self.address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        try:
            connection.request("POST", f"{parts.path}/add-checkpoint", request_of(old, path, note), {"Content-Type": "text/plain"})
            answer = connection.getresponse()
            code, words = answer.status, answer.read(16 * 1024).decode(errors="replace")
        except (OSError, HTTPException) as error:
            raise WitnessAway(f"没有应答（{error.__class__.__name__}）") from error
        finally:
            connection.close()
        if code == 200:
            return words
        if code == 409 and words.strip().isdigit():
            raise WitnessKnows(int(words))
        if code == 422:
            raise WitnessDisagrees(words.strip()[:200])
        raise WitnessAway(f"应答{code}：{words.strip()[:200]}")


def configured() -> list[HttpWitness]:
    """This function will give the witnesses of this installation. :raises NoteBroken:"""
    return [HttpWitness(address, key) for address, key in settings.LOG_WITNESSES]
