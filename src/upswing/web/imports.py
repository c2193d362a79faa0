"""Bringing a journal in: choose a file, see what would happen, and agree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from upswing.errors import RuleError
from upswing.exchange.importers import recognise, source, unknown
from upswing.exchange.plan import Plan
from upswing.exchange.rows import ImportProblem, Options
from upswing.web import import_desk, import_reports
from upswing.web.forms import SetbackField
from upswing.web.import_desk import Waiting
from upswing.web.lists import number
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.zones import ZoneField

LARGEST_FILE = 50_000_000
TOO_LARGE = (
    f"This file is larger than {LARGEST_FILE // 1_000_000} MB, so it was not read. In the terminal "
    "there is no limit: upswing import FILE"
)


class UploadForm(forms.Form):
    """A file, and what it does not say of itself."""

    file = forms.FileField(
        label="The file",
        required=False,
        widget=forms.FileInput,
        help_text="From jrnl, Day One, Obsidian, Logseq, memos, Diarium, Mini Diary or FreeCBT, or "
        f"from Upswing itself; a folder as a zip. Up to {LARGEST_FILE // 1_000_000} MB; what is "
        "larger, the terminal takes.",
        error_messages={"empty": "This file is empty, so there is nothing to bring in."},
    )
    zone = ZoneField(
        label="Time zone of its dates",
        help_text="Where you lived when you wrote it, for files that do not say so themselves.",
    )
    setback = SetbackField()
    timeformat = forms.CharField(
        label="Date format",
        required=False,
        max_length=60,
        help_text="For notes named 14-03-2026 it is %d-%m-%Y. If you changed “timeformat” in "
        "jrnl’s settings, what stands there: %d.%m.%Y %H:%M",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    best = forms.ChoiceField(
        label="Ratings in it",
        required=False,
        choices=[("", "Leave them out"), ("5", "5 is a good day"), ("1", "1 is a good day")],
        help_text="Diarium rates a day from 1 to 5. Say which end is good, and each rating comes "
        "in as a check-in.",
    )
    file_dates = forms.BooleanField(
        label="Take notes without a date at the date of their file",
        required=False,
        help_text="Only where that date is a true one; copying a file often changes it.",
    )
    places = forms.BooleanField(
        label="Keep place, weather and device",
        required=False,
        help_text="Day One writes them down. Without this they are left out.",
    )

    def __init__(
        self, data: Any, files: Any, *, owner: Any, held: Waiting | None, too_large: bool
    ) -> None:
        super().__init__(data, files, initial={"zone": owner.zone})
        self.held, self.too_large = held, too_large
        self.fields["setback"].label = "All of it belongs to"
        self.fields["setback"].offer(owner)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        chosen = self.cleaned_data["file"]
        if self.too_large or (chosen and chosen.size > LARGEST_FILE):
            raise forms.ValidationError(TOO_LARGE)
        if not chosen and not self.held:
            raise forms.ValidationError("Choose a file first.")
        return chosen

    def options(self) -> Options:
        """The cleaned form as the importers take it."""
        said = self.cleaned_data
        best = int(said["best"]) if said["best"] else None
        return Options(
            said["zone"],
            said["timeformat"].strip(),
            file_dates=said["file_dates"],
            best=best,
            places=said["places"],
        )


def imports(request: PersonRequest) -> HttpResponse:
    """What was brought in before, and the form for the next file."""
    held = import_desk.find(request.POST.get("held", ""), request.owner)
    form = UploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        owner=request.owner,
        held=held if held and not held.begun else None,
        too_large=getattr(request, "upload_too_large", False),
    )
    if request.method == "POST" and form.is_valid() and (waiting := _tried(request, form)):
        return redirect("import_plan", waiting.token)
    return show(
        request,
        "imports.html",
        page="settings",
        form=form,
        held=form.held,
        rows=import_reports.past(request),
    )


def _tried(request: PersonRequest, form: UploadForm) -> Waiting | None:
    """The file with its dry run. One whose dates need a format is kept for the next try."""
    try:
        waiting = _waiting(request, form)
        import_desk.lay_down(waiting)
        waiting.try_out(form.options(), form.cleaned_data["setback"], now=request.now)
    except ImportProblem as problem:
        form.add_error("timeformat" if problem.formats else "file", str(problem))
        form.held = waiting if problem.formats else None
        return None
    except RuleError as error:
        form.add_error("file", error.sentence)
        return None
    return waiting


def _waiting(request: PersonRequest, form: UploadForm) -> Waiting:
    chosen = form.cleaned_data["file"]
    if not chosen:
        assert form.held  # noqa: S101 - clean_file has seen to it
        return form.held
    data, name = chosen.read(), chosen.name or "file"
    found = recognise(data, name)
    if found is None:
        raise ImportProblem(unknown())
    return Waiting(request.owner, data, name, found.name)


@require_safe
def plan(request: PersonRequest, token: str) -> HttpResponse:
    """What an import would do; nothing is written yet."""
    waiting = import_desk.find(token, request.owner)
    if waiting is None or waiting.plan is None:
        return _gone()
    if waiting.begun:
        return redirect("imports_progress", token)
    found = waiting.plan
    told = [
        import_reports.line(each.where, each.outcome, each.reason, each.label, new="comes in")
        for each in found.told
    ]
    return show(
        request,
        "imports_plan.html",
        page="settings",
        waiting=waiting,
        label=source(waiting.source).label,
        complete=_complete(waiting),
        plan=found,
        facts=_facts(waiting, found),
        sample=[_sample(each.label, each.local) for each in found.sample],
        **import_reports.paged(request, told),
    )


def _complete(waiting: Waiting) -> bool:
    """Whether an empty vault would be again as another one was."""
    whole = source(waiting.source).whole
    return bool(whole and whole.complete)


def _gone() -> HttpResponse:
    return redirect(f"{reverse('imports')}?done=import-gone")


def _facts(waiting: Waiting, plan: Plan) -> list[tuple[str, str]]:
    whole = source(waiting.source).whole  # which says both of the last two itself
    about = waiting.setback.item.title if waiting.setback and not whole else ""
    zone = waiting.options.zone.replace("_", " ") if waiting.options and not whole else ""
    lines = [
        ("New", number(plan.new)),
        ("Already there", number(plan.there)),
        ("Left out", number(plan.skipped)),
        ("First of the new ones", _moment(plan.first)),
        ("Last", _moment(plan.last)),
        ("Check-ins among the new ones", _ratings(waiting, plan)),
        ("Thought records", number(plan.thoughts) if plan.thoughts else ""),
        ("Thinking traps", ", ".join(f"{name} {n}" for name, n in plan.traps.most_common())),
        ("Pictures and files", number(plan.files) if plan.files else ""),
        ("Starred", number(plan.starred) if plan.starred else ""),
        ("Tags", ", ".join(f"{name} {count}" for name, count in plan.tags.most_common(5))),
        ("Time zone", zone),
        ("All of it belongs to", about),
    ]
    return [(word, value) for word, value in lines if value]


def _ratings(waiting: Waiting, plan: Plan) -> str:
    """How many ratings become check-ins, and which end of them was said to be good."""
    best = waiting.options.best if waiting.options else None
    said = f", {best} of 5 being a good day" if best else ""
    return f"{number(plan.check_ins)}{said}" if plan.check_ins else ""


def _moment(local: datetime | None) -> str:
    return f"{local.day} {local:%B %Y, %H:%M}" if local else ""


def _sample(label: str, local: datetime | None) -> dict[str, str]:
    return {"title": label, "fact": _moment(local)}


@require_POST
def leave(request: PersonRequest, token: str) -> HttpResponse:
    """Forget the file; nothing was written."""
    if import_desk.find(token, request.owner):
        import_desk.forget(token)
    return redirect(f"{reverse('imports')}?done=import-left")


@require_POST
def go(request: PersonRequest, token: str) -> HttpResponse:
    """Bring them in."""
    waiting = import_desk.find(token, request.owner)
    if waiting is None or waiting.plan is None:
        return _gone()
    import_desk.begin(waiting, now=request.now)
    return redirect("imports_progress", token)


@require_safe
def progress(request: PersonRequest, token: str) -> HttpResponse:
    """How far the import is; htmx asks for its part alone, twice a second."""
    waiting = import_desk.find(token, request.owner)
    if waiting is None or waiting.plan is None:
        return _gone()
    small = bool(request.headers.get("HX-Request"))
    if waiting.ended:
        return _to_the_end(waiting, small=small)
    total = waiting.plan.total
    return show(
        request,
        "imports_part.html" if small else "imports_progress.html",
        page="settings",
        token=token,
        done=waiting.done,
        total=total,
        words=f"{number(waiting.done)} of {number(total)} entries",
    )


def _to_the_end(waiting: Waiting, *, small: bool) -> HttpResponse:
    if small:
        answer = HttpResponse()
        answer["HX-Redirect"] = reverse("imports_progress", args=[waiting.token])
        return answer
    if waiting.trouble:
        return redirect("import_trouble", waiting.token)
    import_desk.forget(waiting.token)
    return redirect("import_report", waiting.batch)


@require_safe
def trouble(request: PersonRequest, token: str) -> HttpResponse:
    """Why an import came to nothing."""
    waiting = import_desk.find(token, request.owner)
    if waiting is None or not waiting.trouble:
        return _gone()
    return show(request, "imports_trouble.html", page="settings", sentence=waiting.trouble)
