"""Markdown notes: Obsidian, Logseq, Pile, in folders, in zips and alone."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.trying import BERLIN, bring, counts, read, read_or_refused, refusal, zipped
from upswing.accounts.models import User
from upswing.exchange.importers import recognise, source
from upswing.exchange.importers.markdown.properties import split
from upswing.exchange.rows import ImportProblem, Options, Row
from upswing.record import batches
from upswing.record.models import Attachment, Batch, Item
from upswing.strategies.coping.models import Entry

PNG = b"\x89PNG\r\n\x1a\n and more"


def laid_out(folder: Path, notes: Mapping[str, str | bytes]) -> Path:
    for name, text in notes.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def alone(text: str, name: str = "2026-03-14.md", **options: object) -> Row:
    (row,) = read("markdown", text.encode(), Options("Europe/Berlin", file_name=name, **options))  # type: ignore[arg-type]
    return row


def named(name: str, timeformat: str = "") -> Row:
    return alone("Words.", name, timeformat=timeformat)


VAULT: dict[str, str | bytes] = {
    ".obsidian/app.json": "{}",
    ".trash/2026-01-01.md": "thrown away",
    "logseq/bak/journals/2026_03_15/old.md": "an earlier version",
    "Daily/2026-03-14.md": "---\ntags: [job, 'two words']\nmood: 7\naliases: []\n---\n# Quiet\n\n"
    "Sat on the bench. #bench/park #2024\n\n![[pic.png|300]]\n",
    "att/pic.png": PNG,
    "journals/2026_03_15.md": "tags:: walk, [[long way]]\n- First [[Anna]] #calm\n\t- deeper\n",
    "journals/2026_03_16.md": "- \n",
    "Ideas.md": "Some day.",
    "Templates/daily.md": "# {{date}}",
}


# Kinds of notes


def test_a_vault_is_read_as_a_folder_and_as_a_zip(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "vault", VAULT)
    rows = read("markdown", folder)
    assert recognise(folder, "vault") is source("markdown")
    assert [row.where for row in rows] == [
        "Daily/2026-03-14.md",
        "Ideas.md",
        "Templates/daily.md",
        "journals/2026_03_15.md",
        "journals/2026_03_16.md",
    ]
    data = zipped({f"vault/{name}": text for name, text in VAULT.items()})
    assert recognise(data, "vault.zip") is source("markdown")
    assert [row.key for row in read("markdown", data)] == [row.key for row in rows]


def test_an_obsidian_note(tmp_path: Path) -> None:
    row = read("markdown", laid_out(tmp_path, VAULT))[0]
    assert (row.title, row.local, row.day_only) == ("Quiet", datetime(2026, 3, 14, 12), True)
    assert row.body == (
        "Sat on the bench. #bench/park #2024\n\n![[pic.png|300]]\n\n```yaml\nmood: 7\n```"
    )
    assert row.tags == ("#job", "#two words", "#bench/park")
    assert [(file.name, file.size, file.read()) for file in row.files] == [
        ("pic.png", len(PNG), PNG)
    ]
    assert row.notes == ()


def test_a_logseq_page_keeps_its_outline(tmp_path: Path) -> None:
    row, empty = read("markdown", laid_out(tmp_path, VAULT))[3:]
    assert row.body == "tags:: walk, [[long way]]\n- First [[Anna]] #calm\n\t- deeper"
    assert row.tags == ("#walk", "#long way", "#calm")
    assert "nothing written" in empty.problem


def test_a_pile_with_its_replies(tmp_path: Path) -> None:
    post = (
        "---\ntitle: ''\ncreatedAt: 2023-08-20T22:15:00.000Z\nupdatedAt: x\nhighlight: Idea\n"
        "tags: []\nreplies: []\nattachments:\n  - 2023/Aug/media/p.png\nisReply: {reply}\n"
        "isAI: {ai}\n---\n<p>Hello <strong>you</strong></p>\n"
    )
    notes: dict[str, str | bytes] = {
        "2023/Aug/230820-1.md": post.format(reply="false", ai="false"),
        "2023/Aug/230820-2.md": post.format(reply="true", ai="false"),
        "2023/Aug/230820-3.md": post.format(reply="true", ai="true"),
        "2023/Aug/media/p.png": PNG,
        "index.json": "{}",
    }
    rows = read("markdown", laid_out(tmp_path, notes))
    assert [row.title for row in rows] == ["", "Reply", "Reply by Pile’s AI"]
    assert "AI wrote this" in rows[2].notes[0]
    assert rows[0].moment == datetime(2023, 8, 20, 22, 15, tzinfo=UTC)
    assert rows[0].local == datetime(2023, 8, 21, 0, 15)
    assert rows[0].body == "Hello **you**\n\n```yaml\nhighlight: Idea\n```"
    assert [file.name for file in rows[0].files] == ["p.png"]


def test_templates_and_undated_notes_are_told(tmp_path: Path) -> None:
    rows = {row.where: row.problem for row in read("markdown", laid_out(tmp_path, VAULT))}
    assert "template" in rows["Templates/daily.md"]
    assert "no date" in rows["Ideas.md"]
    assert "template" in alone("# <% tp.file.title %>", "Day.md").problem
    assert not alone("How to write {{date}} in a template.").problem


# Dates


@pytest.mark.parametrize(
    ("name", "day", "title"),
    [
        ("2026-03-14.md", "2026-03-14", ""),
        ("2026_03_14.md", "2026-03-14", ""),
        ("2026.3.4.md", "2026-03-04", ""),
        ("20260314.md", "2026-03-14", ""),
        ("2026-03-14 Saturday.md", "2026-03-14", ""),
        ("Saturday, 2026-03-14.markdown", "2026-03-14", ""),
        ("2026-03-14 - Interview at Kestrel.md", "2026-03-14", "Interview at Kestrel"),
        ("2026-Mar-14.md", "2026-03-14", ""),
        ("Mar 14th, 2026.md", "2026-03-14", ""),
        ("14. März 2026.md", "2026-03-14", ""),
        ("14 March 2026.md", "2026-03-14", ""),
        ("2024-02-29.md", "2024-02-29", ""),
    ],
)
def test_names_that_are_days(name: str, day: str, title: str) -> None:
    row = named(name)
    assert row.local
    assert (row.local.date().isoformat(), row.day_only, row.title) == (day, True, title)


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("2026-03-14T0830.md", datetime(2026, 3, 14, 8, 30)),
        ("2026-03-14 08-30-15.md", datetime(2026, 3, 14, 8, 30, 15)),
        ("202603140830.md", datetime(2026, 3, 14, 8, 30)),
        ("20260314083015 bench.md", datetime(2026, 3, 14, 8, 30, 15)),
    ],
)
def test_names_that_have_a_time(name: str, local: datetime) -> None:
    assert (named(name).local, named(name).day_only) == (local, False)


@pytest.mark.parametrize(
    "name",
    [
        "2026-W11.md", "2026-03.md", "Plan for 2026-03-14.md", "1234567.md", "99999999.md",
        "2026-13x.md", "12026-03-14.md", "2026-Foo-14.md", "2026-03-145.md",
    ],
)  # fmt: skip
def test_names_that_are_no_days(name: str) -> None:
    assert "no date" in named(name).problem


def test_days_that_do_not_exist_or_can_mean_two_are_told() -> None:
    assert named("2026-02-30.md").problem == "There is no date “2026-02-30”."
    assert "can mean two days" in named("03-02-2026.md").problem
    assert named("03-02-2026.md", "%d-%m-%Y").local == datetime(2026, 2, 3, 12)
    assert named("03-02-2026.md", "%m-%d-%Y").local == datetime(2026, 3, 2, 12)
    assert named("Tag 03.02.2026 08_30.md", "Tag %d.%m.%Y %H_%M").local == datetime(
        2026, 2, 3, 8, 30
    )


def test_a_format_without_a_day_is_refused() -> None:
    with pytest.raises(ImportProblem, match="does not say year, month and day"):
        named("2026.md", "%Y")


@pytest.mark.parametrize(
    "name", ["2026/03/14.md", "J/2026/03-March/14 Saturday.md", "2023/January/2026-Mar-14.md"]
)
def test_folders_that_are_days(tmp_path: Path, name: str) -> None:
    (row,) = read("markdown", laid_out(tmp_path, {name: "Words."}))
    assert (row.local, row.title) == (datetime(2026, 3, 14, 12), "")


@pytest.mark.parametrize(
    ("value", "local"),
    [
        ("2026-03-14", datetime(2026, 3, 14, 12)),
        ("2026-03-14T08:30", datetime(2026, 3, 14, 8, 30)),
        ("2026-03-14 08:30:15", datetime(2026, 3, 14, 8, 30, 15)),
        ('"[[2026-03-14]]"', datetime(2026, 3, 14, 12)),
        ("2026-03-14T23:30:00Z", datetime(2026, 3, 15, 0, 30)),
        ("2026-03-14T23:30:00-05:00", datetime(2026, 3, 15, 5, 30)),
        ("Saturday, March 14th 2026, 10:00:00 am", datetime(2026, 3, 14, 12)),
        ("14 March 2026 # a comment", datetime(2026, 3, 14, 12)),
    ],
)
def test_dates_in_properties(value: str, local: datetime) -> None:
    row = alone(f"---\ndate: {value}\n---\nWords.", "Note.md")
    assert (row.local, row.title, row.body) == (local, "Note", "Words.")


@pytest.mark.parametrize(
    "value", ["soon", "03-02-2026", "2026-02-30", "{a: b}", "2026-03-14 or so"]
)
def test_properties_that_are_no_dates_stay_and_are_told(value: str) -> None:
    row = alone(f"---\ndate: {value}\n---\nWords.")
    assert row.local == datetime(2026, 3, 14, 12)
    assert row.body == f"Words.\n\n```yaml\ndate: {value}\n```"
    assert "property “date”" in row.notes[0]


def test_date_counts_more_than_the_name_and_the_name_more_than_created() -> None:
    row = alone("---\ndate: 2026-03-01\n---\nWords.")
    assert row.local == datetime(2026, 3, 1, 12)
    assert row.notes == (
        "Its name says 2026-03-14, its properties say 2026-03-01; 2026-03-01 is taken.",
    )
    row = alone("---\ncreated: 2026-03-20T08:30\n---\nWords.")
    assert (row.local, row.day_only) == (datetime(2026, 3, 14, 12), True)
    assert "2026-03-14 is taken" in row.notes[0]
    assert "created: 2026-03-20T08:30" in row.body
    row = alone("---\ncreated: 2026-03-14T08:30\n---\nWords.")
    assert (row.local, row.body) == (datetime(2026, 3, 14, 8, 30), "Words.")


def test_the_zone_of_a_note_is_kept() -> None:
    row = alone("---\ndate: 2026-03-14T23:30\nzone: Pacific/Auckland\n---\nWords.")
    assert (row.zone, row.local) == ("Pacific/Auckland", datetime(2026, 3, 14, 23, 30))
    assert alone("---\nzone: Nowhere/Else\n---\nWords.").zone == "Europe/Berlin"


def test_undated_notes_come_in_at_the_date_of_their_file_where_it_is_said(tmp_path: Path) -> None:
    laid_out(tmp_path, {"Ideas.md": "Some day."})
    os.utime(tmp_path / "Ideas.md", (1_700_000_000, 1_700_000_000))
    said = Options("Europe/Berlin", file_dates=True)
    (row,) = read("markdown", tmp_path, said)
    assert (row.local, row.title) == (datetime(2023, 11, 14, 23, 13, 20), "Ideas")
    assert "date of its file" in row.notes[0]
    (packed,) = read("markdown", zipped({"Ideas.md": "Some day."}), said)
    assert packed.key == row.key
    assert not packed.problem or packed.local is None


# Properties


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ("tags: one", ("one",)),
        ("tags:", ()),
        ("tags: null", ()),
        ("tags: [a, 'b, c', \"d\\n\"]", ("a", "b, c", "d\n")),
        ("tags: [a,\n  b]", ("a", "b")),
        ("tags:\n- a\n  - b # no\n# nor this\n", ("a", "b")),
        ("'tags' : 'it''s' # so", ("it's",)),
        ("tags: a # b", ("a",)),
        ("tags: a#b: c", ("a#b: c",)),
        ("tags: # nothing", ()),
        ("tags: {a: b}", None),
        ("tags: &a b", None),
        ("tags: |\n  long\n", None),
        ("tags:\n  a: b", None),
        ('tags: "open', None),
        ("tags: [a, [b]]", None),
        ("tags: [a", None),
        ("tags: one\n  more", None),
    ],
)
def test_properties_are_read_or_not_understood(lines: str, values: tuple[str, ...] | None) -> None:
    (found,), body = split(f"---\n{lines}\n---\nText")
    assert (found.name, found.values, body) == ("tags", values, "Text")


@pytest.mark.parametrize(
    "text",
    ["---\n\nWords\n---\nMore", "---\na: b\n", "Words", "", "--- \nx\n---", "----\na: b\n---"],
)
def test_lines_that_are_no_front_matter(text: str) -> None:
    assert split(text) == ([], text)


def test_what_is_not_understood_stays_to_the_letter_and_is_told() -> None:
    row = alone("---\ntags: {a: b}\nplan: |\n  `one`\n  ```two```\n---\nWords.")
    assert row.body == "Words.\n\n````yaml\ntags: {a: b}\nplan: |\n  `one`\n  ```two```\n````"
    assert row.notes == ("Its property “tags” cannot be read; it stands as it is below the text.",)


def test_title_star_and_tags_of_a_note() -> None:
    row = alone("---\ntitle: 'Mail: sent'\nstarred: true\ntags: a b, c\n---\n# Head\n\nWords.")
    assert (row.title, row.starred, row.tags) == ("Mail: sent", True, ("#a", "#b", "#c"))
    assert row.body == "# Head\n\nWords."


def test_tags_stand_in_text_only() -> None:
    text = "#one x#two #3 /#4 https://e.example/#five `#six`\n```\n#seven\n```\n#[[e f]] #ö-i/j/"
    assert alone(text).tags == ("#one", "#e f", "#ö-i/j")


def test_a_page_that_upswing_wrote_itself() -> None:
    head = 'id: "1"\nkind: "entry"\ndate: 2026-03-14T23:30:00\nzone: "Pacific/Auckland"\n'
    rest = 'tags: ["a b"]\nstarred: true\ncreated: 2026-03-14T10:30:00Z\nstone: "action"'
    row = alone(f"---\n{head}{rest}\n---\n\nWords.", "2026-03-14-words-1.md")
    assert (row.title, row.body) == ("", 'Words.\n\n```yaml\nstone: "action"\n```')
    assert (row.zone, row.tags, row.starred) == ("Pacific/Auckland", ("#a b",), True)


# Files


@pytest.mark.parametrize(
    "embed",
    [
        "![[pic.png]]", "![[PIC.png|100]]", "![[att/pic.png]]", "![](../att/pic.png)",
        '![a](<../att/pic.png> "t")', "![](%2E%2E/att/pic.png)", "![](/att/pic.png)",
        "![](..\\att\\pic.png)",
    ],
)  # fmt: skip
def test_embeds_are_found(tmp_path: Path, embed: str) -> None:
    notes: dict[str, str | bytes] = {"D/2026-03-14.md": f"{embed} {embed}", "att/pic.png": PNG}
    (row,) = read("markdown", laid_out(tmp_path, notes))
    assert [file.name for file in row.files] == ["pic.png"]
    assert embed in row.body


@pytest.mark.parametrize(
    "embed",
    [
        "![](../../secret.png)", "![[../../secret.png]]", "![](gone.png)", "![[.hidden/pic.png]]",
        "![](/etc/passwd)", "![](link.png)",
    ],
)  # fmt: skip
def test_what_is_outside_or_missing_is_never_read_and_told(tmp_path: Path, embed: str) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    inner = laid_out(
        tmp_path / "vault", {"D/2026-03-14.md": f"See {embed}", ".hidden/pic.png": PNG}
    )
    (inner / "D" / "link.png").symlink_to(tmp_path / "secret.png")
    (row,) = read("markdown", inner)
    assert row.files == ()
    assert "only named in the text" in row.notes[0]


@pytest.mark.parametrize(
    "embed", ["![](https://e.example/a.png)", "![[Another note]]", "![](data:x)", "[[pic.png]]"]
)
def test_other_links_are_only_text(tmp_path: Path, embed: str) -> None:
    (row,) = read("markdown", laid_out(tmp_path, {"2026-03-14.md": embed, "pic.png": PNG}))
    assert (row.files, row.notes) == ((), ())


# What is refused


def test_a_note_that_is_not_text_is_told_and_the_others_come(tmp_path: Path) -> None:
    notes: dict[str, str | bytes] = {"2026-03-13.md": "Gut.\nGrö\xdfe".encode("latin-1")}
    rows = read("markdown", laid_out(tmp_path, {**notes, "2026-03-14.md": "Words."}))
    assert "Line 2 is not valid UTF-8" in rows[0].problem
    assert not rows[1].problem


def test_a_note_that_is_too_large_is_told(tmp_path: Path) -> None:
    (row,) = read("markdown", laid_out(tmp_path, {"2026-03-14.md": "x" * 4_000_001}))
    assert "larger than 4 MB" in row.problem


def test_folders_and_files_without_notes(tmp_path: Path) -> None:
    laid_out(tmp_path, {"x.txt": "x", ".git/README.md": "x"})
    assert recognise(tmp_path, "x") is None
    assert "no Markdown note" in refusal("markdown", tmp_path)
    assert recognise(zipped({"a.txt": "x"}), "a.zip") is None
    assert "a picture" in refusal("markdown", PNG)
    assert recognise(PNG, "note.md") is None


def test_a_note_is_known_by_its_name_or_its_front_matter() -> None:
    assert recognise(b"Words.", "2026-03-14.md") is source("markdown")
    assert recognise(b"---\ntitle: a\ndate: 2026-03-14\n---\nWords.", "x") is source("markdown")
    assert recognise(b"[a footnote] and more\n", "2026-03-14.md") is source("markdown")
    assert recognise(b"[2026-03-14 10:00] x\n", "journal.md") is source("jrnl")
    assert recognise(b"Words.", "words.txt") is None


def test_a_single_note_on_the_disk_is_named_by_its_file(tmp_path: Path) -> None:
    laid_out(tmp_path, {"2026-03-14.md": "Words. ![](pic.png)", "pic.png": PNG})
    (row,) = read("markdown", tmp_path / "2026-03-14.md")
    assert row.local == datetime(2026, 3, 14, 12)
    assert row.files == ()


def test_byte_order_mark_and_line_ends() -> None:
    (row,) = read(
        "markdown",
        b"\xef\xbb\xbf---\r\ndate: 2026-03-14\r\n---\r\n# Head\r\n\r\nWords.\rMore\0",
        Options("UTC", file_name="2026-03-14.md"),
    )
    assert (row.title, row.body) == ("Head", "Words.\nMore\ufffd")
    assert "cannot be stored" in row.notes[0]


# Into the record


def test_everything_arrives_once_and_goes_whole(owner: User, now: datetime, tmp_path: Path) -> None:
    folder = laid_out(tmp_path, VAULT)
    report = bring(owner, "markdown", folder, now)
    assert counts(report.plan) == (2, 0, 3)
    item = Item.objects.get(title="Quiet")
    assert (item.day.isoformat(), item.zone) == ("2026-03-14", "Europe/Berlin")
    assert set(item.tags.values_list("name", flat=True)) == {"job", "two words", "bench/park"}
    assert bytes(Attachment.objects.get(item=item).data) == PNG
    data = zipped({f"vault/{name}": text for name, text in VAULT.items()})
    assert counts(bring(owner, "markdown", data, now).plan) == (0, 2, 3)
    assert batches.undo(report.batch, now=now).erased == 2
    assert not Attachment.objects.exists()


def test_the_same_note_twice_is_two_and_a_changed_one_is_new(
    owner: User, now: datetime, tmp_path: Path
) -> None:
    notes = {"a/2026-03-14.md": "Words.", "b/2026-03-14.md": "Words."}
    assert counts(bring(owner, "markdown", laid_out(tmp_path, notes), now).plan) == (2, 0, 0)
    laid_out(tmp_path, {"a/2026-03-14.md": "Words, and more."})
    assert counts(bring(owner, "markdown", tmp_path, now).plan) == (1, 1, 0)


def test_clocks_and_days_to_come(owner: User, now: datetime, tmp_path: Path) -> None:
    notes = {"2026-03-29T0230.md": "Gap.", "2026-11-23.md": "Tomorrow.", "2026-11-22.md": "Today."}
    report = bring(owner, "markdown", laid_out(tmp_path, notes), now)
    assert counts(report.plan) == (2, 0, 1)
    reasons = [row[2] for row in batches.report(Batch.objects.get())]
    assert "went forward over 02:30" in reasons[0]
    assert "still to come" in reasons[2]
    assert Entry.objects.count() == 2


def test_memory_stays_flat(tmp_path: Path) -> None:
    def peak(notes: int) -> int:
        laid_out(
            tmp_path, {f"{1900 + n}-03-14.md": "Words of a day.\n" * 900 for n in range(notes)}
        )
        tracemalloc.start()
        for _ in source("markdown").read(tmp_path, BERLIN):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(5)
    assert peak(200) < peak(10) + 300_000


# Properties of the reader


NOTE = st.text(st.sampled_from("-:#[]{}|&*'\"!()`~ \tab.2026/03\n") | st.characters(codec="utf-8"))


@given(text=NOTE, name=st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    read_or_refused("markdown", text.encode(), f"{name}.md")
    read_or_refused("markdown", f"---\n{text}\n---\n{text}".encode(), "2026-03-14.md")


@given(start=st.sampled_from([b"", b"---\n", b"PK\3\4", b"\xef\xbb\xbf"]), data=st.binary())
def test_random_bytes(start: bytes, data: bytes) -> None:
    read_or_refused("markdown", start + data, "2026-03-14.md")


@given(name=NOTE)
def test_any_name_is_a_day_or_none(name: str) -> None:
    read_or_refused("markdown", b"Words.", f"{name}.md")


@given(text=NOTE)
def test_front_matter_is_never_lost(text: str) -> None:
    found, body = split(f"---\n{text}\n---\nEnd")
    lines = [line for each in found for line in each.lines]
    assert body.endswith("End")
    for line in text.split("\n"):
        assert not line.strip() or line in lines or line in body or line.rstrip() in ("---", "...")
