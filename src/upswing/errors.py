"""What goes wrong by the person's own hand, in words for the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar, cast

T = TypeVar("T")


class RuleError(Exception):
    """A rule said no. `field` names the input ("" = the whole of it), `sentence` says why.

    all: every no that was said at once, this one first; `sentence` then holds all of them, one in
    a line.
    """

    field: str
    sentence: str
    all: tuple[RuleError, ...]

    def __init__(self, field: str, sentence: str, others: Sequence[RuleError] = ()) -> None:
        lines = dict.fromkeys([sentence, *(one.sentence for one in others)])
        super().__init__("\n".join(lines))
        self.field = field
        self.sentence = "\n".join(lines)
        self.all = (RuleError(field, sentence), *others) if others else (self,)


class Ask(Protocol):
    """Asks a rule, and gives back what it says."""

    def __call__(self, rule: Callable[..., T], *given: Any, **named: Any) -> T: ...


@contextmanager
def all_at_once() -> Iterator[Ask]:
    """Ask several rules, and raise a single RuleError with every no at the end of the block.

    What a rule that said no gives back is None; behind the block nobody comes to see it. A verb
    that writes may be asked, too, inside a transaction: what it wrote goes with the others' no.
    """
    refused: list[RuleError] = []

    def ask(rule: Callable[..., T], *given: Any, **named: Any) -> T:
        try:
            return rule(*given, **named)
        except RuleError as error:
            refused.extend(error.all)
            return cast(T, None)

    yield ask
    if refused:
        first, *others = refused
        raise RuleError(first.field, first.sentence, others) if others else first
