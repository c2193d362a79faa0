"""Django on SQLCipher: the sqlite3 backend with the driver swapped and the key set first.

A backend that forgets to swap the driver writes a plain file, and every test stays green. So each
connection proves that its engine is SQLCipher, and a file that starts as plain SQLite is refused.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base as plain
from django.db.backends.sqlite3._functions import register as register_functions
from django.db.backends.sqlite3.features import DatabaseFeatures as PlainFeatures
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

from upswing.vault import current, files, held, names, rekeyed, use
from upswing.vault.errors import DamagedVault, PlainVault, WrongEngine

PLAIN_MAGIC = b"SQLite format 3\x00"
PRAGMAS = (
    "cipher_memory_security = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "legacy_alter_table = OFF",
)

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", plain.decoder(parse_date))
Database.register_converter("time", plain.decoder(parse_time))
Database.register_converter("datetime", plain.decoder(parse_datetime))
Database.register_converter("timestamp", plain.decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, datetime.date.isoformat)
Database.register_adapter(datetime.datetime, plain.adapt_datetime)


def open_keyed(path: str, key: bytes, **options: Any) -> Any:
    """A connection to the SQLCipher file `path` under the raw 32-byte `key`.

    Raises PlainVault, WrongEngine or DamagedVault; never returns a connection that could not read.
    """
    Path(path).touch(mode=0o600)  # SQLite would make it readable by others; its log files follow
    connection = Database.connect(path, **options)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            raise WrongEngine("This build of SQLite cannot encrypt, so Upswing does not start.")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except Database.DatabaseError as error:
        connection.close()
        if "not a database" not in str(error):
            raise
        _refuse_plain(Path(path))
        raise DamagedVault("The vault’s file is damaged, or belongs to another vault.") from None
    return connection


def _refuse_plain(path: Path) -> None:
    if files.peek(path, len(PLAIN_MAGIC)) == PLAIN_MAGIC:
        raise PlainVault("This file is plain SQLite, not a vault. Nothing was opened.") from None


def _open_present(database: Path, options: dict[str, Any]) -> Any:
    """Open the vault's present file. The settings name its first; a re-key makes another one.

    From here on this process counts as one that has the record open.
    """
    key = held.held()
    if database.name != names.DATABASE:
        return open_keyed(str(database), key.data, **options)  # the tests' own
    home = database.parent
    if use.share(home):
        rekeyed.tidy(home, key)
    try:
        return open_keyed(str(current.database(home)), key.data, **options)
    except DamagedVault:
        rekeyed.refuse_old_key(home, key)
        raise


class Cursor(Database.Cursor):  # type: ignore[misc]
    """Turns Django's %s and %(name)s into the engine's ? and :name."""

    convert_query = plain.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], Mapping) else None
        return super().executemany(self.convert_query(query, param_names=names), rows)


class DatabaseFeatures(PlainFeatures):
    """What differs from the SQLite that Django assumes."""

    max_query_params = 250_000
    can_clone_databases = False


class DatabaseWrapper(plain.DatabaseWrapper):
    """The vault as a Django database. The key is asked for at each connect, never stored here."""

    display_name = "SQLCipher"
    Database = Database
    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        options = dict(conn_params)
        connection = _open_present(Path(options.pop("database")), options)
        register_functions(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
