"""What can go wrong with a vault. Each message is one sentence for the person."""

from __future__ import annotations


class VaultError(Exception):
    """Any trouble with the vault; its message can be shown as it is."""


class NoVault(VaultError):
    """There is no vault in the folder."""


class WrongSecret(VaultError):
    """The passphrase, recovery code, device file or keyring entry does not open the vault."""


class DamagedVault(VaultError):
    """The header or the database is not what Upswing wrote."""


class PlainVault(VaultError):
    """The database file is plain SQLite, readable by anybody who has the file."""


class NewerVault(VaultError):
    """The vault was written by a later version of Upswing."""


class VaultLocked(VaultError):
    """This process does not hold the key."""


class OldKey(VaultLocked):
    """The key that this process holds was the vault's before a re-key."""


class ForeignBackup(VaultError):
    """The file is no backup of Upswing."""


class DamagedBackup(VaultError):
    """The backup is cut or changed; nothing of it may be used."""


class NotWritable(VaultError):
    """The folder or a file in it cannot be written."""


class WrongEngine(VaultError):
    """The database engine is not SQLCipher."""
