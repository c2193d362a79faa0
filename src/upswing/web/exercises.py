"""The exercises of all strategies: what one is, its steps one by one, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from upswing.care.calm import texts_of
from upswing.exercises import actions, reads
from upswing.exercises.models import Work
from upswing.exercises.questions import Finds
from upswing.journeys import finding, second_voice, stones
from upswing.record import drafts
from upswing.record.models import Setback
from upswing.record.reads import ties
from upswing.strategies import BY_KEY
from upswing.web import begun, calm, days, earlier, links, markdown, pictures
from upswing.web.exercise_forms import StepForm
from upswing.web.forms import as_typed, attempt, draft_of
from upswing.web.journal import when
from upswing.web.looking import remember, sent
from upswing.web.once import once
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unwritten import given_back


def _kind(kind: str) -> type[Work]:
    if kind not in reads.kinds():
        raise Http404
    return reads.kinds()[kind]


@require_safe
def about(request: PersonRequest, kind: str) -> HttpResponse:
    """What an exercise is, and how long it takes, before it starts."""
    exercise = _kind(kind).EXERCISE
    setback = begun.setback(request, request.GET.get("setback", ""))
    return show(
        request,
        "exercise_about.html",
        page="setbacks",
        exercise=exercise,
        strategy=BY_KEY[exercise.strategy],
        setback=setback,
        begin_url=links.with_about(
            reverse("exercise_begin", args=[kind]), setback, request.GET.get("from", "")
        ),
        wait=stones.wait(exercise.strategy, setback, now=request.now),
    )


@given_back
@once
def begin(request: PersonRequest, kind: str) -> HttpResponse:
    """The first step, which records the exercise."""
    work, key = _kind(kind)(), f"exercise-{kind}"
    draft = draft_of(request, key)
    if source := begun.told(request, draft, "from"):
        work.answers = second_voice.begun_with(owner=request.owner, kind=kind, id=source)
    setback = begun.setback(request, begun.told(request, draft, "setback"))
    return _page(request, work, 1, key, setback, source)


@given_back
@once
def step(request: PersonRequest, id: UUID, number: int) -> HttpResponse:
    """Any step of an exercise that was begun."""
    work = reads.one(owner=request.owner, id=id)
    if not 1 <= number <= work.following:
        raise Http404
    if place := work.EXERCISE.steps[number - 1].place:
        return redirect(place, id)
    return _page(request, work, number, f"exercise-{number}-{id}", work.item.setback)


def _page(
    request: PersonRequest,
    work: Work,
    number: int,
    key: str,
    setback: Setback | None,
    source: str = "",
) -> HttpResponse:
    exercise, posted = work.EXERCISE, sent(request) is not None
    now = exercise.steps[number - 1]
    form = StepForm(now, work.answers, request.POST if posted else None)
    draft = draft_of(request, key)
    if draft is not None or (request.method == "POST" and not posted):
        form.restore(draft.fields if draft else as_typed(request.POST))
    if posted and attempt(request, form, lambda: _keep(request, work, number, form, setback)):
        drafts.drop(owner=request.owner, key=key)
        return _onwards(request, work, number, setback)
    _offer(request, form, work)
    return show(
        request,
        "exercise_step.html",
        page="setbacks",
        exercise=exercise,
        step=now,
        number=number,
        form=form,
        text=None if work._state.adding else work.item,
        setback=setback,
        source=source,
        recalled=_recalled(work, number),
        back_url=_before(work, number, setback),
        draft=draft,
        draft_key=key,
        last=number == len(exercise.steps),
        calm=calm.after_step(request, work, number),
    )


def _keep(
    request: PersonRequest, work: Work, number: int, form: StepForm, setback: Setback | None
) -> bool:
    actions.answer(
        work,
        owner=request.owner,
        now=request.now,
        zone=request.zone,
        step=number,
        typed=form.cleaned_data,
        setback=setback,
        enough="enough" in request.POST,
    )
    if not work._state.adding:
        remember(request, work.item)
    return True


def _onwards(
    request: PersonRequest, work: Work, number: int, setback: Setback | None
) -> HttpResponse:
    """The next step; or where one stops, the exercise itself, or what is there without it."""
    enough = "enough" in request.POST
    if enough and work.finished_at and number < len(work.EXERCISE.steps):
        return redirect(f"{links.to(work.KIND, work.pk)}?done=changed")
    if enough and work._state.adding:
        return redirect(reverse("setback", args=[setback.pk]) if setback else reverse("today"))
    if enough or number == len(work.EXERCISE.steps):
        done = "enough" if enough else "finished"
        return redirect(f"{links.to(work.KIND, work.pk)}?done={done}")
    return redirect("exercise_step", work.pk, number + 1)


def _offer(request: PersonRequest, form: StepForm, work: Work) -> None:
    """Show the items that were chosen, and those that are looked for or come to mind."""
    for question in work.EXERCISE.finds:
        if question.name in form.fields:
            words = request.POST.get(f"{question.name}-words", "")
            chosen = form[question.name].value() or []
            form.offer(question.name, _found(request, question, work, words, chosen))


def _found(
    request: PersonRequest, question: Finds, work: Work, words: str, chosen: list[str]
) -> list[Any]:
    return finding.offered(
        owner=request.owner, relation=question.relation, words=words, chosen=chosen, but=work.pk
    )


def _recalled(work: Work, number: int) -> list[tuple[str, str]]:
    """Earlier answers that stand on the page of a step."""
    questions = work.EXERCISE.questions
    names = work.EXERCISE.steps[number - 1].recalls
    return [
        (questions[name].label or questions[name].asked(work.answers), questions[name].told(value))
        for name in names
        if (value := work.answers.get(name))
    ]


def _before(work: Work, number: int, setback: Setback | None) -> str:
    if number > 1:
        return reverse("exercise_step", args=[work.pk, number - 1])
    return (
        links.with_about(reverse("exercise_about", args=[work.KIND]), setback)
        if not work.reached
        else ""
    )


@require_safe
def exercise(request: PersonRequest, id: UUID) -> HttpResponse:
    """One exercise: what was answered, where to go on, and how well it is known to work."""
    work = reads.one(owner=request.owner, id=id)
    if work.KIND in links.PAGES:
        return redirect(links.to(work.KIND, id))
    return page(request, work, "exercise.html")


def page(request: PersonRequest, work: Work, template: str, **more: Any) -> HttpResponse:
    """The page of an exercise, on its own template where it has more to show."""
    item = work.item
    return show(
        request,
        template,
        page="setbacks",
        exercise=work.EXERCISE,
        work=work,
        item=item,
        over=f"{work.NOUN} · {when(request, item)}",
        prose=markdown.html(item.body),
        moved=pictures.moves(work),
        still_open=_still_open(work),
        history=earlier.versions(request, work),
        calm=calm.after(request, *texts_of(work.answers)),
        steps=_steps(work),
        go_on=reverse("exercise_step", args=[work.pk, work.following]),
        ties=[(words, [days.entry(row) for row in rows]) for words, rows in ties(item)],
        **more,
    )


def _still_open(work: Work) -> str:
    """What waits to be taken up, such as a test of a thought."""
    return str(work.answers.get(work.EXERCISE.open_answer) or "")


def _steps(work: Work) -> list[dict[str, str]]:
    """The steps that were answered, to go back to."""
    done = work.EXERCISE.steps[: work.reached]
    return [
        {"title": step.title, "href": reverse("exercise_step", args=[work.pk, number])}
        for number, step in enumerate(done, 1)
    ]


@given_back
@once
def again(request: PersonRequest, id: UUID) -> HttpResponse:
    """An exercise that has come back: what was said before is shown only afterwards."""
    work = reads.one(owner=request.owner, id=id)
    if work.EXERCISE.again is None or work.finished_at is None:
        raise Http404
    key = f"again-{id}"
    form = StepForm(
        work.EXERCISE.again, work.answers, request.POST if request.method == "POST" else None
    )
    form.ask_anew()
    draft = draft_of(request, key)
    if draft is not None:
        form.restore(draft.fields)
    if form.is_bound and attempt(request, form, lambda: _say(request, work, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{links.to(work.KIND, work.pk)}?done=again")
    return show(
        request,
        "exercise_again.html",
        page="today",
        exercise=work.EXERCISE,
        work=work,
        over=f"{work.NOUN} · {when(request, work.item)}",
        form=form,
        draft=draft,
        draft_key=key,
        due=work.returns_on is not None,
    )


def _say(request: PersonRequest, work: Work, form: StepForm) -> bool:
    actions.say_again(
        work,
        owner=request.owner,
        now=request.now,
        zone=request.zone,
        typed=form.cleaned_data,
    )
    return True


@require_POST
def skip(request: PersonRequest, id: UUID) -> HttpResponse:
    """Not this time. Nothing is noted of it."""
    work = reads.one(owner=request.owner, id=id)
    if work.EXERCISE.again is None or work.finished_at is None:
        raise Http404
    actions.skip(work, owner=request.owner, now=request.now, zone=request.zone)
    return redirect(f"{reverse('today')}?done=skipped")
