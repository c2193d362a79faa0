"""The questions that an exercise is made of: what each asks, accepts and says afterwards. Pure.

An answer is plain JSON, as it stands in the record; `clean` makes it of what a door was given, and
takes its own result back unchanged. An empty answer is None, "" or [].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from upswing.errors import RuleError
from upswing.record import rules

Answers = Mapping[str, Any]
MOST_WORDS = 8
LONGEST_WORD = 60
EMPTY: tuple[Any, ...] = (None, "", [])
MOST_FOUND = 30


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question for the answer `name`.

    label: its short name over the answer, in the text that is kept. wording: what it asks where
    that depends on earlier answers. required: what is said when it is left empty; "" = it may be.
    """

    name: str
    ask: str
    label: str = ""
    help: str = ""
    required: str = ""
    wording: Callable[[Answers], str] | None = None

    def asked(self, answers: Answers) -> str:
        """The question, given what was answered before."""
        return self.wording(answers) if self.wording else self.ask

    def clean(self, value: Any, answers: Answers) -> Any:
        """The answer as it is kept. Raises RuleError at `name`."""
        raise NotImplementedError

    def told(self, value: Any) -> str:
        """An answer that is not empty, as Markdown."""
        return str(value)

    def _needed(self, value: Any) -> Any:
        if self.required and not value and value != 0:
            raise RuleError(self.name, self.required)
        return value


@dataclass(frozen=True, kw_only=True)
class Text(Question):
    """Words of any length; `lines` is how many the field shows at first.

    words: a length that is suggested and never asked for, 0 for none. own: one's own words, not
    those of a harsh voice that will be answered.
    """

    lines: int = 5
    words: int = 0
    own: bool = True

    def clean(self, value: Any, answers: Answers) -> str:
        text = rules.long_text(self.name, str(value or "")).rstrip()
        return str(self._needed(text.strip() and text))


def counted(text: str, wanted: int) -> str:
    """How long a text is, against the length that was suggested. Never a reproach."""
    count = len(text.split())
    said = "1 word" if count == 1 else f"{count} words"
    if count >= wanted:
        return f"{said}. That is plenty."
    return f"{said}. Around {wanted} are suggested; what is there is worth keeping as it is."


@dataclass(frozen=True, kw_only=True)
class Line(Question):
    """Words in one line. own: words of one's own, not a name."""

    longest: int = rules.LONGEST_TITLE
    own: bool = True

    def clean(self, value: Any, answers: Answers) -> str:
        line = " ".join(rules.readable(self.name, str(value or "")).split())
        if len(line) > self.longest:
            raise RuleError(
                self.name, f"Up to {self.longest} characters fit here; these are {len(line)}."
            )
        return str(self._needed(line))


@dataclass(frozen=True, kw_only=True)
class Rating(Question):
    """A whole number from 0 to `top`, with words for both ends."""

    top: int = 100
    low: str = ""
    high: str = ""

    def clean(self, value: Any, answers: Answers) -> int | None:
        number = None if value in (None, "") else whole(self.name, value, self.top)
        self._needed(number)
        return number

    def told(self, value: Any) -> str:
        return f"{value} of {self.top}"


def whole(name: str, value: Any, top: int) -> int:
    """A whole number from 0 to `top`. Raises RuleError at `name`."""
    text = str(value).strip()
    if isinstance(value, bool) or not text.isdecimal() or len(text) > 9 or int(text) > top:
        raise RuleError(name, f"A whole number from 0 to {top}, please.")
    return int(text)


@dataclass(frozen=True)
class Option:
    """Something to choose: its key in the record, its name, a line about it, examples."""

    key: str
    name: str
    about: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of the options."""

    options: tuple[Option, ...]

    def clean(self, value: Any, answers: Answers) -> str:
        key = str(value or "")
        if key and key not in {option.key for option in self.options}:
            raise RuleError(self.name, f"“{key[:40]}” is not one of the answers.")
        return str(self._needed(key))

    def told(self, value: Any) -> str:
        return next(option.name for option in self.options if option.key == value)


@dataclass(frozen=True, kw_only=True)
class Choices(Question):
    """Any of the options, up to `most`; kept in the order in which they are offered."""

    options: tuple[Option, ...]
    most: int = 99

    def clean(self, value: Any, answers: Answers) -> list[str]:
        chosen = _list(self.name, value)
        known = [option.key for option in self.options]
        if odd := [key for key in chosen if key not in known]:
            raise RuleError(self.name, f"“{str(odd[0])[:40]}” is not one of the answers.")
        if len(set(chosen)) > self.most:
            raise RuleError(self.name, f"Up to {self.most}, please; these are {len(set(chosen))}.")
        return list(self._needed([key for key in known if key in chosen]))

    def told(self, value: Any) -> str:
        return "\n".join(f"- {option.name}" for option in self.options if option.key in value)


@dataclass(frozen=True, kw_only=True)
class Strengths(Question):
    """Own words, each with its strength 0-100: [{"word": "sad", "strength": 70}, …]."""

    suggestions: tuple[str, ...] = ()

    def clean(self, value: Any, answers: Answers) -> list[dict[str, Any]]:
        rows = [self._row(row) for row in _list(self.name, value)]
        found = [row for row in rows if row is not None]
        if len(found) > MOST_WORDS:
            raise RuleError(self.name, f"Up to {MOST_WORDS} words fit here.")
        if len({row["word"] for row in found}) < len(found):
            raise RuleError(self.name, "One of these words stands here twice.")
        return list(self._needed(found))

    def _row(self, row: Any) -> dict[str, Any] | None:
        given = row if isinstance(row, Mapping) else {}
        typed, strength = given.get("word") or "", given.get("strength")
        word = " ".join(rules.readable(self.name, str(typed)).split())
        if not word and strength in (None, ""):
            return None
        if not word:
            raise RuleError(self.name, f"What is it that is {str(strength)[:9]} strong?")
        if len(word) > LONGEST_WORD:
            raise RuleError(self.name, f"A word here has up to {LONGEST_WORD} characters.")
        return {"word": word, "strength": self._strength(word, strength)}

    def _strength(self, word: str, strength: Any) -> int:
        if strength in (None, ""):
            raise RuleError(self.name, f"How strong is “{word}”, from 0 to 100?")
        return whole(self.name, strength, 100)

    def told(self, value: Any) -> str:
        return " · ".join(f"{row['word']} {row['strength']}" for row in value)


@dataclass(frozen=True, kw_only=True)
class Again(Strengths):
    """The words of the earlier answer `of`, their strength asked once more."""

    of: str

    def clean(self, value: Any, answers: Answers) -> list[dict[str, Any]]:
        given = [row for row in _list(self.name, value) if isinstance(row, Mapping)]
        told = [row for row in given if row.get("strength") not in (None, "")]
        known = {row["word"] for row in answers.get(self.of) or []}
        return [row for row in super().clean(told, answers) if row["word"] in known]


@dataclass(frozen=True, kw_only=True)
class IfThen(Question):
    """A plan: {"when": "…", "then": "…"}. Neither half stands alone."""

    when_ask: str = "When …"
    then_ask: str = "… then I will …"

    def clean(self, value: Any, answers: Answers) -> dict[str, str] | None:
        given = value if isinstance(value, Mapping) else {}
        when, then = (
            Line(name=self.name, ask="").clean(given.get(half), answers)
            for half in ("when", "then")
        )
        if then and not when:
            raise RuleError(self.name, "When will you do it? A plan needs the moment, too.")
        if when and not then:
            raise RuleError(self.name, "And what will you do then?")
        self._needed(when)
        return {"when": when, "then": then} if when else None

    def told(self, value: Any) -> str:
        return f"When {value['when']}, then I will {value['then']}."


@dataclass(frozen=True, kw_only=True)
class Finds(Question):
    """Own items, found by search and chosen: their ids. They are linked by `relation`."""

    relation: str = ""

    def clean(self, value: Any, answers: Answers) -> list[str]:
        ids = list(dict.fromkeys(self._id(each) for each in _list(self.name, value)))
        if len(ids) > MOST_FOUND:
            raise RuleError(self.name, f"Up to {MOST_FOUND} can be chosen.")
        return list(self._needed(ids))

    def _id(self, value: Any) -> str:
        try:
            return str(UUID(str(value)))
        except ValueError:
            raise RuleError(self.name, "One of those is not here any more.") from None

    def told(self, value: Any) -> str:
        """Nothing: a linked item is shown by its own name, which may change."""
        return ""


@dataclass(frozen=True, kw_only=True)
class Pause(Question):
    """Nothing to answer: some words to stay with for `seconds`."""

    seconds: int = 0

    def clean(self, value: Any, answers: Answers) -> None:
        return None


def _list(name: str, value: Any) -> Sequence[Any]:
    if value in (None, ""):
        return []
    if not isinstance(value, list | tuple):
        raise RuleError(name, "This is not what Upswing writes there.")
    return value


@dataclass(frozen=True)
class Step:
    """One page of an exercise. `recalls` names earlier answers that are shown on it again.

    reading: paragraphs that stand before its questions. place: the page that stands in its place
    where what it asks for is recorded as items of their own; such a step has no questions.
    """

    title: str
    questions: tuple[Question, ...]
    lede: str = ""
    aside: str = ""
    recalls: tuple[str, ...] = field(default=())
    reading: tuple[str, ...] = ()
    place: str = ""
