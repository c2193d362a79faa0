"""Whoever the record belongs to. In solo mode there is exactly one."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

THEMES = [("", "as the device does"), ("light", "light"), ("dark", "dark")]


class User(AbstractBaseUser):
    """An owner: every item belongs to one, and other people's items answer 404."""

    username = models.CharField(max_length=150, unique=True)
    zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, blank=True)
    theme = models.CharField(max_length=5, blank=True, choices=THEMES)
    created_at = models.DateTimeField()
    recovery_confirmed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"
