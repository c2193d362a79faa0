"""Names of the files in a vault's folder, for capture too, which does not load pathlib."""

from __future__ import annotations

HEADER = "vault.json"
DATABASE = "vault.db"  # until a re-key, which makes another one
DEVICE_KEY = "device.key"
INBOX = "inbox"
PENDING = "pending"
DRAINING = "draining"
DRAIN_LOCK = "drain.lock"
UNREADABLE = "unreadable"
BACKUPS = "backups"
BACKUP_STATE = "backups.json"
BACKUP_LOCK = "backups.lock"
USE_LOCK = "use.lock"
REKEY_LOCK = "rekey.lock"
