"""Reviews and lessons at the terminal; begun here and gone on with in the browser, and back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from doors.cli.terminal import Upswing
from making import setback
from upswing.accounts.models import User
from upswing.record.models import Setback
from upswing.strategies.reviews import reads
from upswing.strategies.reviews.models import Factor, Lesson, Review

pytestmark = pytest.mark.usefixtures("someone")

WARM_UP = "4\n2 4\n\n"  # how heavy, two values, when one lived by them
BEFORE = (
    WARM_UP
    + "Invited.\nTalked.\n\n\n"  # what happened, and nothing to link
    + "An offer.\n\nA no.\n\n\n"
    + "I was prepared.\n\nI asked twice.\n\n\nThe train came.\n\n"
)
FACTORS = (
    "Asked too late\n8\n2\n1\n70\nThe mail.\n\n\nAna, Jo\n"  # no advice
    + "The budget\n1\n\n\n\n\n\n\n"
    + "\n"  # no more
    + "60\n40\n"
)
AFTER = (
    "Forty asked, one got it.\n\n\n"
    + "a date moves\nI will call Ana\n\n"  # a lesson, and no first day
    + "It is so.\n\n"  # how the budget is accepted
    + "Ask in May.\n\n3\n"
)


@pytest.fixture
def about(owner: User) -> Setback:
    long_ago = datetime.fromisoformat("2026-11-10T10:00+00:00")
    return setback(owner, "They said no", happened_at=long_ago, sort="rejection", weight=4)


def test_from_the_first_question_to_the_last(upswing: Upswing, about: Setback) -> None:
    answer = upswing("review", "new", "The", "last", "round", typed=BEFORE + FACTORS + AFTER)
    assert answer.code == 0, answer.out
    work = Review.objects.get()
    assert work.finished_at, answer.out
    assert (work.item.title, work.item.setback) == ("The last round", about)
    late, budget = reads.factors_of(work)
    assert (late.share, late.control, late.lasting, late.known) == (60, 8, "lasting", "yes")
    assert (late.confidence, late.item.body) == (70, "The mail.")
    assert (budget.share, budget.control, budget.way) == (40, 1, "It is so.")
    assert [name for _, name in reads.witnesses([late])[late.pk]] == ["Ana", "Jo"]
    lesson = Lesson.objects.get()
    assert lesson.item.title == "When a date moves, then I will call Ana."
    assert "in my hands" in answer.out
    assert "How well is this known to work?" in answer.out
    assert "less than two days old" not in answer.out


def test_a_win_belongs_to_no_setback(upswing: Upswing, about: Setback) -> None:
    upswing("review", "new", "--win", "The talk", typed=WARM_UP + ".\n")
    work = Review.objects.get()
    assert work.item.setback is None
    assert work.answers["about"] == "win"


def test_it_says_why_it_can_wait_and_begins_all_the_same(upswing: Upswing, owner: User) -> None:
    setback(owner, "Just now")
    answer = upswing("review", "new", "x", typed=WARM_UP + ".\n")
    assert "This is less than two days old." in answer.out
    assert Review.objects.get().reached == 1


def test_good_things_first_and_shares_that_are_a_hundred(upswing: Upswing, about: Setback) -> None:
    typed = BEFORE.replace("I asked twice.\n\n\n", "\nI asked twice.\n\n\n")
    wrong = FACTORS.replace("60\n40\n", "90\n40\n\n\n50\n")  # asked anew, and Enter names no other
    answer = upswing("review", "new", "x", typed=typed + wrong + ".\n")
    assert "Two things that worked come before what went wrong." in answer.out
    assert "Together these are 130" in answer.out


def test_begun_here_and_gone_on_with_in_the_browser_and_back(
    upswing: Upswing, web: Client, about: Setback
) -> None:
    answer = upswing("review", "new", "x", typed=BEFORE + "One\n5\n\n\n\n\n\n\n.\n")
    assert "It waits where you left it." in answer.out
    work = Review.objects.get()
    one = Factor.objects.get()
    assert web.get(f"/exercises/{work.pk}/5/")["Location"] == f"/reviews/{work.pk}/factors/"
    sent = {"sharing": "1", f"shares-{one.pk}": "100"}
    assert web.post(f"/reviews/{work.pk}/factors/", sent).status_code == 302
    web.post(f"/exercises/{work.pk}/6/", {"base_rate": "One of forty."})
    rest = "a date moves\ncall Ana\n2026-12-01\n\n\n3\n"
    answer = upswing("go-on", str(work.pk), typed=rest)
    assert Review.objects.get().finished_at, answer.out
    assert Lesson.objects.get().first_use.isoformat() == "2026-12-01"  # type: ignore[union-attr]


def whole(upswing: Upswing) -> Review:
    upswing("review", "new", "The last round", typed=BEFORE + FACTORS + AFTER)
    return Review.objects.get()


def test_show_markdown_and_json(upswing: Upswing, about: Setback) -> None:
    work = whole(upswing)
    assert "The last round" in upswing("review").out
    shown = upswing("review", "show", str(work.pk)).out
    for words in ("60", "When a date moves", "Around “The budget”"):
        assert words in shown
    told = upswing("review", "show", str(work.pk), "--markdown").out
    assert told.startswith("# The last round\n")
    assert "| Asked too late | 60 |" in told
    data = upswing("review", "show", str(work.pk), "--json").data
    assert data["factors"][0]["seen_by"] == ["Ana", "Jo"]
    assert data["answers"]["lucky"] == "The train came."
    assert upswing("review", "show", str(about.pk)).code == 1


def test_factors_that_return(upswing: Upswing, about: Setback) -> None:
    whole(upswing)
    assert "Nothing has returned yet." in upswing("review", "factors").out
    again = FACTORS.replace("Asked too late\n", "2\n")  # its number; the latest stands first
    upswing("review", "new", "Another", typed=BEFORE + again + ".\n")
    names = {row["name"]: row for row in upswing("review", "factors", "--json").data["factors"]}
    assert names["Asked too late"] == {
        "name": "Asked too late",
        "reviews": 2,
        "shares": [60, 60],
    }
    assert "in 2 reviews" in upswing("review", "factors").out


def test_a_lesson_comes_back_and_is_answered(
    upswing: Upswing, about: Setback, now: datetime
) -> None:
    whole(upswing)
    one = Lesson.objects.get()
    assert "No lesson comes back today." in upswing("lesson").out
    assert "comes back" in upswing("lesson", "--all").out
    Lesson.objects.update(due=now.date())
    assert one.item.title in upswing("today").out
    assert upswing("today", "--json").data["lessons"][0]["title"] == one.item.title
    assert one.item.title in upswing("lesson").out
    for _ in range(3):
        answer = upswing("lesson", "forgot", str(one.pk), "It was", "late")
    assert "It slips, 3 times now." in answer.out
    assert "Lesson" not in upswing("lesson", "become", "habit", str(one.pk)).err
    assert Lesson.objects.get().became == "habit"
    upswing("lesson", "become", "lesson", str(one.pk))
    upswing("lesson", "used", str(one.pk), "She had time")
    upswing("lesson", "no-help", str(one.pk))
    upswing("lesson", "retire", str(one.pk))
    assert [use["said"] for use in Lesson.objects.get().uses] == [
        *["forgot"] * 3,
        "used",
        "no_help",
        "retire",
    ]
    shown = upswing("lesson", "show", str(one.pk)).out
    for words in ("retired", "She had time", "Asked too late"):
        assert words in shown
    assert upswing("lesson", "show", str(one.pk), "--json").data["retired"] is True


def test_a_lesson_is_taken_by_options(upswing: Upswing, about: Setback, now: datetime) -> None:
    work = whole(upswing)
    late, budget = reads.factors_of(work)
    words = ("lesson", "take", str(late.pk), "--when", "it is May", "--then", "ask")
    assert upswing(*words, "--first-use", "2026-12-24").code == 0
    past = (now - timedelta(days=1)).date().isoformat()
    for more, sentence in (
        (("--check", past), "That day is over."),
        (("--check", "soon"), "There is no such date."),
        (("--when", ""), "A lesson needs its moment, too."),
        (("--check", "2026-12-24") * 3, "There are two checks"),
    ):
        answer = upswing(*words, *more)
        assert (answer.code, sentence in answer.err) == (1, True), answer.err
    answer = upswing(*words, "--when", "", "--first-use", past, "--check", "soon")
    assert answer.err.splitlines() == [
        "When will it be? A lesson needs its moment, too.",
        "That day is over. Any day from today on will do.",
        "There is no such date. One is written like 2026-11-03.",
    ]
    answer = upswing("lesson", "take", str(budget.pk), "--when", "a", "--then", "b")
    assert (answer.code, "outside your hands" in answer.err) == (1, True)
    assert upswing("lesson", "take", str(work.pk), "--when", "a", "--then", "b").code == 1
    assert Lesson.objects.count() == 2


def test_a_lesson_at_a_similar_setback(upswing: Upswing, owner: User, about: Setback) -> None:
    whole(upswing)
    answer = upswing("setback", "new", "No again", "--kind", "rejection")
    assert "Lessons for a time like this" in answer.out
    assert "When a date moves" in upswing("setback", "show", "No again").out


def test_a_lesson_and_a_factor_are_changed(upswing: Upswing, about: Setback) -> None:
    work = whole(upswing)
    late, one = reads.factors_of(work)[0], Lesson.objects.get()
    answer = upswing("lesson", "change", str(one.pk), "--when", "two dates move")
    assert "When two dates move, then I will call Ana." in answer.out
    assert Lesson.objects.get().response == "call Ana"
    days = ("--check", "2026-12-24", "--check", "2027-01-05", "--first-use", "2026-12-01")
    assert upswing("lesson", "change", str(one.pk), *days).code == 0
    checks = [day.isoformat() for day in Lesson.objects.get().checks if day]
    assert checks == ["2026-12-24", "2027-01-05"]
    refused = upswing("edit", str(one.pk), "--title", "Another")
    assert (refused.code, "upswing lesson change" in refused.err) == (1, True)
    assert upswing("edit", str(late.pk), "--title", "Asked far too late").code == 0
    late = reads.factors_of(work)[0]
    assert (late.key, late.control, late.item.body) == ("asked far too late", 8, "The mail.")
    assert [name for _, name in reads.witnesses([late])[late.pk]] == ["Ana", "Jo"]
