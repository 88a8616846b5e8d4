"""单项试验: run trials by name in this process and print a line of JSON for every step and outcome.

`python -m bench.campaign.trial [--small] importer worker …`; trials named together share one database.
"""

import json
import signal
import sys
import warnings
from importlib import import_module
from typing import Any

from bench.campaign.outcome import timed
from bench.campaign.place import own_place
from bench.campaign.trials import trial


def main() -> int:
    """Run what the command line names; 1 when something was lost, doubled or otherwise wrong."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    small = "--small" in sys.argv
    keys = [word for word in sys.argv[1:] if not word.startswith("-")]
    clean = True
    with own_place(own_server=any(one.own_server for one in map(trial, keys))):
        for key in keys:
            module = import_module(f"bench.campaign.{key}")
            found = timed(module.run, small, lambda line, key=key: say(trial=key, step=line))
            clean &= found.clean
            say(trial=key, outcome=found.as_record())
    return 0 if clean else 1


def say(**line: Any) -> None:
    """Print one line of JSON at once."""
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
