"""Files of an entry: taken in, handed out, removed, refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from doors.web.lived import an_hour_ago
from upswing.accounts.models import User
from upswing.record import attachments
from upswing.record.attachments import NewFile
from upswing.record.models import Attachment, Item
from upswing.strategies.coping import actions
from upswing.web import uploads

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
GIF = b"GIF89a" + b"\0" * 20
WEBP = b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 20
AGAIN = "Choose the files again"


@pytest.fixture
def now() -> datetime:
    return an_hour_ago()


def entry(owner: User, now: datetime, *files: tuple[str, bytes]) -> Item:
    kept = [NewFile(name, data) for name, data in files]
    return actions.write_entry(
        owner=owner, now=now, zone="UTC", body="With files", happened_at=now, files=kept
    )


def the_file(owner: User, now: datetime, name: str, data: bytes) -> Attachment:
    return entry(owner, now, (name, data)).attachments.get()


def post(web: Client, files: Sequence[tuple[str, bytes]], **fields: Any) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return web.post(reverse("entry_new"), {"body": "Kept text", **fields, "uploads": sent})


# --- taken in -------------------------------------------------------------------------------------


def test_several_files_come_with_an_entry(web: Client, owner: User) -> None:
    assert post(web, [("weir.png", PNG), ("letter.pdf", b"%PDF-1.4")]).status_code == 302
    item = Item.objects.get()
    kept = item.attachments.order_by("pk").values_list("name", "media_type", "size")
    assert list(kept) == [
        ("weir.png", "image/png", len(PNG)),
        ("letter.pdf", "application/octet-stream", 8),
    ]
    page = web.get(reverse("entry", args=[item.pk])).content.decode()
    picture, letter = item.attachments.order_by("pk")
    assert f'<img src="{reverse("attachment", args=[picture.pk])}"' in page
    assert f'<img src="{reverse("attachment", args=[letter.pk])}"' not in page
    assert "letter.pdf" in page


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\evil.exe", "evil.exe"),
        ("/absolute/path.txt", "path.txt"),
        ("a\tb  c.txt", "ab c.txt"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_file_s_name_leads_nowhere(web: Client, owner: User, name: str, kept: str) -> None:
    body = (
        f'--B\r\nContent-Disposition: form-data; name="body"\r\n\r\ntext\r\n'
        f'--B\r\nContent-Disposition: form-data; name="uploads"; filename="{name}"\r\n'
        "Content-Type: text/plain\r\n\r\nhello\r\n--B--\r\n"
    )
    web.post(reverse("entry_new"), body.encode(), "multipart/form-data; boundary=B")
    assert Attachment.objects.get().name == kept


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("big.bin", b"x" * 101)], "“big.bin” is larger than"),
        ([("good.png", PNG), ("empty.txt", b"")], "“empty.txt” is empty."),
        ([(f"{n}.txt", b"x") for n in range(4)], "Up to 3 files fit on one entry."),
    ],
)
def test_a_file_that_does_not_fit_keeps_the_text_and_writes_nothing(
    web: Client,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    files: list[tuple[str, bytes]],
    sentence: str,
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 100)
    monkeypatch.setattr(attachments, "MOST", 3)
    response = post(web, files)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["uploads"]
    assert sentence in response.context["form"].errors["uploads"][0]
    assert response.context["form"]["body"].value() == "Kept text"
    assert AGAIN in response.content.decode()
    assert not Item.objects.exists()
    assert not Attachment.objects.exists()


def test_files_have_to_be_chosen_again_whatever_was_wrong(web: Client, owner: User) -> None:
    response = post(web, [("weir.png", PNG)], when="2026-02-30T10:00")
    assert list(response.context["form"].errors) == ["when"]
    assert AGAIN in response.content.decode()
    assert AGAIN not in web.get(reverse("entry_new")).content.decode()


def test_more_than_the_memory_takes_keeps_the_text(
    web: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_REQUEST", 1000)
    response = post(web, [("a.bin", b"x" * 600), ("b.bin", b"x" * 600)], title="Kept title")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["uploads"]
    assert "Together these files are larger than 64 MB" in response.content.decode()
    assert response.context["form"]["body"].value() == "Kept text"
    assert response.context["form"]["title"].value() == "Kept title"
    assert not Item.objects.exists()


def test_the_files_come_last_so_that_all_fields_are_read_before_them(
    web: Client, owner: User, now: datetime
) -> None:
    item = entry(owner, now, ("a.png", PNG))
    for address in (reverse("entry_new"), reverse("entry_edit", args=[item.pk])):
        page = web.get(address).content.decode()
        form = page.partition('enctype="multipart/form-data"')[2].partition("</form>")[0]
        names = [part.partition('"')[0] for part in form.split('name="')[1:]]
        assert names[-1] == "uploads"


# --- handed out -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif"), (WEBP, "image/webp")],
)
def test_a_picture_is_shown(
    web: Client, owner: User, now: datetime, data: bytes, media_type: str
) -> None:
    file = the_file(owner, now, "weir", data)
    response = web.get(reverse("attachment", args=[file.pk]))
    assert response.status_code == 200
    assert response.content == data
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == 'inline; filename="weir"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("picture.png", b"<html><script>alert(1)</script>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("letter.pdf", b"%PDF-1.4"),
    ],
)
def test_anything_else_is_only_to_save(
    web: Client, owner: User, now: datetime, name: str, data: bytes
) -> None:
    file = the_file(owner, now, name, data)
    response = web.get(reverse("attachment", args=[file.pk]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("naïve 🎈.txt", f"filename*=utf-8''{quote('naïve 🎈.txt')}"),
        ('say "hi".txt', r'filename="say \"hi\".txt"'),
        ("../../etc/passwd", 'filename="_.._etc_passwd"'),
        ("..\\evil.exe", 'filename="_evil.exe"'),
        ("gpj\u202eexe.txt", 'filename="gpjexe.txt"'),
        ("..", 'filename="file"'),
    ],
)
def test_the_name_of_a_download_is_safe(
    web: Client, owner: User, now: datetime, name: str, shown: str
) -> None:
    file = the_file(owner, now, name, b"x")
    response = web.get(reverse("attachment", args=[file.pk]))
    assert response["Content-Disposition"] == f"attachment; {shown}"


def test_a_name_from_elsewhere_cannot_break_the_header(
    web: Client, owner: User, now: datetime
) -> None:
    file = the_file(owner, now, "x", b"x")
    Attachment.objects.filter(pk=file.pk).update(name="a\r\nSet-Cookie: x=1")
    response = web.get(reverse("attachment", args=[file.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="aSet-Cookie: x=1"'


# --- changed and removed --------------------------------------------------------------------------


def test_an_edit_adds_and_takes_away_files(web: Client, owner: User, now: datetime) -> None:
    item = entry(owner, now, ("old.png", PNG), ("stays.gif", GIF))
    old = item.attachments.get(name="old.png")
    page = web.get(reverse("entry_edit", args=[item.pk])).content.decode()
    assert "old.png (28 bytes)" in page
    web.post(
        reverse("entry_edit", args=[item.pk]),
        {"body": "x", "remove": [str(old.pk)], "uploads": [SimpleUploadedFile("new.jpg", JPEG)]},
    )
    assert set(item.attachments.values_list("name", flat=True)) == {"stays.gif", "new.jpg"}


def test_an_edit_whose_file_is_refused_changes_nothing(
    web: Client, owner: User, now: datetime
) -> None:
    item = entry(owner, now, ("old.png", PNG))
    response = web.post(
        reverse("entry_edit", args=[item.pk]),
        {
            "body": "Changed",
            "remove": [str(item.attachments.get().pk)],
            "uploads": [SimpleUploadedFile("empty", b"")],
        },
    )
    assert response.status_code == 422
    item.refresh_from_db()
    assert item.body == "With files"
    assert item.attachments.get().name == "old.png"
    assert not item.revisions.exists()


def test_only_the_entry_s_own_files_can_be_taken_away(
    web: Client, owner: User, now: datetime
) -> None:
    item, other = entry(owner, now, ("a", PNG)), entry(owner, now, ("b", PNG))
    response = web.post(
        reverse("entry_edit", args=[item.pk]),
        {"body": "x", "remove": [str(other.attachments.get().pk)]},
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["remove"]
    assert other.attachments.exists()


def test_a_file_is_removed_for_good(web: Client, owner: User, now: datetime) -> None:
    item = entry(owner, now, ("a.png", PNG), ("b.png", PNG))
    file = item.attachments.get(name="a.png")
    address = reverse("attachment_remove", args=[file.pk])
    assert web.get(address).status_code == 405
    assert web.post(address)["Location"] == f"{reverse('entry', args=[item.pk])}?done=removed"
    assert item.attachments.get().name == "b.png"
    assert web.get(reverse("attachment", args=[file.pk])).status_code == 404


def test_a_stranger_s_file_is_not_here(
    web: Client, owner: User, stranger: User, now: datetime
) -> None:
    file = the_file(stranger, now, "secret.png", PNG)
    assert web.get(reverse("attachment", args=[file.pk])).status_code == 404
    assert web.head(reverse("attachment", args=[file.pk])).status_code == 404
    assert web.post(reverse("attachment_remove", args=[file.pk])).status_code == 404
    assert Attachment.objects.filter(pk=file.pk).exists()
