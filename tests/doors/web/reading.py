"""What a person reads of an answer."""

from __future__ import annotations

import html
import re
from typing import Any


def text(answer: Any) -> str:
    """The words of the page, with single spaces."""
    page = answer.content.decode()
    plain = re.sub(r"<(script|style|title)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


def errors(answer: Any) -> dict[str, list[str]]:
    """What the form of a refused page says, by field; each sentence also stands on the page."""
    assert answer.status_code == 422, answer.status_code
    found: dict[str, list[str]] = answer.context["form"].errors
    assert all(sentence in text(answer) for each in found.values() for sentence in each)
    assert 'role="alert"' in answer.content.decode()
    return dict(found)


def value(answer: Any, field: str) -> Any:
    """What stands in a field of the page's form."""
    return answer.context["form"][field].value()
