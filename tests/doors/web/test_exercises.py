"""Exercises in the browser without script: step by step, back, enough for today, and again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from doors.web.reading import text
from making import entry, setback
from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.moments import lived_day
from upswing.record import actions, drafts
from upswing.record.models import Item, Link, Setback
from upswing.record.search import search
from upswing.strategies.mindset.models import Thought

STEPS: tuple[dict[str, Any], ...] = (
    {"situation": "The mail came on Monday."},
    {"thought": "I will never lead again", "belief": "80"},
    {"emotions-0-word": "ashamed", "emotions-0-strength": "70", "emotions-1-word": ""},
    {"traps": ["fortune-telling", "labelling"]},
    {"evidence_for": "They said no.", "evidence_against": "Two teams went well."},
    {"balanced": "One no is one no", "balanced_belief": "55", "test": "Ask Ada what she saw"},
    {"belief_after": "60", "emotions_after-0-word": "ashamed", "emotions_after-0-strength": "40"},
)


@pytest.fixture
def about(owner: User) -> Setback:
    return setback(owner, "Turned down as lead")


def begin(web: Client, kind: str, about: Setback | None = None, **typed: Any) -> Any:
    more = {"setback": str(about.pk)} if about else {}
    return web.post(f"/exercises/{kind}/begin/", {**typed, **more})


def whole(web: Client, about: Setback | None = None, but: dict[str, Any] | None = None) -> Thought:
    """A thought record, from the first step to the last."""
    begin(web, "thought", about, **STEPS[0])
    work = Thought.objects.get()
    for number, typed in enumerate(STEPS[1:], 2):
        answer = web.post(f"/exercises/{work.pk}/{number}/", typed | (but or {}))
        assert answer.status_code == 302, answer.content
    work.refresh_from_db()
    return work


def test_the_stone_offers_it_with_its_minutes_and_the_page_before_names_them(
    web: Client, about: Setback
) -> None:
    stone = web.get(f"/setbacks/{about.pk}/stones/mindset/").content.decode()
    assert "Thought record" in stone
    assert "10 minutes" in stone
    before = web.get(f"/exercises/thought/?setback={about.pk}").content.decode()
    assert "10 minutes" in before
    assert f"/exercises/thought/begin/?setback={about.pk}" in before
    assert "Turned down as lead" in before
    assert "How well is this known to work?" not in before
    assert not Work.objects.exists()


def test_from_the_first_step_to_the_last(web: Client, about: Setback) -> None:
    answer = begin(web, "thought", about, **STEPS[0])
    work = Thought.objects.get()
    assert answer["Location"] == f"/exercises/{work.pk}/2/"
    assert work.reached == 1
    work = whole_from(web, work)
    assert work.finished_at
    assert work.answers["belief"] == 80
    assert work.answers["emotions"] == [{"word": "ashamed", "strength": 70}]
    assert work.answers["emotions_after"] == [{"word": "ashamed", "strength": 40}]
    assert work.answers["traps"] == ["fortune-telling", "labelling"]
    assert work.item.title == "I will never lead again"
    assert work.item.setback == about
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    assert "How well is this known to work?" in page
    assert "Turned down as lead" in page
    assert "Ask Ada what she saw" in page
    assert "Still open" in page
    stone = web.get(f"/setbacks/{about.pk}/stones/mindset/").content.decode()
    assert f"/exercises/{work.pk}/" in stone


def whole_from(web: Client, work: Thought) -> Thought:
    for number, typed in enumerate(STEPS[1:], 2):
        answer = web.post(f"/exercises/{work.pk}/{number}/", typed)
        following = f"/exercises/{work.pk}/{number + 1}/"
        expected = following if number < 7 else f"/exercises/{work.pk}/?done=finished"
        assert answer["Location"] == expected
    work.refresh_from_db()
    return work


@pytest.mark.parametrize(
    ("number", "typed", "field", "sentence"),
    [
        (1, {"situation": "  "}, "situation", "One sentence about the moment is enough."),
        (2, {"thought": "x", "belief": "101"}, "belief", "A whole number from 0 to 100, please."),
        (2, {"thought": "", "belief": "50"}, "thought", "A few words are enough."),
        (
            3,
            {"emotions-0-word": "sad", "emotions-0-strength": "400"},
            "emotions",
            "A whole number from 0 to 100, please.",
        ),
        (4, {"traps": ["clumsy"]}, "traps", "“clumsy” is not one of the answers."),
        (
            5,
            {"evidence_for": "kept words", "found_against": ["nobody"]},
            "found_against",
            "not here any more",
        ),
        (7, {"belief_after": "-5"}, "belief_after", "A whole number from 0 to 100, please."),
    ],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(
    web: Client, number: int, typed: dict[str, Any], field: str, sentence: str
) -> None:
    work = None
    if number > 1:
        begin(web, "thought", **STEPS[0])
        work = Thought.objects.get()
        for before in range(2, number):
            web.post(f"/exercises/{work.pk}/{before}/", STEPS[before - 1])
    place = f"/exercises/{work.pk}/{number}/" if work else "/exercises/thought/begin/"
    answer = web.post(place, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert answer.context["form"].errors.keys() == {field}
    for value in typed.values():
        if isinstance(value, str) and value.strip():
            assert f'value="{value}"' in page or f">\n{value}</textarea>" in page
    if work:
        work.refresh_from_db()
        assert work.reached == number - 1
    else:
        assert not Work.objects.exists()


def test_everything_in_a_step_that_does_not_fit_is_told_at_once(web: Client) -> None:
    begin(web, "thought", **STEPS[0])
    work = Thought.objects.get()
    answer = web.post(f"/exercises/{work.pk}/2/", {"thought": " ", "belief": "101"})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert {name: len(said) for name, said in errors.items()} == {"thought": 1, "belief": 1}
    assert 'value="101"' in answer.content.decode()


def test_the_way_back_leads_through_every_step(web: Client, about: Setback) -> None:
    first = web.get(f"/exercises/thought/begin/?setback={about.pk}").content.decode()
    assert f"/exercises/thought/?setback={about.pk}" in first
    begin(web, "thought", about, **STEPS[0])
    work = Thought.objects.get()
    second = web.get(f"/exercises/{work.pk}/2/").content.decode()
    assert f'href="/exercises/{work.pk}/1/"' in second
    assert "The mail came on Monday." in web.get(f"/exercises/{work.pk}/1/").content.decode()
    web.post(f"/exercises/{work.pk}/1/", {"situation": "It was Tuesday."})
    work.refresh_from_db()
    assert (work.answers["situation"], work.reached) == ("It was Tuesday.", 1)
    assert not work.item.revisions.exists()  # it is still being written


def test_a_step_that_is_not_reached_is_not_there(web: Client) -> None:
    begin(web, "thought", **STEPS[0])
    work = Thought.objects.get()
    assert web.get(f"/exercises/{work.pk}/3/").status_code == 404
    assert web.get(f"/exercises/{work.pk}/0/").status_code == 404
    assert web.get("/exercises/poem/").status_code == 404
    assert web.get("/exercises/poem/begin/").status_code == 404


def test_enough_for_today_keeps_half_a_step_and_goes_on_there(web: Client) -> None:
    begin(web, "thought", **STEPS[0])
    work = Thought.objects.get()
    answer = web.post(f"/exercises/{work.pk}/2/", {"thought": "I am", "belief": "", "enough": "1"})
    assert answer["Location"] == f"/exercises/{work.pk}/?done=enough"
    work.refresh_from_db()
    assert (work.reached, work.answers["thought"], work.finished_at) == (1, "I am", None)
    page = web.get(f"/exercises/{work.pk}/?done=enough").content.decode()
    assert "Enough for today" in page
    assert "How well is this known to work?" not in page
    assert f'href="/exercises/{work.pk}/2/"' in page
    assert "I am" in web.get(f"/exercises/{work.pk}/2/").content.decode()
    assert "I am" in web.get("/").content.decode()


def test_enough_before_anything_was_said_records_nothing(web: Client, about: Setback) -> None:
    answer = begin(web, "thought", about, situation="", enough="1")
    assert answer["Location"] == f"/setbacks/{about.pk}/"
    assert begin(web, "thought", situation="", enough="1")["Location"] == "/"
    assert not Work.objects.exists()


def test_a_step_is_written_once_when_its_form_is_sent_twice(web: Client) -> None:
    page = web.get("/exercises/thought/begin/").content.decode()
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[:1])
    form = {**STEPS[0], "csrfmiddlewaretoken": token}
    for _ in range(2):
        assert web.post("/exercises/thought/begin/", form).status_code == 302
    assert Work.objects.count() == 1


def test_a_draft_is_offered_again_and_goes_with_the_step(web: Client, owner: User) -> None:
    begin(web, "thought", **STEPS[0])
    work = Thought.objects.get()
    key = f"exercise-2-{work.pk}"
    form = {"draft": key, "thought": "half a sent", "belief": "7"}
    assert web.post("/draft/", form).status_code == 204
    page = web.get(f"/exercises/{work.pk}/2/").content.decode()
    assert "half a sent" in page
    assert 'value="7"' in page
    assert f"/exercises/{work.pk}/2/" in web.get("/").content.decode()
    web.post(f"/exercises/{work.pk}/2/", STEPS[1])
    assert drafts.find(owner=owner, key=key) is None


def test_a_draft_of_rows_and_choices_comes_back(web: Client) -> None:
    begin(web, "thought", **STEPS[0])
    work = Thought.objects.get()
    web.post(f"/exercises/{work.pk}/2/", STEPS[1])
    rows = {"emotions-0-word": "sad", "emotions-0-strength": "", "emotions-1-word": "angry"}
    web.post("/draft/", {"draft": f"exercise-3-{work.pk}", **rows})
    page = web.get(f"/exercises/{work.pk}/3/").content.decode()
    assert 'value="sad"' in page
    assert 'value="angry"' in page
    web.post(f"/exercises/{work.pk}/3/", STEPS[2])
    web.post("/draft/", {"draft": f"exercise-4-{work.pk}", "traps": ["filter", "comparing"]})
    page = web.get(f"/exercises/{work.pk}/4/").content.decode()
    assert page.count(" checked") == 2


# --- own items as evidence ------------------------------------------------------------------------


def at_the_scales(web: Client) -> Thought:
    begin(web, "thought", **STEPS[0])
    work = Thought.objects.get()
    for number in (2, 3, 4):
        web.post(f"/exercises/{work.pk}/{number}/", STEPS[number - 1])
    return work


def test_the_search_keeps_the_page_and_what_was_chosen(web: Client, owner: User) -> None:
    win, other = entry(owner, "The launch went well"), entry(owner, "Ada thanked me for the launch")
    work = at_the_scales(web)
    place = f"/exercises/{work.pk}/5/"
    form = {
        "evidence_for": "words so far",
        "found_against": [str(win.pk)],
        "found_against-words": "thanked",
        "look": "found_against",
    }
    answer = web.post(place, form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "words so far" in page
    assert f'value="{win.pk}" checked' in page
    assert f'value="{other.pk}"' in page
    assert f'value="{other.pk}" checked' not in page
    work.refresh_from_db()
    assert work.reached == 4


@pytest.mark.parametrize("words", ['"', "kind:poem", "-", "x" * 5000])
def test_half_a_question_finds_nothing_and_breaks_nothing(web: Client, words: str) -> None:
    work = at_the_scales(web)
    form = {"found_against-words": words, "look": "found_against"}
    assert web.post(f"/exercises/{work.pk}/5/", form).status_code == 200


def test_what_is_chosen_is_linked_and_shown_at_both_ends(web: Client, owner: User) -> None:
    win, other = entry(owner, "The launch went well"), entry(owner, "A thank you")
    work = at_the_scales(web)
    place = f"/exercises/{work.pk}/5/"
    web.post(place, {"found_against": [str(win.pk), str(other.pk)]})
    assert links(work) == {win.pk, other.pk}
    web.post(place, {"found_against": [str(win.pk)]})
    assert links(work) == {win.pk}
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    assert "Evidence against" in page
    assert f"/journal/{win.pk}/" in page


def links(work: Work) -> set[Any]:
    return set(Link.objects.filter(source=work.item).values_list("target", flat=True))


def test_items_of_others_and_those_in_the_trash_cannot_be_chosen(
    web: Client, owner: User, stranger: User
) -> None:
    theirs, gone = entry(stranger, "Theirs"), entry(owner, "Gone")
    actions.trash(gone, now=timezone.now())
    work = at_the_scales(web)
    for one in (theirs, gone):
        answer = web.post(
            f"/exercises/{work.pk}/5/", {"found_against": [str(one.pk)], "evidence_for": "stays"}
        )
        assert answer.status_code == 422
        assert "One of those is not here any more." in answer.content.decode()
        assert "stays" in answer.content.decode()
    work.refresh_from_db()
    assert not links(work)
    assert "found_against" not in work.answers


def test_what_was_erased_since_stands_in_nobodys_way(web: Client, owner: User) -> None:
    win = entry(owner, "The launch went well")
    work = whole(web, but={"found_against": [str(win.pk)]})
    assert work.answers["found_against"] == [str(win.pk)]
    actions.erase([win])
    assert web.post(f"/exercises/{work.pk}/1/", {"situation": "Anew."}).status_code == 302
    work.refresh_from_db()
    assert work.answers["found_against"] == []


# --- afterwards -----------------------------------------------------------------------------------


def test_a_finished_exercise_can_be_changed_and_tells_how_it_read_before(web: Client) -> None:
    work = whole(web)
    web.post(f"/exercises/{work.pk}/6/", STEPS[5] | {"balanced": "Otherwise"})
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    assert "How it read before" in page
    assert "Otherwise" in page
    assert "One no is one no" in page
    answer = web.post(f"/exercises/{work.pk}/6/", STEPS[5] | {"enough": "1"})
    assert answer["Location"].endswith("?done=changed")


def test_an_earlier_version_is_taken_back(web: Client, owner: User, stranger: User) -> None:
    work = whole(web)
    web.post(f"/exercises/{work.pk}/6/", STEPS[5] | {"balanced": "Otherwise"})
    (version,) = work.item.revisions.all()
    address = f"/exercises/{work.pk}/history/{version.pk}/"
    assert f'action="{address}"' in web.get(f"/exercises/{work.pk}/").content.decode()
    assert web.get(address).status_code == 405
    answer = web.post(address)
    assert answer["Location"] == f"/exercises/{work.pk}/?done=changed"
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    now, _, before = page.partition("How it read before")
    assert "One no is one no" in now
    assert "Otherwise" in before
    assert address not in page  # it says what stands there now
    assert work.item.revisions.count() == 2


def test_a_version_without_answers_can_be_read_and_not_taken_back(web: Client) -> None:
    work = whole(web)
    web.post(f"/exercises/{work.pk}/6/", STEPS[5] | {"balanced": "Otherwise"})
    (version,) = work.item.revisions.all()
    address = f"/exercises/{work.pk}/history/{version.pk}/"
    work.item.revisions.update(answers={"belief": 101})
    refused = web.post(address)
    assert (refused.status_code, "from 0 to 100, please" in text(refused)) == (422, True)
    work.item.revisions.update(answers=None)
    refused = web.post(address)
    assert (refused.status_code, "Of this version only the words" in text(refused)) == (422, True)
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    assert "One no is one no" in page
    assert address not in page
    assert "Otherwise" in page.partition("How it read before")[0]
    begin(web, "thought", **STEPS[0])
    other = Thought.objects.exclude(pk=work.pk).get()
    assert web.post(f"/exercises/{other.pk}/history/{version.pk}/").status_code == 404
    assert web.post(f"/exercises/{work.pk}/history/{10**30}/").status_code == 404


def test_trash_undo_and_search(web: Client, owner: User) -> None:
    work = whole(web)
    assert [hit.row.id for hit in search(owner=owner, text="kind:thought Ada").hits] == [work.pk]
    answer = web.post(f"/items/{work.pk}/trash/")
    assert f"undo={work.pk}" in answer["Location"]
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    assert "This lies in the trash." in page
    assert "Change a step" not in page
    assert not search(owner=owner, text="kind:thought Ada").hits
    assert web.post(f"/items/{work.pk}/restore/")["Location"].startswith(f"/exercises/{work.pk}/")
    assert Item.objects.kept().filter(pk=work.pk).exists()


def test_nothing_in_the_trash_waits_or_comes_back(web: Client, owner: User) -> None:
    entry(owner)
    work = whole(web)
    Thought.objects.update(returns_on=this_day(), finished_at=None)
    assert "I will never lead again" in text(web.get("/"))
    web.post(f"/items/{work.pk}/trash/")
    assert "I will never lead again" not in text(web.get("/"))


# --- it comes back --------------------------------------------------------------------------------


def this_day() -> date:
    """Today where `owner` lives."""
    return lived_day(timezone.now(), "Europe/Berlin")


def aged(work: Thought, days: int) -> Thought:
    """As if the thought had been finished so many days ago."""
    work.finished_at = timezone.now() - timedelta(days=days)
    work.returns_on = this_day() + timedelta(days=7 - days)
    work.save()
    return work


def test_it_comes_back_on_day_7_without_the_numbers_and_then_shows_them(
    web: Client, owner: User
) -> None:
    work = whole(web)
    assert work.returns_on == this_day() + timedelta(days=7)
    assert "Comes back today" not in text(web.get("/"))
    aged(work, 7)
    today = web.get("/").content.decode()
    assert "Comes back today" in today
    assert f"/exercises/{work.pk}/again/" in today
    page = web.get(f"/exercises/{work.pk}/again/").content.decode()
    assert "I will never lead again" in page
    shown = re.sub(r"<[^>]*>|\d\d:\d\d", " ", page.split("<main")[1])  # the clock may say 55
    assert not re.search(r"\b(80|60|55)\b", shown)
    assert 'value="' not in "".join(re.findall(r'<input type="number"[^>]*>', page))
    answer = web.post(
        f"/exercises/{work.pk}/again/", {"belief_again": "45", "balanced_again": "70"}
    )
    assert answer["Location"] == f"/exercises/{work.pk}/?done=again"
    work.refresh_from_db()
    assert [(one["days"], one["belief_again"]) for one in work.returns] == [(7, 45)]
    assert work.returns_on == this_day() + timedelta(days=23)
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    for number in ("80", "60", "45", "55", "70"):
        assert f">{number}</text>" in page
    assert "7 days" in page
    assert "Comes back today" not in text(web.get("/"))


def test_late_is_fine_and_the_last_one_is_the_last(web: Client) -> None:
    work = aged(whole(web), 41)
    web.post(f"/exercises/{work.pk}/again/", {"belief_again": "10"})
    work.refresh_from_db()
    assert [one["days"] for one in work.returns] == [41]
    assert work.returns_on is None


def test_a_skip_leaves_no_trace(web: Client) -> None:
    work = aged(whole(web), 8)
    answer = web.post(f"/exercises/{work.pk}/skip/")
    assert answer["Location"] == "/?done=skipped"
    work.refresh_from_db()
    assert work.returns == []
    assert work.returns_on == this_day() + timedelta(days=22)
    assert not work.item.revisions.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"belief_again": "", "balanced_again": "33"}, "A number from 0 to 100"),
        ({"belief_again": "101", "balanced_again": "33"}, "A whole number from 0 to 100, please."),
    ],
)
def test_bad_input_when_it_comes_back(web: Client, typed: dict[str, str], sentence: str) -> None:
    work = aged(whole(web), 7)
    answer = web.post(f"/exercises/{work.pk}/again/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="33"' in page
    work.refresh_from_db()
    assert work.returns == []


def test_what_does_not_come_back_has_no_such_page(web: Client) -> None:
    begin(web, "talk", called="Ada")
    talk = Work.objects.get()
    begin(web, "thought", **STEPS[0])
    thought = Thought.objects.get(item__kind="thought")
    for one in (talk, thought):
        assert web.get(f"/exercises/{one.pk}/again/").status_code == 404
        assert web.post(f"/exercises/{one.pk}/skip/").status_code == 404


# --- the one that has every other kind of question ------------------------------------------------


def test_own_name_talk_asks_in_the_chosen_voice(web: Client, about: Setback) -> None:
    answer = begin(web, "talk", about, distress_before="8", voice="distant", called="Ada")
    place = answer["Location"]
    assert "Why does Ada feel this?" in web.get(place).content.decode()
    work = Work.objects.get()
    web.post(f"/exercises/{work.pk}/1/", {"distress_before": "8", "voice": "near"})
    assert "Why do I feel this?" in web.get(place).content.decode()


def test_the_letter_is_counted_kindly_and_never_refused(web: Client, about: Setback) -> None:
    begin(web, "verdict", about, facts="They chose somebody else.")
    work = Work.objects.get()
    typed: tuple[dict[str, str], ...] = (
        {"verdict": "I am no leader", "belief": "90"},
        {"not_mine": "The budget"},
        {"skill": "French, by talking"},
        {"goal": "Find out what they look for", "sign": "A second question"},
        {"letter": "Five words are a letter"},
    )
    for number, one in enumerate(typed, 2):
        assert web.post(f"/exercises/{work.pk}/{number}/", one).status_code == 302
    page = web.get(f"/exercises/{work.pk}/6/").content.decode()
    assert "5 words. Around 120 are suggested" in page
    reading = web.get(f"/exercises/{work.pk}/3/").content.decode()
    assert "many small skills" in reading
    answer = web.post(
        f"/exercises/{work.pk}/7/",
        {"plan-when": "", "plan-then": "call Ada", "belief_after": "50"},
    )
    assert answer.status_code == 422
    assert "A plan needs the moment, too." in answer.content.decode()
    assert "call Ada" in answer.content.decode()
    plan = {"plan-when": "Monday at nine", "plan-then": "call Ada", "belief_after": "50"}
    web.post(f"/exercises/{work.pk}/7/", plan | {"can_learn": "6"})
    work.refresh_from_db()
    assert work.answers["plan"] == {"when": "Monday at nine", "then": "call Ada"}
    assert work.answers["can_learn"] == 6
    assert work.returns_on == this_day() + timedelta(days=7)
