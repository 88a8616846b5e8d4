"""样式瘦身: which rules of the page framework's style sheet can a public page do without?

Public pages are read on phones, so they get the same style sheet without the families that only a back office or
nobody here uses. Whole rules go, in order; nothing is rewritten.
"""

import re
from collections.abc import Iterator

KEPT = re.compile(
    r"^(row|col(-(md|lg))?(-\d+|-auto)?|g[xy]?-[2-4]|container(-xl|-narrow|-tight)?"
    r"|btn(-(primary|secondary|danger|outline-primary|outline-danger|link|sm|lg|list))?"
    r"|card(-(header|body|footer|title|subtitle|actions))?"
    r"|badge|form-(control|select|label|hint|check(-input|-label|-inline)?|fieldset)|required|is-invalid|invalid-feedback"
    r"|table(-(responsive|sm))?|list-(unstyled|inline|inline-item)|page-(item|link)|active|disabled"
    r"|d-(none|block|flex|grid|inline|inline-block|print-none)|d-(md|lg)-(none|block|flex)"
    r"|[mp][tbsexy]?-[0-5]|mx-auto|ms-auto|me-auto|gap-[1-4]|fw-(normal|medium|bold)"
    r"|text-(start|center|end|muted|secondary|nowrap|truncate|break|danger|reset)|w-100|h-100|small|h[1-4]|lead"
    r"|justify-content-(start|end|center|between)|align-items-(start|end|center|baseline)|flex-(wrap|column|fill)"
    r"|visually-hidden(-focusable)?|img-fluid)$"
)
PICKER = re.compile(r"\[data-vc")  # the calendar of a script that the pages do not load
CLASS = re.compile(r"\.((?:\\.|[\w-])+)")


def without_unused_families(css: str) -> str:
    """Give the style sheet with only the rules whose classes are all kept for public pages, and the variables they use."""
    kept = "".join(_kept(css))
    while (slim := _without_unused_variables(kept)) != kept:
        kept = slim
    return kept


def _without_unused_variables(css: str) -> str:
    used = set(re.findall(r"var\(\s*(--tblr-[\w-]+)", css))

    def needed(found: re.Match[str]) -> str:
        return found[0] if found[1] in used else ""

    return re.sub(r"(?<=[{;])(--tblr-[\w-]+):[^;{}]*(;|(?=\}))", needed, css)


def _kept(css: str) -> Iterator[str]:
    for head, body in _rules(re.sub(r"/\*(?!!).*?\*/", "", css, flags=re.S)):
        if body is None:
            yield head + ";"
        elif head.startswith(("@media", "@supports", "@layer", "@container")):
            if inner := "".join(_kept(body)):
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif selectors := [s for s in _selectors(head) if _kept_selector(s)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _kept_selector(selector: str) -> bool:
    return all(map(KEPT.match, CLASS.findall(selector))) and not PICKER.search(selector)


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Split a sheet into (selector or at-rule, body); a statement such as @charset has no body."""
    start = at = 0
    while at < len(css):
        if css[at] == ";":
            yield css[start:at].strip(), None
            start = at + 1
        elif css[at] == "{":
            head, depth, opened = css[start:at].strip(), 1, at + 1
            while depth:
                at += 1
                depth += {"{": 1, "}": -1}.get(css[at], 0)
            yield head, css[opened:at]
            start = at + 1
        at += 1


def _selectors(head: str) -> list[str]:
    """Split a selector list at its top-level commas."""
    parts, depth, current = [], 0, ""
    for letter in head:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append(current)
            current = ""
        else:
            current += letter
    return [*parts, current]
