"""A tab of a browser, as the page sees it: cookies, forms with their tokens, nothing else."""

from __future__ import annotations

import http.client
import re
import secrets
import time
from pathlib import Path
from urllib.parse import urlencode

from torture.killing import DONE, PATIENCE, Diary
from upswing.web.door import issue

TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')
CUT_OFF = (OSError, http.client.HTTPException)
NO_SESSION = (403, 423)
REFUSED, CUT = "refused", "cut"  # what a form that was sent can come to, other than DONE


class Unanswered(Exception):
    """The connection broke before the answer was there."""


class Tab:
    """One tab; `runtime` is the folder in which `upswing serve` leaves word of its codes.

    diary: of the forms that it sends, each with what it came to.
    """

    def __init__(self, host: str, runtime: Path, diary: Diary) -> None:
        self.host, self.runtime, self.diary = host, runtime, diary
        self.port = int(host.rpartition(":")[2])
        self.cookies: dict[str, str] = {}

    def ask(
        self, path: str, fields: dict[str, str] | None = None, *, files: bool = False
    ) -> tuple[int, str, str]:
        """GET, or POST where there are `fields`; status, Location and text. Raises Unanswered.

        files: the form has a field for files, so that it is sent in parts.
        """
        kind, body = _parts(fields or {}) if files else _encoded(fields or {})
        headers = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | ({} if fields is None else {"Content-Type": kind})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET" if fields is None else "POST", path, body, headers)
            answer = connection.getresponse()
            self._take_cookies(answer)
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except CUT_OFF as error:
            raise Unanswered from error
        finally:
            connection.close()

    def _take_cookies(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value

    def let_in(self) -> None:
        """Come in with a new code, as `upswing serve` prints one; tries until a worker answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            code = secrets.token_urlsafe(32)
            issue(self.runtime, code, seconds=600)
            try:
                if self.ask("/launch/", {"ticket": code})[0] == 200:
                    return
            except Unanswered:
                time.sleep(0.005)
        raise TimeoutError("nobody lets this tab in")

    def form(self, path: str) -> tuple[str, str]:
        """The page of the form at `path` and its token; comes in anew where it has to."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, _, text = self.ask(path)
            except Unanswered:
                status, text = 0, ""
            if status == 200 and (found := TOKEN.search(text)):
                return found[1], text
            self.let_in()
        raise TimeoutError(f"{path} does not come")

    def send(self, path: str, fields: dict[str, str], *, again: bool, files: bool = False) -> bool:
        """Post a form; whether it was answered as kept.

        again: where the answer is lost, come in anew and send the very same once more, and so on.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            end = self.diary.write(lambda: self._send_once(path, fields, files=files))
            if end == DONE:
                return True
            if end == CUT and not again:
                return False
            self.let_in()
        raise TimeoutError(f"{path} does not answer")

    def _send_once(self, path: str, fields: dict[str, str], *, files: bool) -> str:
        try:
            status, _, text = self.ask(path, fields, files=files)
        except Unanswered:
            return CUT
        if status in (302, 303):
            return DONE
        if status in NO_SESSION:
            return REFUSED
        raise AssertionError(f"{path} answered {status}: {text[:2000]}")


def _encoded(fields: dict[str, str]) -> tuple[str, bytes]:
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _parts(fields: dict[str, str]) -> tuple[str, bytes]:
    edge = f"----{secrets.token_hex(12)}"
    lines = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return f"multipart/form-data; boundary={edge}", "".join([*lines, f"--{edge}--\r\n"]).encode()
