"""Being fair to oneself in the browser, without script: four exercises, each from end to end."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from doors.web.reading import errors, text
from making import entry, setback
from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.record import actions
from upswing.record.models import Link, Setback
from upswing.record.search import search
from upswing.strategies.compassion.models import Break, Letter, Talk, Voices

BEFORE = {"distress_before": "7", "criticism_before": "8"}
AFTER = {"distress_after": "5", "criticism_after": "4"}
TEXT = "I ruined the launch. I always do!\nIt rained."
STEPS: dict[type[Work], tuple[dict[str, Any], ...]] = {
    Break: (BEFORE, {}, {}, {"own": "One thing at a time."}, AFTER),
    Talk: (
        {**BEFORE, "voice": "distant", "called": "Ada"},
        {"why": "Three nos in a week.", "later": "It passed.", "next": "Walk."},
        AFTER,
    ),
    Letter: (
        BEFORE,
        {"happened": "They said no."},
        {"others": "Forty of us."},
        {"kindness": "You prepared well."},
        {"weather": "Drizzle."},
        {"next": "Call Sam."},
        AFTER,
    ),
    Voices: (
        BEFORE,
        {"words": TEXT},
        {"harsh": ["I always do!"]},
        {"replies-0-line": "I always do!", "replies-0-kind": "Not in May, you did not."},
        AFTER,
    ),
}


@pytest.fixture
def about(owner: User) -> Setback:
    return setback(owner, "Turned down as lead")


def through(web: Client, kind: type[Work], about: Setback | None = None) -> Work:
    first, *rest = STEPS[kind]
    more = {"setback": str(about.pk)} if about else {}
    web.post(f"/exercises/{kind.KIND}/begin/", first | more)
    work = kind.objects.get()
    for number, typed in enumerate(rest, 2):
        assert web.get(f"/exercises/{work.pk}/{number}/").status_code == 200
        answer = web.post(f"/exercises/{work.pk}/{number}/", typed)
        assert answer.status_code == 302, answer.content.decode()
    work.refresh_from_db()
    return work


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.KIND)
def test_from_the_first_step_to_the_last(web: Client, about: Setback, kind: type[Work]) -> None:
    work = through(web, kind, about)
    assert work.finished_at
    assert work.item.setback == about
    assert work.answers | {"distress_before": 7, "criticism_after": 4} == work.answers
    page = text(web.get(f"/exercises/{work.pk}/", follow=True))
    assert "How well is this known to work?" in page
    assert "How it moved" in page
    stone = text(web.get(f"/setbacks/{about.pk}/stones/compassion/"))
    assert work.NOUN in stone


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.KIND)
def test_minutes_stand_before_it_and_evidence_after_it(web: Client, kind: type[Work]) -> None:
    before = text(web.get(f"/exercises/{kind.KIND}/"))
    assert f"{kind.EXERCISE.minutes} minutes" in before
    assert "How well is this known" not in before


def test_own_name_talk_asks_with_the_name(web: Client) -> None:
    web.post("/exercises/talk/begin/", STEPS[Talk][0])
    work = Talk.objects.get()
    assert "Why does Ada feel this?" in text(web.get(f"/exercises/{work.pk}/2/"))
    web.post(f"/exercises/{work.pk}/1/", {**BEFORE, "voice": "near"})
    assert "Why do I feel this?" in text(web.get(f"/exercises/{work.pk}/2/"))


def test_the_break_waits_without_script_and_with_it(web: Client) -> None:
    web.post("/exercises/break/begin/", BEFORE)
    page = web.get(f"/exercises/{Break.objects.get().pk}/2/").content.decode()
    assert '<up-pause seconds="30">' in page
    assert "this is hard right now" in page
    assert 'id="second-look"' not in page  # there is nothing to write


def test_both_voices_stand_side_by_side_and_are_found(web: Client, owner: User) -> None:
    work = through(web, Voices)
    answer = web.get(f"/voices/{work.pk}/")
    page = answer.content.decode()
    assert '<th scope="row">I always do!</th>' in page
    assert "<p>Not in May, you did not.</p>" in page
    assert work.item.title == "I ruined the launch. I always do!"
    assert [hit.row.id for hit in search(owner=owner, text="“in May”").hits] == [work.pk]
    assert f"/voices/{work.pk}/" in web.get("/timeline/").content.decode()


def test_the_text_of_an_entry_comes_along_and_stays_linked(web: Client, owner: User) -> None:
    item = entry(owner, TEXT, title="Launch day")
    link = f"/exercises/voices/?from={item.pk}"
    assert link in web.get(f"/journal/{item.pk}/").content.decode()
    begin = f"/exercises/voices/begin/?from={item.pk}"
    assert begin in web.get(link).content.decode()
    web.post(begin, BEFORE)
    work = Voices.objects.get()
    assert (work.answers["words"], work.answers["source"]) == (TEXT, [str(item.pk)])
    step = web.get(f"/exercises/{work.pk}/2/")
    assert "I ruined the launch." in text(step)
    web.post(f"/exercises/{work.pk}/2/", {"words": TEXT, "source": [str(item.pk)]})
    tie = Link.objects.get()
    assert (tie.source_id, tie.target_id) == (work.pk, item.pk)
    assert "Launch day" in text(web.get(f"/voices/{work.pk}/"))


def test_a_draft_of_the_first_step_remembers_what_it_was_begun_with(
    web: Client, owner: User
) -> None:
    item, about = entry(owner, TEXT), setback(owner)
    begin = "/exercises/voices/begin/"
    page = web.get(f"{begin}?from={item.pk}&setback={about.pk}").content.decode()
    hidden = dict(re.findall('type="hidden" name="(from|setback)" value="([^"]+)"', page))
    assert hidden == {"from": str(item.pk), "setback": str(about.pk)}
    web.post("/draft/", {"draft": "exercise-voices", "distress_before": "7", **hidden})
    again = web.get(begin).content.decode()  # as Today leads back to it
    assert dict(re.findall('type="hidden" name="(from|setback)" value="([^"]+)"', again)) == hidden
    web.post(begin, BEFORE | hidden)
    work = Voices.objects.get()
    assert (work.answers["words"], work.item.setback_id) == (TEXT, about.pk)


def test_a_draft_of_the_first_step_outlives_what_it_was_begun_with(
    web: Client, owner: User
) -> None:
    item = entry(owner, TEXT)
    web.post("/draft/", {"draft": "exercise-voices", "from": str(item.pk), "distress_before": "7"})
    web.post(f"/items/{item.pk}/trash/")
    item.refresh_from_db()
    assert item.trashed_at
    page = web.get("/exercises/voices/begin/")
    assert page.status_code == 200
    assert 'name="from"' not in page.content.decode()


def test_of_an_exercise_the_answer_that_names_it_comes_along(web: Client) -> None:
    letter = through(web, Letter)
    page = web.get(f"/exercises/{letter.pk}/").content.decode()
    assert f"/exercises/voices/?from={letter.pk}" in page
    web.post(f"/exercises/voices/begin/?from={letter.pk}", BEFORE)
    assert Voices.objects.get(item__kind="voices").answers["words"] == "They said no."


@pytest.mark.parametrize("kind", ["voices", "letter"])
def test_only_ones_own_text_comes_along_and_only_where_it_is_wanted(
    web: Client, owner: User, stranger: User, kind: str
) -> None:
    theirs, trashed = entry(stranger, "Theirs"), entry(owner, "Gone")
    actions.trash(trashed, now=trashed.created_at)
    for item in (theirs, trashed):
        answer = web.get(f"/exercises/{kind}/begin/?from={item.pk}")
        assert answer.status_code == (404 if kind == "voices" else 200)
        assert b"Theirs" not in answer.content
    assert web.get(f"/exercises/{kind}/begin/?from=nonsense").status_code in (200, 404)


def test_bad_input_is_told_at_its_question_and_stays(web: Client) -> None:
    for wrong in ("11", "-1", "many"):
        answer = web.post("/exercises/break/begin/", {**BEFORE, "distress_before": wrong})
        assert "distress_before" in errors(answer)
    assert not Work.objects.exists()
    web.post("/exercises/voices/begin/", BEFORE)
    work = Voices.objects.get()
    assert errors(web.post(f"/exercises/{work.pk}/2/", {"words": "  "})) == {
        "words": ["One sentence is enough."]
    }
    web.post(f"/exercises/{work.pk}/2/", {"words": TEXT})
    web.post(f"/exercises/{work.pk}/3/", {"harsh": ["I always do!", "Not a line of it"]})
    work.refresh_from_db()
    assert work.answers["harsh"] == ["I always do!"]
    long = {"replies-0-line": "I always do!", "replies-0-kind": "\x00" + "x" * 10}
    answer = web.post(f"/exercises/{work.pk}/4/", long)
    assert answer.status_code in (302, 422)
    odd = {"replies-0-line": "", "replies-0-kind": "To nothing."}
    answer = web.post(f"/exercises/{work.pk}/4/", odd)
    assert "replies" in errors(answer)
    assert "To nothing." in answer.content.decode()


def test_left_in_the_middle_it_waits_with_what_was_written(web: Client) -> None:
    web.post("/exercises/letter/begin/", BEFORE)
    work = Letter.objects.get()
    web.post(f"/exercises/{work.pk}/2/", {"happened": "They said no", "enough": "1"})
    work.refresh_from_db()
    assert (work.reached, work.answers["happened"], work.finished_at) == (1, "They said no", None)
    assert "Enough for today" in text(web.get(f"/exercises/{work.pk}/"))


def test_the_page_of_another_kind_or_of_a_stranger_is_not_there(
    web: Client, owner: User, stranger: User
) -> None:
    item = entry(owner)
    assert web.get(f"/voices/{item.pk}/").status_code == 404
    work = through(web, Letter)
    assert web.get(f"/voices/{work.pk}/").status_code == 404
