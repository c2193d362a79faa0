"""Somebody who goes through an exercise in the browser, from the page before it to the one after.

The steps and their questions are read from the exercise, what is answered from walks.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import expect

import walks
from browser.hands import Forms, Hands, Keys
from browser.visitor import Visitor
from upswing.exercises import questions as ask
from upswing.exercises.questions import Question, Step
from upswing.strategies.compassion.catalogue import lines
from upswing.strategies.reviews.catalogue import review
from walks import FACTORS_NAMED, Contributed, Walk

EARLIER = "We the budget"  # a factor of the reviews of fill.py
KNOWN = "How well is this known to work?"


class Walker:
    """One person in one exercise. The hands are theirs, the questions are the exercise's."""

    def __init__(self, visitor: Visitor, hands: Hands, walk: Walk) -> None:
        self.visitor, self.page, self.hands, self.walk = visitor, visitor.page, hands, walk
        self.exercise = walk.exercise

    def whole(self, setback: str, *, back: bool) -> None:
        """From the page before it, over every step, to the page of what came of it.

        back: also from the second step to the first, and on again.
        """
        self.before(setback)
        for number, step in enumerate(self.exercise.steps, 1):
            self.step(number, step)
            if number == 1 and back:
                self.back_and_on(step)
        self.after()

    def before(self, setback: str) -> None:
        """How long it takes stands there before it starts, and how well it works does not."""
        if any(isinstance(one, ask.Pause) for one in self.exercise.questions.values()):
            self.page.clock.install()
        self.visitor.goto(f"/exercises/{self.walk.kind}/?setback={setback}")
        self.hands.arrive(self.exercise.title)
        main = self.page.locator("main")
        expect(main).to_contain_text(f"{self.exercise.minutes} minutes")
        expect(main).not_to_contain_text(KNOWN)
        self.hands.press("Begin")

    def step(self, number: int, step: Step) -> None:
        """Answer every question of a step, and go on."""
        self.hands.arrive(step.title)
        self._ways_out(number)
        if step.place:
            PLACES[step.place](self)
        for place, question in enumerate(step.questions):
            self.answer(question, step.questions[:place])
        self.hands.press("Keep it" if number == len(self.exercise.steps) else "Go on")

    def _ways_out(self, number: int) -> None:
        """One sees the way back and the way out, and nothing yet of what is known about it."""
        back = self.visitor.link("Back")
        expect(back).to_be_visible()
        target = f"/{number - 1}/" if number > 1 else f"/exercises/{self.walk.kind}/"
        assert target in str(back.get_attribute("href"))
        expect(self.page.get_by_text("Enough for today", exact=True).first).to_be_visible()
        expect(self.page.locator("main")).not_to_contain_text(KNOWN)

    def back_and_on(self, first: Step) -> None:
        """From the second step to the first, where all stands as it was answered, and on again."""
        self.hands.arrive(self.exercise.steps[1].title)
        self.hands.press("Back")
        self.hands.arrive(first.title)
        for question in first.questions:
            self.stands(question)
        self.hands.press("Go on")

    def after(self) -> None:
        """Everything that was answered stands there, and how well the exercise is known to work."""
        expect(self.visitor.heading(KNOWN)).to_be_visible()
        if self.walk.kind == "voices":  # its page shows both voices, and folds the rest away
            self.hands.unfold("The whole of it")
        self._reads([*self.walk.shown, *(one.says for one in self.exercise.evidence)])

    def _reads(self, wanted: Iterable[str]) -> None:
        said = " ".join(self.page.locator("main").inner_text().split())
        missing = [words for words in wanted if words not in said]
        assert not missing, f"{missing} of {said}"

    def again(self) -> None:
        """The step with which it comes back, without what was said before; then how it moved."""
        step = self.exercise.again
        assert step is not None
        self.hands.arrive(step.title)
        for question in step.questions:
            self._put(question, self.walk.again[question.name])
        self.hands.press("Keep it")
        expect(self.visitor.heading("How it moved")).to_be_visible()
        for question in step.questions:
            self._reads(walks.shown(question, self.walk.again[question.name]))

    # --- one question -----------------------------------------------------------------------------

    def answer(self, question: Question, before: tuple[Question, ...] = ()) -> None:
        """Answer a question; `before` are those of the same page, which stay as they are."""
        value = self.walk.given.get(question.name)
        if isinstance(question, ask.Finds):
            self.hands.look(walks.SOUGHT)
            for earlier in before:
                self.stands(earlier)
            self.hands.arrive(self.page.locator("h1").inner_text())
        self._put(question, value)

    def _put(self, question: Question, value: Any) -> None:
        put = next(put for kind, put in PUT if isinstance(question, kind))
        put(self, question, value)

    def label(self, question: Question) -> str:
        """How the question begins that this person is asked."""
        return question.asked(self.walk.given)

    def stands(self, question: Question) -> None:
        """What was answered stands in the field."""
        value = self.walk.given[question.name]
        if isinstance(question, ask.Choices):
            chosen = self.hands.group(self.label(question)).locator("input:checked")
            expect(chosen).to_have_count(len(value))
        elif _is_radio(question):
            radio = self.hands.group(self.label(question)).locator("input:checked")
            expect(radio).to_have_value(str(value))
        else:
            expect(self.hands.field(self.label(question))).to_have_value(str(value))

    def _write(self, question: Question, value: Any) -> None:
        self.hands.write(self.label(question), str(value))

    def _rate(self, question: Any, value: int) -> None:
        if _is_radio(question):
            self.hands.choose(self.label(question), str(value))
        else:
            self._write(question, value)

    def _choose(self, question: Any, value: str) -> None:
        self.hands.choose(self.label(question), question.told(value))

    def _tick(self, question: Any, value: list[str]) -> None:
        chosen = [option for option in question.options if option.key in value]
        for option in chosen:
            self.hands.tick(option.name)
        for option in chosen[-1:]:
            self._examples(option)

    def _examples(self, option: ask.Option) -> None:
        """They are folded away below the option that one is at."""
        if option.examples:
            self.hands.unfold(f"Examples of {option.name}")
            expect(self.page.get_by_text(option.examples[0])).to_be_visible()

    def _strengths(self, question: Question, value: list[dict[str, Any]]) -> None:
        for place, row in enumerate(value):
            self.hands.write(f"Word {place + 1}", row["word"])
            self.hands.write("Its strength", str(row["strength"]), place)

    def _again(self, question: Question, value: list[dict[str, Any]]) -> None:
        for row in value:
            self.hands.write(row["word"], str(row["strength"]))

    def _plan(self, question: Any, value: dict[str, str]) -> None:
        self.hands.write(question.when_ask, value["when"])
        self.hands.write(question.then_ask, value["then"])

    def _find(self, question: Question, value: list[str]) -> None:
        for title in value:
            self.hands.tick(title)

    def _mark(self, question: Question, value: list[str]) -> None:
        for line in value:
            self.hands.tick(line)

    def _reply(self, question: Question, value: list[dict[str, str]]) -> None:
        for row in value:
            self.hands.write(row["line"], row["kind"])

    def _stay(self, question: Any, value: None) -> None:
        """Some words to stay with; nothing has to be done."""
        expect(self.page.get_by_text(question.ask)).to_be_visible()
        expect(self.page.get_by_text(f"About {question.seconds} seconds")).to_be_visible()
        if isinstance(self.hands, Keys):  # somebody whose browser runs scripts is told the time
            self.page.clock.fast_forward((question.seconds + 1) * 1000)
            over = f"{question.seconds} seconds are over."
            expect(self.page.locator("up-pause [role=status]")).to_contain_text(over)

    # --- the steps of a review that record items of their own -------------------------------------

    def factors(self) -> None:
        """Name what contributed, and share the influence out."""
        for one in FACTORS_NAMED:
            self._name(one)
            self.hands.arrive(self.page.locator("h1").inner_text())
            expect(self.page.locator(".chart.tree")).to_contain_text(one.name)
        if isinstance(self.hands, Forms):
            self._name_earlier()
        for one in FACTORS_NAMED:
            self.hands.write(one.name, str(one.share))

    def _name_earlier(self) -> None:
        """Without script nothing is offered while one types: look for an earlier one, take it."""
        self.hands.write(walks.NAME, "budget")
        self.hands.press("Look among earlier ones")
        self.hands.choose("Earlier ones", EARLIER)
        self.hands.choose(walks.CONTROL, "5")
        self.hands.press("Name it")
        self.hands.write(EARLIER, "0")

    def _name(self, one: Contributed) -> None:
        self.hands.write(walks.NAME, one.name)
        self.hands.choose(walks.CONTROL, str(one.said["control"]))
        if "evidence" in one.said:
            self.hands.unfold("More about it, if you want")
            self.hands.write("How sure are you", str(one.said["confidence"]))
            self.hands.write("What shows it?", one.said["evidence"])
            self.hands.write("What would you tell a colleague", one.said["advice"])
            self.hands.write("Who saw it?", one.said["seen_by"])
        self.hands.press("Name it")

    def lessons(self) -> None:
        """Take a lesson from the factor that is in one's hands."""
        self.hands.press("Take a lesson")
        self.hands.arrive(FACTORS_NAMED[0].name)
        self.hands.write(walks.WHEN, walks.PLAN["when"])
        self.hands.write(walks.THEN, walks.PLAN["then"])
        self.hands.press("Keep it")
        self.hands.arrive(self.exercise.steps[review.LESSONS_AT - 1].title)
        expect(self.visitor.link(walks.LESSON)).to_be_visible()


def _is_radio(question: Question) -> bool:
    return isinstance(question, ask.Choice) or (
        isinstance(question, ask.Rating) and question.top <= 10
    )


PLACES: dict[str, Callable[[Walker], None]] = {
    review.FACTORS: Walker.factors,
    review.LESSONS: Walker.lessons,
}
PUT: tuple[tuple[type[Question], Callable[[Walker, Any, Any], None]], ...] = (
    (ask.Text, Walker._write),
    (ask.Line, Walker._write),
    (ask.Rating, Walker._rate),
    (ask.Choice, Walker._choose),
    (ask.Choices, Walker._tick),
    (ask.Again, Walker._again),
    (ask.Strengths, Walker._strengths),
    (ask.IfThen, Walker._plan),
    (ask.Finds, Walker._find),
    (lines.Harsh, Walker._mark),
    (lines.Replies, Walker._reply),
    (ask.Pause, Walker._stay),
)
