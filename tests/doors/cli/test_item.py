"""One item: shown whole, changed through the verb of its kind, into the trash and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from doors.cli.terminal import Upswing
from upswing.accounts.models import User
from upswing.cli import editor
from upswing.record import actions, setbacks
from upswing.record.attachments import attach
from upswing.record.models import Item, Note
from upswing.strategies.coping.actions import check_in, write_entry
from upswing.strategies.coping.models import CheckIn

ZONE = "Europe/Berlin"


@pytest.fixture
def entry(owner: User, now: datetime) -> Item:
    return write_entry(
        owner=owner, now=now, zone=ZONE, title="A no", body="They said no. #kestrel", tags=["sad"]
    )


@pytest.fixture
def felt(owner: User, now: datetime) -> Item:
    return check_in(owner=owner, now=now, zone=ZONE, mood=4, energy=3, body="Slept badly.")


def short(item: Item) -> str:
    return item.pk.hex[-8:]


def test_show_is_whole(upswing: Upswing, entry: Item, now: datetime) -> None:
    attach(entry, now=now, name="letter.pdf", data=b"x" * 12_345)
    out = upswing("show", short(entry)).out
    assert out.startswith("A no\nentry · today 19:00 (Europe/Berlin) · " + short(entry))
    assert "tags: kestrel, sad" in out
    assert "\n\nThey said no. #kestrel\n" in out
    assert "letter.pdf (13 kB)" in out


def test_what_is_linked_is_named_at_both_ends(upswing: Upswing, entry: Item, felt: Item) -> None:
    actions.link(entry, felt, relation="shown by")
    out = upswing("show", short(entry)).out
    assert "\n\nShown by\n" in out
    assert out.splitlines()[-1].endswith(short(felt))
    (tie,) = upswing("show", short(entry), "--json").data["links"]
    assert (tie["words"], [row["id"] for row in tie["items"]]) == ("shown by", [str(felt.pk)])
    (back,) = upswing("show", short(felt), "--json").data["links"]
    assert [row["id"] for row in back["items"]] == [str(entry.pk)]
    actions.trash(entry, now=datetime.now(UTC))
    assert upswing("show", short(felt), "--json").data["links"] == []


def test_show_as_json(upswing: Upswing, felt: Item) -> None:
    data = upswing("show", str(felt.pk), "--json").data
    assert data["body"] == "Slept badly."
    assert data["facet"] == {"mood": 4, "energy": 3, "stress": None, "feelings": []}
    assert (data["files"], data["history"], data["trashed_at"]) == ([], [], None)


def test_history_shows_how_it_read(upswing: Upswing, entry: Item) -> None:
    upswing("edit", short(entry), typed="They said no, kindly.")
    assert "Changed 1 time" in upswing("show", short(entry)).out
    out = upswing("show", short(entry), "--history").out
    assert "They said no, kindly." in out
    assert "Until today 19:00\n  A no\n\n  They said no. #kestrel" in out


def test_an_item_of_a_stranger_is_not_here(upswing: Upswing, stranger: User, now: datetime) -> None:
    theirs = write_entry(owner=stranger, now=now, zone=ZONE, body="Not yours")
    for words in (["show"], ["edit", "--title", "x"], ["trash"], ["restore"]):
        answer = upswing(words[0], short(theirs), *words[1:])
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith(f"There is no item “{short(theirs)}”.")
    theirs.refresh_from_db()
    assert (theirs.title, theirs.trashed_at) == ("", None)


def test_edit_takes_a_new_text_from_a_pipe(upswing: Upswing, entry: Item) -> None:
    answer = upswing("edit", short(entry), typed="Better. #walk\n")
    assert (answer.code, answer.out) == (0, "Changed: A no\n")
    entry.refresh_from_db()
    assert entry.body == "Better. #walk"
    assert {tag.name for tag in entry.tags.all()} == {"sad", "walk"}


def test_edit_by_options_leaves_the_text_alone(upswing: Upswing, entry: Item) -> None:
    told = setbacks.tell(owner=entry.owner, now=entry.created_at, zone=ZONE, title="Kestrel")
    words = ["--title", "Yes", "--at", "2026-11-20T10:00", "--setback", "kestrel"]
    tags = ["--tag", "New", "--untag", "sad"]
    assert upswing("edit", short(entry), *words, *tags, typed="not read").code == 0
    entry.refresh_from_db()
    assert (entry.title, entry.body) == ("Yes", "They said no. #kestrel")
    assert entry.happened_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert entry.setback == told
    assert {tag.name for tag in entry.tags.all()} == {"kestrel", "new"}
    assert upswing("edit", short(entry), "--setback", "none").code == 0
    entry.refresh_from_db()
    assert entry.setback is None


def test_edit_with_both(upswing: Upswing, entry: Item) -> None:
    assert upswing("edit", short(entry), "--title", "T", "--stdin", typed="Text").code == 0
    entry.refresh_from_db()
    assert (entry.title, entry.body) == ("T", "Text")


def test_edit_of_a_check_in(upswing: Upswing, felt: Item) -> None:
    assert upswing("edit", short(felt), "--mood", "6", "--feeling", "Calm").code == 0
    facet = CheckIn.objects.get(pk=felt.pk)
    assert (facet.mood, facet.energy, facet.feelings) == (6, 3, ["calm"])
    assert upswing("edit", short(felt), "--title", "x").code == 1
    assert upswing("edit", short(felt), "--mood", "11").code == 2


def test_edit_of_a_setback_and_of_a_note(upswing: Upswing, owner: User, now: datetime) -> None:
    told = setbacks.tell(owner=owner, now=now, zone=ZONE, title="Kestrel")
    assert upswing("edit", short(told.item), "--title", "Laid off").out == "Changed: Laid off\n"
    assert upswing("edit", short(told.item), "--title", " ").code == 1
    note = actions.add(Note(stone="goals"), owner=owner, now=now, zone=ZONE, body="Old")
    assert upswing("edit", short(note), typed="New").code == 0
    note.refresh_from_db()
    assert note.body == "New"


def test_only_a_check_in_has_a_mood(upswing: Upswing, entry: Item) -> None:
    assert upswing("edit", short(entry), "--mood", "4").err.startswith("Only a check-in")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (b"\xff\xfe", "This text is not valid UTF-8, so it was not kept."),
        (b"a" * 1_000_001, "This text is longer than one entry can hold"),
        (b"a\0b", "This text holds a zero byte, so it is not text."),
    ],
)
def test_what_is_no_text_changes_nothing(
    upswing: Upswing, entry: Item, typed: bytes, sentence: str
) -> None:
    answer = upswing("edit", short(entry), typed=typed)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(sentence)
    entry.refresh_from_db()
    assert entry.body == "They said no. #kestrel"


def test_a_moment_that_is_still_to_come_is_refused(upswing: Upswing, entry: Item) -> None:
    assert "still to come" in upswing("edit", short(entry), "--at", "2026-12-24").err


def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{path} --quiet")


def test_the_editor_gets_a_private_file_that_is_gone_afterwards(
    upswing: Upswing, entry: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    note = f'stat -c %a "$2" "$(dirname "$2")" > {seen}; echo "$2" >> {seen}; cat "$2" >> {seen}'
    script(tmp_path, monkeypatch, f'{note}; touch "$2~"; echo Better > "$2"')
    answer = upswing("edit", short(entry), "--edit")
    assert answer.code == 0
    assert answer.err.startswith("An editor may keep swap, backup or undo files")
    file_mode, folder_mode, name, text = seen.read_text().splitlines()
    assert (file_mode, folder_mode, text) == ("600", "700", "They said no. #kestrel")
    assert not Path(name).parent.exists()
    entry.refresh_from_db()
    assert entry.body == "Better"


def test_the_editors_file_is_wiped_before_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second name of the same file shows what stood in it at the end."""
    monkeypatch.setattr(editor, "MEMORY", tmp_path)
    script(tmp_path, monkeypatch, f'echo "My secret" > "$2"; ln "$2" {tmp_path}/kept')
    assert editor.edited("") == "My secret"
    assert b"secret" not in (tmp_path / "kept").read_bytes()


def test_an_editor_that_fails_changes_nothing(
    upswing: Upswing, entry: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, monkeypatch, 'echo Lost > "$2"; exit 1')
    assert upswing("edit", short(entry), "--edit").err.endswith("so nothing was changed.\n")
    monkeypatch.setenv("EDITOR", "/nowhere/at/all")
    assert "does not start" in upswing("edit", short(entry), "--edit").err
    entry.refresh_from_db()
    assert entry.body == "They said no. #kestrel"


@pytest.mark.usefixtures("someone")
def test_a_refused_text_is_not_lost_but_opened_again(
    upswing: Upswing, entry: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = 'printf "first\\000" > "$2"', 'printf second > "$2"'
    script(tmp_path, monkeypatch, f'if grep -q first "$2"; then {second}; else {first}; fi')
    answer = upswing("edit", short(entry), typed="y\n")
    assert "holds a zero byte" in answer.err
    entry.refresh_from_db()
    assert entry.body == "second"


def test_trash_and_restore(upswing: Upswing, entry: Item, felt: Item) -> None:
    answer = upswing("trash", short(entry), short(felt))
    assert answer.out.startswith("In the trash: A no\nIn the trash: Mood 4 · energy 3\n")
    assert upswing("timeline").out.startswith("Nothing here yet.")
    assert sorted(upswing("trash").ids) == sorted([short(entry), short(felt)])
    assert len(upswing("trash", "--json").data["items"]) == 2
    assert "in the trash" in upswing("show", short(entry)).out
    assert upswing("restore", short(entry)).out == "Back: A no\n"
    assert upswing("timeline").ids == [short(entry)]


def test_one_wrong_id_puts_nothing_into_the_trash(upswing: Upswing, entry: Item) -> None:
    assert upswing("trash", short(entry), "00000000").code == 1
    entry.refresh_from_db()
    assert entry.trashed_at is None


def test_the_trash_is_emptied_after_a_question(upswing: Upswing, entry: Item, felt: Item) -> None:
    upswing("trash", short(entry))
    assert upswing("trash", "--empty", typed="n\n").code == 1
    assert Item.objects.filter(pk=entry.pk).exists()
    assert upswing("trash", "--empty", "--yes").out == "1 item erased.\n"
    assert list(Item.objects.all()) == [felt]
    assert upswing("trash").out == "The trash is empty.\n"


def test_a_text_cannot_command_the_terminal(upswing: Upswing, owner: User, now: datetime) -> None:
    item = write_entry(owner=owner, now=now, zone=ZONE, body="\x1b]0;owned\x07 and \x1b[2J gone")
    for words in (["show", short(item)], ["timeline"], ["search", "gone"], ["trash", short(item)]):
        assert "\x1b" not in upswing(*words).out
