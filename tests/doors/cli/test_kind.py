"""`upswing kind` at the terminal: the four exercises, a second look, and the calm panel."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from doors.cli.terminal import Upswing
from making import check_in, entry
from upswing.accounts.models import User
from upswing.cli import editor
from upswing.exercises.models import Work
from upswing.record.models import Item, Link
from upswing.strategies.compassion.models import Break, Letter, Talk, Voices

pytestmark = pytest.mark.usefixtures("someone")

TEXT = "I ruined the launch. I always do!\nIt rained."
HARSH = "It rained.\nI'm such an idiot."


def test_two_voices_from_end_to_end(upswing: Upswing) -> None:
    typed = "7\n8\n\n2\nNot in May.\n5\n4\n"
    answer = upswing("kind", "voices", "I ruined the launch. I always do!", typed=typed)
    assert answer.code == 0, answer.out
    work = Voices.objects.get()
    assert work.finished_at
    assert work.answers["harsh"] == ["I always do!"]
    assert work.answers["replies"] == [{"line": "I always do!", "kind": "Not in May."}]
    assert "> I always do!\n\nNot in May." in work.item.body
    assert "5 to 10 minutes" in answer.out
    assert "How well is this known to work?" in answer.out
    assert upswing("kind").ids == [work.pk.hex[-8:]]
    assert upswing("kind", "--json").data["items"][0]["kind"] == "voices"


def test_two_voices_about_what_was_written_earlier(upswing: Upswing, owner: User) -> None:
    item = entry(owner, TEXT)
    answer = upswing("kind", "voices", "--of", item.pk.hex[-8:], typed="7\n8\n9\n1 3\n.\n")
    assert "There is no line 9." in answer.out
    work = Voices.objects.get()
    assert work.answers["words"] == TEXT
    assert work.answers["harsh"] == ["I ruined the launch.", "It rained."]
    assert Link.objects.get().target_id == item.pk


def test_a_text_or_an_item_not_both(upswing: Upswing, owner: User) -> None:
    item = entry(owner, TEXT)
    answer = upswing("kind", "voices", "Words", "--of", item.pk.hex[-8:])
    assert (answer.code, answer.err) == (1, "Give a text, or the ID of an item, not both.\n")
    assert upswing("kind", "voices", "--of", "ffffffff").code == 1
    assert not Work.objects.exists()


def test_an_answer_that_was_begun_is_kept(upswing: Upswing) -> None:
    upswing("kind", "voices", "I lost. I failed.", typed="\n\n\n1 2\nYou tried.\n.\n")
    work = Voices.objects.get()
    assert work.answers["replies"] == [{"line": "I lost.", "kind": "You tried."}]
    answer = upswing("go-on", work.pk.hex[-8:], typed="\nOnce.\n3\n2\n")
    assert "Now: You tried. (Enter keeps it)" in answer.out
    work.refresh_from_db()
    assert [row["kind"] for row in work.answers["replies"]] == ["You tried.", "Once."]


def test_the_letter(upswing: Upswing) -> None:
    typed = "7\n8\nThey said no.\n\nForty.\n\nYou prepared well.\n\nDrizzle.\n\nCall Sam.\n\n5\n4\n"
    answer = upswing("kind", "letter", typed=typed)
    assert "5 to 8 minutes" in answer.out
    work = Letter.objects.get()
    assert work.finished_at
    assert (work.answers["kindness"], work.answers["criticism_after"]) == ("You prepared well.", 4)


def test_own_name_talk_begun_here_and_finished_in_the_browser(
    upswing: Upswing, web: Client
) -> None:
    answer = upswing("kind", "talk", typed="7\n8\n1\nAda\n.\n")
    assert "Why does Ada feel this?" in answer.out
    work = Talk.objects.get()
    assert work.reached == 1
    web.post(f"/exercises/{work.pk}/2/", {"why": "Three nos.", "later": "Passed.", "next": "Walk."})
    web.post(f"/exercises/{work.pk}/3/", {"distress_after": "4"})
    work.refresh_from_db()
    assert work.finished_at


def test_the_break(upswing: Upswing) -> None:
    answer = upswing("kind", "break", typed="7\n8\n\n\n\nOne thing at a time.\n5\n4\n")
    assert "About 30 seconds" in answer.out
    work = Break.objects.get()
    assert work.finished_at
    assert work.item.title == "One thing at a time."


def test_101_is_asked_again(upswing: Upswing) -> None:
    answer = upswing("kind", "break", typed="11\n7\n.\n")
    assert "A whole number from 0 to 10, please." in answer.out
    assert Break.objects.get().answers["distress_before"] == 7


def test_a_second_look_at_an_item_and_at_a_pipe(
    upswing: Upswing, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = entry(owner, HARSH)
    answer = upswing("kind", "look", item.pk.hex[-8:])
    assert answer.out == (
        "line 2: “I'm such an idiot”\n  Is that all of you, or one thing that happened?\n"
    )
    from upswing.cli import say

    monkeypatch.setattr(say, "somebody_is_there", lambda: False)
    assert upswing("kind", "look", typed=HARSH).out == answer.out
    (told,) = upswing("kind", "look", "--json", typed=HARSH).data["questions"]
    assert (told["line"], told["words"]) == (2, "I'm such an idiot")
    assert upswing("kind", "look", typed="I studied.").out == (
        "Nothing here asks for a second look.\n"
    )
    assert Item.objects.count() == 1


def test_a_second_look_at_the_answers_of_an_exercise(upswing: Upswing) -> None:
    upswing("kind", "letter", typed=f"\n\n{HARSH.splitlines()[1]}\n\nNobody wants me.\n\n.\n")
    told = upswing("kind", "look", Letter.objects.get().pk.hex[-8:], "--json").data["questions"]
    assert [one["words"] for one in told] == ["I'm such an idiot", "Nobody wants me"]


def test_a_second_look_is_silent_when_it_should_be(upswing: Upswing, owner: User) -> None:
    item = entry(owner, f"{HARSH}\nI want to die.")
    assert upswing("kind", "look", item.pk.hex[-8:]).out == (
        "No questions about words today. Help lines: upswing help-now\n"
    )


def test_off_and_on_for_the_browser(upswing: Upswing, owner: User) -> None:
    assert upswing("kind", "look", "--off").out == "It stays quiet from now on.\n"
    owner.refresh_from_db()
    assert not owner.second_look
    upswing("kind", "look", "--on")
    owner.refresh_from_db()
    assert owner.second_look


def test_off_and_on_for_one_text_in_both_doors(upswing: Upswing, owner: User, web: Client) -> None:
    item = entry(owner, HARSH)
    page, id_ = f"/journal/{item.pk}/edit/", item.pk.hex[-8:]
    web.post(page, {"body": HARSH, "quiet": "1"})
    told = f"Quiet for this text. A second look after all: upswing kind look {id_} --on\n"
    assert upswing("kind", "look", id_).out == told
    assert upswing("kind", "look", id_, "--json").data == {"questions": [], "quiet": True}
    assert upswing("kind", "look", id_, "--on").out == "It asks about this text again.\n"
    assert "Is that all of you" in upswing("kind", "look", id_).out
    assert 'name="quiet" value=""' in web.get(page).content.decode()
    assert upswing("kind", "look", id_, "--off").out == "Quiet for this text.\n"
    assert 'name="quiet" value="1"' in web.get(page).content.decode()
    item.refresh_from_db()
    assert item.body == HARSH
    owner.refresh_from_db()
    assert owner.second_look  # for good is something else


def test_help_after_words_that_need_it(upswing: Upswing, owner: User) -> None:
    owner.country = "GB"
    answer = upswing("kind", "letter", typed="\n\nI want to die.\n.\n")
    assert answer.code == 0
    assert Letter.objects.get().answers["happened"] == "I want to die."
    said = answer.out
    order = [said.index(part) for part in ("It waits where", "call 999", "116 123", "A plan for")]
    assert order == sorted(order)
    small = upswing("kind", "letter", typed="\n\nThis deadline is killing me.\n.\n")
    assert "You come first" not in small.out
    assert "If that was more than a way of speaking" in small.out
    assert "speaking" not in upswing("kind", "letter", typed="\n\nThey said no.\n.\n").out


def test_help_after_an_entry_was_changed(
    upswing: Upswing, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = entry(owner)
    monkeypatch.setattr(editor, "edited", lambda text: "I can't go on.")
    answer = upswing("edit", item.pk.hex[-8:])
    item.refresh_from_db()
    assert item.body == "I can't go on."
    assert "You come first" in answer.out


def test_help_on_heavy_days(upswing: Upswing, owner: User, now: datetime) -> None:
    for ago in range(3):
        check_in(owner, stress=10, now=now, happened_at=now - timedelta(days=ago))
    assert "three days of this week" in upswing("kind", "break", typed="10\n.\n").out
