"""Fail when the models say something that no migration carries yet."""

from __future__ import annotations

import os

import throwaway


def main() -> None:
    with throwaway.settle():
        os.environ["DJANGO_SETTINGS_MODULE"] = "upswing.settings"
        throwaway.hold_key()
        import django
        from django.core.management import call_command

        django.setup()
        call_command("makemigrations", check=True, dry_run=True)


if __name__ == "__main__":
    main()
