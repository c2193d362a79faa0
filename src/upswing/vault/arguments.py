"""What stands behind `upswing log` and `upswing checkin`, read by hand: argparse is dear here."""

from __future__ import annotations

LOWEST, HIGHEST = 1, 10
# The record refuses more; refused here, the person still sees why.
LONGEST_TAG, MOST_TAGS = 80, 50
LONGEST_FEELING, MOST_FEELINGS = 40, 20
LONGEST_SETBACK = 300

SCALES = ("mood", "energy", "stress")
LISTS = ("feel", "tag")
WORDS = ("setback", "at")
NUMBER_SIGNS = set("0123456789.,+-")

OPTIONS_HELP = """\
  --mood N, --energy N, --stress N   whole numbers from 1 to 10
  --feel WORD,WORD                   feeling words
  --tag WORD                         a tag; may be given several times
  --setback ID or "words"            the setback that it belongs to
  --at "yesterday 18:00"             when it was, if not now
  -h, --help                         this page

It works while the vault is locked: the line is sealed and waits until Upswing is next open.
"""

HELP = {
    "log": f"""\
upswing log ["text"]: write something down.

  upswing log "They said no. #interview" --mood 3
  upswing log < notes.md
  upswing log                        asks, so that nothing stays in the shell's history

A command line may be kept in the history of the shell. `upswing log` alone asks instead.

{OPTIONS_HELP}""",
    "checkin": f"""\
upswing checkin [MOOD [ENERGY [STRESS]]] ["line of text"]: how it is right now.

  upswing checkin 4
  upswing checkin 4 3 7 "slept badly" --feel tired,tense
  upswing checkin                    asks three short questions; Enter skips one

A command line may be kept in the history of the shell. `upswing checkin` alone asks instead;
for more than a line of text, `upswing log` alone does.

{OPTIONS_HELP}""",
}


class UsageError(Exception):
    """The command cannot be understood; the message is one sentence."""


class Given:
    """What was typed. Scales are None and words empty where they were not given."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.text = ""
        self.scales: dict[str, int] = {}
        self.lists: dict[str, list[str]] = {name: [] for name in LISTS}
        self.words: dict[str, str] = {}

    def says_something(self) -> bool:
        """Whether there is anything to keep; an entry needs its text."""
        felt = self.scales or self.lists["feel"]
        return bool(self.text or (felt and self.word == "checkin"))


def read_arguments(word: str, arguments: list[str]) -> Given | None:
    """What was typed behind `word`; None where help is wanted. Raises UsageError."""
    given = Given(word)
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        _must_be_text(argument)
        if argument in ("-h", "--help"):
            return None
        if argument == "--":
            rest.extend(left)
        elif argument.startswith("--"):
            name, equals, value = argument[2:].partition("=")
            _option(given, name, value if equals else next(left, None))
        elif argument.startswith("-") and set(argument) - NUMBER_SIGNS:
            raise UsageError(_unknown(word, argument))
        else:
            rest.append(argument)
    _positional(given, rest)
    _check_lists(given)
    return given


def _must_be_text(argument: str) -> None:
    try:
        argument.encode()
    except UnicodeEncodeError:
        raise UsageError("This text is not valid UTF-8, so it was not kept.") from None


def _unknown(word: str, option: str) -> str:
    return f"`upswing {word}` has no option {option}; `upswing {word} --help` lists them."


def _option(given: Given, name: str, value: str | None) -> None:
    if name not in (*SCALES, *LISTS, *WORDS):
        raise UsageError(_unknown(given.word, f"--{name}"))
    if value is None or not value.strip():
        raise UsageError(f"--{name} needs a value behind it.")
    _must_be_text(value)
    if name in LISTS:
        given.lists[name] += [part for each in value.split(",") if (part := each.strip(" #"))]
    elif name in given.scales or name in given.words:
        raise UsageError(f"--{name} is given twice.")
    elif name in SCALES:
        given.scales[name] = whole_number(name, value)
    else:
        given.words[name] = value.strip()


def whole_number(name: str, text: str) -> int:
    """A scale's value; raises UsageError unless it is a whole number from 1 to 10."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) <= 2 and LOWEST <= int(text) <= HIGHEST:
        return int(text)
    raise UsageError(f"{name.capitalize()} is a whole number from {LOWEST} to {HIGHEST}.")


def _positional(given: Given, rest: list[str]) -> None:
    if given.word == "checkin":
        for name in SCALES:
            if not rest or not rest[0] or set(rest[0]) - NUMBER_SIGNS:
                break
            if name in given.scales:
                raise UsageError(f"{name.capitalize()} is given twice.")
            given.scales[name] = whole_number(name, rest.pop(0))
    for part in rest:
        _must_be_text(part)
    given.text = " ".join(rest)


def _check_lists(given: Given) -> None:
    _check_list("tag", given.lists["tag"], LONGEST_TAG, MOST_TAGS)
    _check_list("feeling word", given.lists["feel"], LONGEST_FEELING, MOST_FEELINGS)
    if len(given.words.get("setback", "")) > LONGEST_SETBACK:
        raise UsageError(f"--setback has up to {LONGEST_SETBACK} characters.")


def _check_list(noun: str, found: list[str], longest: int, most: int) -> None:
    if any(len(word) > longest for word in found):
        raise UsageError(f"A {noun} has up to {longest} characters.")
    if len(found) > most:
        raise UsageError(f"Up to {most} {noun}s fit; these are {len(found)}.")
