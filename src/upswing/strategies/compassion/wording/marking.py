"""Words worth a second look: where they stand in a text, and the question each one asks. Pure.

It looks at words, not at people: nothing is counted, scored or kept, and most of what could be said
stays unsaid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from upswing.phrases import Found
from upswing.strategies.compassion.wording import others
from upswing.strategies.compassion.wording.book import LANGUAGES, Book, Rule, book

MOST = 6  # marks a text
MOST_ALIKE = 2  # marks of one rule: the same question again and again is nagging
GLANCE = 10_000  # signs that are enough to tell the language
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
REST_OF_SENTENCE = re.compile(r"[^.!?\n]{0,300}\?")
GAP = re.compile(r"[,*_]*[ \t]*")


@dataclass(frozen=True)
class Mark:
    """Words of the text, in code points from `start` to before `end`, and the rule that asks."""

    start: int
    end: int
    rule: Rule

    @property
    def question(self) -> str:
        return self.rule.question


def language_of(text: str, default: str) -> str:
    """The language with most of its small words in the text, or `default` where it is a draw."""
    words = Counter(word.lower().replace("’", "'") for word in WORD.findall(text[:GLANCE]))
    uses = {one: sum(words[each] for each in book(one).stop_words) for one in LANGUAGES}
    best = max(uses.values())
    first = [language for language in LANGUAGES if uses[language] == best]
    return first[0] if len(first) == 1 else default


def marks(text: str, language: str) -> list[Mark]:
    """At most one mark a line and six a text, in the order of the text."""
    rules = book(language)
    own = others.without(text, rules.saying)
    kept: list[Mark] = []
    for mark in _one_a_line(own, rules):
        if sum(one.rule is mark.rule for one in kept) < MOST_ALIKE:
            kept.append(mark)
        if len(kept) == MOST:
            break
    return kept


def _one_a_line(text: str, rules: Book) -> Iterator[Mark]:
    """The mark of each line that has one: of the first rule, and the first that it found."""
    best: Mark | None = None
    line_end = 0
    for found in rules.phrases.find(text):
        if best and found.start > line_end:
            yield best
            best = None
        if (best is None or found.of.order < best.rule.order) and _fits(text, found, rules):
            best = Mark(found.start, found.end, found.of)
            line_end = _line_end(text, found.end)
    if best:
        yield best


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _fits(text: str, found: Found[Rule], rules: Book) -> bool:
    """Whether nothing around the words takes the mark away."""
    rule, before = found.of, others.sentence_before(text, found.start)
    after = GAP.match(text, found.end)
    return not (
        rule.unless.at(text, found.start)
        or (after and rule.not_before.at(text, after.end()))
        or rule.not_after.anywhere(before)
        or rules.never_after.anywhere(before)
        or others.reported(before, rules.saying)
        or (not rule.in_questions and REST_OF_SENTENCE.match(text, found.end))
    )
