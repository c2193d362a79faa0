"""Thinking traps: fourteen habits of thought, each with two examples from work.

The list goes back to Beck and Burns; names, lines and examples are in our own words. A person picks
them; Upswing never says that a thought holds one.
"""

from __future__ import annotations

from upswing.exercises.questions import Option

TRAPS = (
    Option(
        "all-or-nothing",
        "All or nothing",
        "Only perfect or worthless, with no room between.",
        (
            "“I lost the thread once. The whole presentation was a disaster.”",
            "“Either I get this role or my career is over.”",
        ),
    ),
    Option(
        "overgeneralising",
        "Once means always",
        "One event becomes a rule for all of them.",
        (
            "“They turned me down, so nobody will ever take me.”",
            "“It goes wrong every time I lead something.”",
        ),
    ),
    Option(
        "filter",
        "Only the bad part",
        "One bad detail is seen, and the rest of the picture is not.",
        (
            "Nine lines of the review were warm; the tenth is all that is left.",
            "“The client moved on from one slide quickly. She hated it.”",
        ),
    ),
    Option(
        "discounting",
        "The good does not count",
        "What went well is luck, or anybody could have done it.",
        (
            "“They only praised it to be polite.”",
            "“I was promoted then because nobody else was left.”",
        ),
    ),
    Option(
        "mind-reading",
        "Mind-reading",
        "Knowing what others think, without having asked.",
        (
            "“My manager wrote two words back. She is done with me.”",
            "“They all noticed that I was out of my depth.”",
        ),
    ),
    Option(
        "fortune-telling",
        "Fortune-telling",
        "The future is settled already, and it is bad.",
        (
            "“There is no point in applying. They will say no.”",
            "“In the new team I will be the first to go again.”",
        ),
    ),
    Option(
        "magnifying",
        "The magnifying glass",
        "A mistake grows far beyond its size.",
        (
            "“I sent it with a typo. They will remember me for that.”",
            "“Missing that deadline ruined the whole year.”",
        ),
    ),
    Option(
        "catastrophising",
        "The worst case",
        "From here to the worst thing there is, in three steps.",
        (
            "“No offer by March, then the flat goes, then everything.”",
            "“If this review stays on file, I am finished in this trade.”",
        ),
    ),
    Option(
        "emotional-reasoning",
        "It feels so, so it is so",
        "A feeling is taken for a fact about the world.",
        (
            "“I feel like a fraud, so I must be one.”",
            "“I am this ashamed. It must have been really bad.”",
        ),
    ),
    Option(
        "should-statements",
        "Should and must",
        "A rule nobody agreed to, and a sentence for breaking it.",
        (
            "“I should have seen the layoffs coming.”",
            "“By forty one must lead a team.”",
        ),
    ),
    Option(
        "labelling",
        "A label for a person",
        "One word for a whole person, from one thing that happened.",
        (
            "“I did not win the pitch. I am a loser.”",
            "“He cut the budget. He is an idiot.”",
        ),
    ),
    Option(
        "self-blame",
        "All of it is me",
        "Taking on what many people and much chance had a part in.",
        (
            "“The project was stopped because I was not good enough.”",
            "“My team was let go. I should have protected them.”",
        ),
    ),
    Option(
        "other-blame",
        "All of it is them",
        "Others did all of it, so nothing is left that one could do.",
        (
            "“They had it in for me from the start. That is all there is to it.”",
            "“With that boss nobody could have learned anything.”",
        ),
    ),
    Option(
        "comparing",
        "The unfair comparison",
        "One’s own inside held against the outside of others.",
        (
            "“Everybody from my year is a director by now.”",
            "“She found something within a week. I am in month four.”",
        ),
    ),
)
