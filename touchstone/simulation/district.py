"""区级规模: placeholder"""
from typing import Any


def build(**kw: Any) -> None:
    raise NotImplementedError
