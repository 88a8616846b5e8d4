"""查验页: pages per second beside a bare hello-world on the same server, answers at p50, p95 and p99, and the weight of the page."""

import gzip
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median
from urllib.parse import urljoin

from bench.load import LOOPBACK, Answers, ask
from bench.place import memory, server

REPEATS, REQUESTS, VISITORS, WORKERS = 5, 1_500, 4, 2


@dataclass
class Target:
    """What is asked for, with the answers of each repeat; `first` are the first answers of fresh servers (of the page, asked first)."""

    name: str
    paths: list[str]
    first: list[float] = field(default_factory=list)
    warm: list[Answers] = field(default_factory=list)
    alone: list[Answers] = field(default_factory=list)


def targets() -> list[Target]:
    """Two hundred certificates by QR address, and the two hellos."""
    from touchstone.accounts.actor import PLATFORM
    from touchstone.certificates.queries import certificates, verify_path

    numbers = list(certificates(PLATFORM).values_list("number", flat=True)[::230])[:200]
    pages = [verify_path(number) for number in numbers]
    return [
        Target("证书查验页", pages),
        Target("空视图（同一 Django、同样的中间件）", ["/bench/hello"]),
        Target("空应用（同一服务器，不进 Django）", ["/bench/bare"]),
    ]


def run(found: list[Target]) -> float:
    """Measure every target on five fresh servers in turn; the most memory (MB) the servers held."""
    most = 0.0
    for _ in range(REPEATS):
        with server(WORKERS) as (port, process):
            found[0].first += ask(port, found[0].paths, count=1, visitors=1).seconds
            for target in found:
                ask(port, target.paths, count=200, visitors=VISITORS)
                target.warm.append(ask(port, target.paths, count=REQUESTS, visitors=VISITORS))
                target.alone.append(ask(port, target.paths, count=300, visitors=1))
            most = max(most, memory(process))
    return most


def line(target: Target) -> list[str]:
    """One line of the table."""
    rates = sorted(one.per_second for one in target.warm)
    shares = [median(one.percentile(share) for one in target.warm) for share in (0.5, 0.95, 0.99)]
    alone = median(one.percentile(0.95) for one in target.alone)
    first = [one * 1000 for one in sorted(target.first)]
    cold = f"{median(first):.0f}（{first[0]:.0f}–{first[-1]:.0f}）" if first else "—"
    return [
        target.name,
        f"{median(rates):,.0f}（{rates[0]:,.0f}–{rates[-1]:,.0f}）",
        *(f"{share:.1f}" for share in shares),
        f"{alone:.1f}",
        cold,
    ]


def weigh(path: str) -> list[tuple[str, int]]:
    """What a browser loads for a page, each with the bytes that travel (compressed where the server does so)."""
    with server(1) as (port, _):
        body, size = _fetch(port, path)
        found, waiting = [("页面", size)], _assets(body.decode(), path)
        seen: set[str] = set()
        while waiting:
            asset = waiting.pop(0)
            if asset in seen:
                continue
            seen.add(asset)
            content, size = _fetch(port, asset)
            found.append((asset, size))
            if asset.split("?")[0].endswith(".css"):
                urls = re.findall(r"url\(['\"]?([^)'\"]+)", content.decode())
                waiting += [urljoin(asset, url) for url in urls if not url.startswith(("data:", "#"))]
        return found


def _assets(page: str, path: str) -> list[str]:
    tags = re.findall(r"<(?:link|script|img|source)\b[^>]*>", page)
    wanted = [tag for tag in tags if not tag.startswith("<link") or re.search(r'rel="(?:stylesheet|icon|preload|modulepreload|manifest)', tag)]
    urls = [found[1] for tag in wanted if (found := re.search(r'(?:href|src)="([^"]+)"', tag))]
    return [urljoin(path, url) for url in urls if not url.startswith("data:")]


def _fetch(port: int, path: str) -> tuple[bytes, int]:
    connection = HTTPConnection(LOOPBACK, port, timeout=20)
    connection.request("GET", path, headers={"Host": LOOPBACK, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    plain = gzip.decompress(content) if answer.getheader("Content-Encoding") == "gzip" else content
    return plain, len(content) + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
