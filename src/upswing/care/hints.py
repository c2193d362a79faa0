"""Whether it is worth reading `signs.toml` for a text, by a few beginnings of words. Pure.

The path of a capture has no time to read that file for each line. A test holds every sentence that
has to be found against these.
"""

from __future__ import annotations

STEMS = (
    *("suici", "suizid", "selbstm", "selbstv", "freitod", "kms", "kys", "unaliv", "self"),
    *("kill", "die", "dying", "dead", "death", "life", "live", "living", "alive", "exist"),
    *("wake", "end it", "end thing", "ending", "to end", "hurt", "harm", "cut", "slit", "burn"),
    *("bleed", "without me", "if i was", "if i were", "disappear", "vanish", "pills", "tablet"),
    *("overdos", "hang", "rope", "noose", "gun", "razor", "knife", "jump", "bridge", "train"),
    *("tree", "traffic", "goodbye", "farewell", "go on", "way out", "point in", "point of"),
    *("reason to", "miss me", "been born", "funeral", "forever", "be here", "anymore", "any more"),
    *("something stupid", "myself", "umbring", "umzubring", "bringe mich um", "bring mich um"),
    *("sterb", "gestorb", "tot ", "tot.", "tot,", "tod", "leben", "lebe", "aufwach", "wache nicht"),
    *(
        "nicht mehr",
        "antun",
        "angetan",
        "verletz",
        "mir noch etwas",
        "tue mir",
        "tu mir",
        "ritz",
        "geschnitt",
    ),
    *("schneid", "ohne mich", "verschwind", "ausweg", "brücke", "bruecke", "spring", "vor den"),
    *(
        "gegen ein",
        "gegen die",
        "gleise",
        "pillen",
        "abschied",
        "strick",
        "ein ende",
        "keinen sinn",
    ),
    *("schluss", "vermissen", "geboren", "beerdigung", "wofür", "wozu", "existier", "vorbei"),
)


def may_mean_more(text: str) -> bool:
    """Whether `signs.sign` could find something in the text."""
    low = f"{text.lower()} "
    return any(stem in low for stem in STEMS)
