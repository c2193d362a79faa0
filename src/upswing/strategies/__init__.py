"""The eight strategies: their names, order and stage. The only list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Strategy:
    """One of the eight. `holds` says what its stone is for, `first` asks what begins a note."""

    key: str
    number: str
    name: str
    stage: str
    holds: str
    why: str
    first: str
    built: bool = False


EIGHT = (
    Strategy(
        "mindset",
        "1.1",
        "growth mindset",
        "See",
        "Look at one hard thought at a time, weigh it, and ask again after a week and a month.",
        "A thought that is written down can be weighed. Unwritten, it only goes round.",
        "Which sentence about yourself has been going round since?",
        built=True,
    ),
    Strategy(
        "compassion",
        "1.2",
        "self-compassion",
        "See",
        "The harsh voice and the kind one stand side by side here, in your own words.",
        "People who wrote to themselves kindly after a mistake wanted more, not less, to "
        "do better (four small experiments, 2012).",
        "What would you say to a friend to whom this had happened?",
        built=True,
    ),
    Strategy(
        "reviews",
        "2.1",
        "analysis",
        "Learn",
        "Sort out what happened: what worked, what was luck, and what was in your hands.",
        "Looking back in order, also at what worked, is one of the better proven ways to "
        "learn. It asks for a calm day.",
        "What did you expect, and what happened instead?",
        built=True,
    ),
    Strategy(
        "feedback",
        "2.2",
        "feedback",
        "Learn",
        "Here you will ask somebody who saw it, one question at a time, and hear it well.",
        "Asking for advice tends to bring more to work with than asking for feedback.",
        "Who saw it, and what would you like to ask them?",
    ),
    Strategy(
        "coping",
        "3.1",
        "coping",
        "Steady",
        "Write and check in here. Practices such as breathing and walking will join them.",
        "On heavy days it comes first to steady yourself. A few lines, or two taps, are enough.",
        "What has helped a little before, on days like this?",
        built=True,
    ),
    Strategy(
        "network",
        "3.2",
        "support",
        "Steady",
        "Here you will see who is there for what: listening, advice, an introduction, company.",
        "Somebody near makes a heavy day lighter, and people you know a little often "
        "hear of work first.",
        "Who could you tell, and what would you want from them?",
    ),
    Strategy(
        "goals",
        "4.1",
        "small goals",
        "Act",
        "Here a wish becomes small steps, with dates that your own pace supports.",
        "A wish with a first small step is easier to begin, and easier to put down again.",
        "What would be a little better in four weeks, if it went well?",
    ),
    Strategy(
        "action",
        "4.2",
        "action",
        "Act",
        "Here skills, training and new opportunities find their place, one try at a time.",
        "Skills and trying belong together: programmes with both helped people back to "
        "work, one alone did not.",
        "What is one thing that you would like to try or learn?",
    ),
)

BY_KEY = {strategy.key: strategy for strategy in EIGHT}
