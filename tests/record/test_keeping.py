"""Files that belong to an item, and what stands in forms that were not sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from making import NOW, entry
from upswing.accounts import actions as accounts
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.record import actions, attachments, drafts, reads
from upswing.record.models import Attachment, Draft, Item

LATER = NOW + timedelta(minutes=1)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a,", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "application/octet-stream"),
        (b"<svg onload='alert(1)'>", "application/octet-stream"),
        (b"<html>", "application/octet-stream"),
        (b"x", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(owner: User, data: bytes, kind: str) -> None:
    file = attachments.attach(entry(owner), now=LATER, name="a.png", data=data)
    kept = reads.attachment(owner=owner, id=file.pk)
    assert (kept.media_type, kept.size, bytes(kept.data)) == (kind, len(data), data)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (" my\nheron.png ", "my heron.png"),
        ("", "file"),
        ("x" * 300 + ".png", "x" * 251 + ".png"),
        ("../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_a_name_is_kept_in_one_line(owner: User, name: str, kept: str) -> None:
    assert attachments.attach(entry(owner), now=LATER, name=name, data=b"x").name == kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", bytes(attachments.LARGEST + 1)),
        ("a\x00.txt", b"x"),
        ("a\udcff.txt", b"x"),
    ],
)
def test_what_cannot_be_kept(owner: User, name: str, data: bytes) -> None:
    item = entry(owner)
    with pytest.raises(RuleError) as refused:
        attachments.attach(item, now=LATER, name=name, data=data)
    assert refused.value.field == "files"
    assert not Attachment.objects.exists()
    assert Item.objects.get(pk=item.pk).updated_at == NOW


def test_so_many_files_fit_on_one_entry(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST", 2)
    item = entry(owner)
    for _ in range(2):
        attachments.attach(item, now=LATER, name="a", data=b"x")
    with pytest.raises(RuleError, match="Up to 2 files"):
        attachments.attach(item, now=LATER, name="a", data=b"x")


def test_an_entry_with_a_new_file_counts_as_changed(owner: User) -> None:
    item = entry(owner)
    file = attachments.attach(item, now=LATER, name="a", data=b"x")
    assert Item.objects.get(pk=item.pk).updated_at == LATER
    attachments.detach(file)
    assert not Attachment.objects.exists()


def test_files_go_with_their_item(owner: User) -> None:
    item = entry(owner)
    attachments.attach(item, now=LATER, name="a", data=b"x")
    actions.erase([item])
    assert not Attachment.objects.exists()


def test_a_draft_is_kept_changed_and_dropped(owner: User) -> None:
    drafts.keep(owner=owner, key="entry-new", fields={"body": "one"}, now=NOW)
    drafts.keep(owner=owner, key="entry-new", fields={"body": "two", "tags": ""}, now=LATER)
    found = drafts.find(owner=owner, key="entry-new")
    assert found is not None
    assert (found.fields, found.saved_at) == ({"body": "two", "tags": ""}, LATER)
    drafts.keep(owner=owner, key="entry-new", fields={"body": "", "tags": ""}, now=LATER)
    assert drafts.find(owner=owner, key="entry-new") is None


def test_a_long_key_finds_its_draft_again(owner: User) -> None:
    drafts.keep(owner=owner, key="x" * 500, fields={"body": "one"}, now=NOW)
    assert drafts.find(owner=owner, key="x" * 500)
    drafts.drop(owner=owner, key="x" * 500)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"body": "x" * 1_000_001}, {"body": "a\x00"}, {"title": "\ud800"}]
)
def test_a_draft_that_cannot_be_kept(owner: User, fields: dict[str, Any]) -> None:
    with pytest.raises(RuleError):
        drafts.keep(owner=owner, key="entry-new", fields=fields, now=NOW)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"country": "Germany"}, "country"),
        ({"country": "de"}, "country"),
        ({"theme": "blue"}, "theme"),
    ],
)
def test_settings_that_cannot_be_used(owner: User, wrong: dict[str, str], field: str) -> None:
    fine = {"zone": "Asia/Tokyo", "country": "JP", "theme": "dark"}
    with pytest.raises(RuleError) as refused:
        accounts.change_settings(owner=owner, **(fine | wrong))
    assert refused.value.field == field
    assert User.objects.get(pk=owner.pk).zone == "Europe/Berlin"
    accounts.change_settings(owner=owner, **fine)
    assert User.objects.get(pk=owner.pk).country == "JP"
