"""短信通道模拟: a gateway of its own, over real HTTP, that remembers what it took.

`python -m touchstone.simulation.sms_gateway PORT TOKEN`; GET / lists what was taken (numbers masked).
"""

import json
import sys
from http.server import ThreadingHTTPServer

from touchstone.kernel.numbers import mask_phone
from touchstone.simulation.answering import Answering


class SimulatedGateway(ThreadingHTTPServer):
    """A gateway on loopback; `taken` holds messages by reference, so that one handed over twice counts once."""

    def __init__(self, port: int, token: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.token, self.taken = token, dict[str, dict[str, str]]()


class _Handler(Answering):
    server: SimulatedGateway

    def do_GET(self) -> None:
        self.answer_json(200, {"taken": [m | {"phone": mask_phone(m["phone"])} for m in self.server.taken.values()]})

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers.get("Authorization") != f"Bearer {self.server.token}":
            return self.answer_json(401, {"reason": "令牌不符"})
        if not message["phone"].isdigit():
            return self.answer_json(422, {"reason": "号码无效"})
        self.server.taken[message["reference"]] = message
        return self.answer_json(200, {"reference": message["reference"]})


if __name__ == "__main__":
    SimulatedGateway(int(sys.argv[1]), sys.argv[2]).serve_forever()
