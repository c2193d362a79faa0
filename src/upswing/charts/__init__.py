"""Pictures from plain values: one spec gives an SVG, a table and a line for the terminal. Pure."""

from __future__ import annotations
