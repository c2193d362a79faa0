"""The one Django app."""

from __future__ import annotations

from django.apps import AppConfig


class UpswingConfig(AppConfig):
    name = "upswing"
    label = "upswing"
    verbose_name = "Upswing"
