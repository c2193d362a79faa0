"""Nothing moves for somebody who has asked for no motion."""

from __future__ import annotations

from typing import Literal

import pytest

from browser.house import House
from browser.visitor import Reception

pytestmark = [pytest.mark.solo, pytest.mark.browser]

# The dot that breathes while something is waited for, and a button that changes its colour.
MOVING = """
() => {
  const waiting = document.createElement("p");
  waiting.className = "waiting";
  document.querySelector("main").append(waiting);
  const button = document.querySelector(".button");
  getComputedStyle(button).backgroundColor;
  button.classList.add("outline");
  getComputedStyle(button).backgroundColor;
  const running = document.getAnimations().filter(({ playState }) => playState === "running");
  return running.map((one) => one.animationName ?? one.transitionProperty);
}
"""
STILL_MOVING = """
new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(document.getAnimations().length > 0))))
"""


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_motion_follows_the_wish(
    filled: House, reception: Reception, wish: Literal["reduce", "no-preference"], moves: bool
) -> None:
    visitor = reception.visitor(filled, reduced_motion=wish)
    visitor.goto("/")
    moving = set(visitor.page.evaluate(MOVING))
    assert moving >= {"breathe", "background-color"} if moves else moving <= {"breathe"}
    assert visitor.page.evaluate(STILL_MOVING) is moves
