"""另一端进程: how is a simulated outside system begun as a process of its own, told what to do, asked what it heard, and ended?"""

import json
import os
import subprocess
import sys
import urllib.request
from typing import Any

CLIENT, SECRET = "touchstone", "只在测试中使用的密钥"


def begun(simulation: str, *words: str, secret: str) -> "subprocess.Popen[str]":
    """Begin a simulation at an address of its own, under control; `secret` names the setting that holds ours."""
    command = [sys.executable, "-m", f"touchstone.simulation.{simulation}", *words, "0", CLIENT, "control"]
    return subprocess.Popen(command, env={**os.environ, secret: SECRET}, stdout=subprocess.PIPE, text=True)


def address_of(process: "subprocess.Popen[str]") -> str:
    """Give the address it answers at, as soon as it does."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ended(*processes: "subprocess.Popen[str]") -> None:
    """End them."""
    for process in processes:
        process.terminate()
        process.wait(5)
        if process.stdout is not None:
            process.stdout.close()


def tell(control: str, told: dict[str, Any]) -> None:
    """Change what it does from now on."""
    with urllib.request.urlopen(urllib.request.Request(control, json.dumps(told).encode(), method="PUT"), timeout=5):
        pass


def heard_at(control: str) -> dict[str, Any]:
    """Give what it has heard."""
    with urllib.request.urlopen(control, timeout=5) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


def settings_of(line: str, address: str) -> dict[str, str]:
    """Give the settings of an installation that is connected to it by a line of this name."""
    return {f"TOUCHSTONE_{line}_{name}": value for name, value in (("URL", address), ("CLIENT", CLIENT), ("SECRET", SECRET))}
