"""What goes wrong by the person's own hand, in words for the person."""

from __future__ import annotations


class RuleError(Exception):
    """A rule said no. `field` names the input ("" = the whole of it), `sentence` says why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence
