"""A private PostgreSQL cluster in `<data>/postgres`.

Invariant: it listens on 127.0.0.1 and, where the path is short and plain enough for one, on a socket inside the data
directory; its log never holds a statement's values, because those may be personal data.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from signal import SIGINT
from typing import Final

import psycopg2

from deploy import private_file
from deploy.local import binaries, place
from deploy.local.child import Command
from deploy.passwords import password_of

SUPERUSER: Final = "postgres"
LONGEST_SOCKET_FOLDER: Final = 90  # a Unix socket's path has 107 bytes, file name included

_QUOTED: Final = set("'\"\\")  # would end the quotes around a folder of the list

SETTINGS: Final = {
    "unix_socket_permissions": "0700",
    "listen_addresses": "'127.0.0.1'",
    "password_encryption": "'scram-sha-256'",
    "max_connections": "200",
    "shared_buffers": "'256MB'",
    "max_wal_size": "'2GB'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    # Nothing of a statement may reach the log: neither its text, nor its parameters, nor the values in a DETAIL line.
    "log_statement": "'none'",
    "log_min_error_statement": "'panic'",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "'terse'",
}

FORGETFUL: Final = {"fsync": "off", "full_page_writes": "off"}
"""Settings for data that nobody wants once the machine has fallen: those of tests. A killed server loses nothing."""


class Postgres:
    """One cluster: prepare() makes it, commands() start it, url connects as superuser."""

    ports = ("postgres",)
    name = "postgres"
    seconds_to_start = 60.0

    def __init__(self, data: Path, ports: dict[str, int], more: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.port = ports["postgres"]
        self.home = (data / "postgres").resolve()
        self.cluster = self.home / "cluster"
        self._settings = self.home / "postgresql.conf"
        self._bin = binaries.postgresql()
        self._more = dict(more or {})

    @property
    def url(self) -> str:
        """Superuser's address, database `postgres`."""
        return f"postgresql://{SUPERUSER}:{password_of(self.data, 'postgres')}@127.0.0.1:{self.port}/postgres"

    def prepare(self) -> None:
        """Make the cluster if there is none, and write its settings.

        Where we are root nothing is written into what belongs to PostgreSQL's user, who could put a link there.
        """
        group = place.database_group()
        place.inside(self.home, os.geteuid(), group, 0o700 if group < 0 else 0o710)
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        sockets = place.inside(self.home / "run", place.database_user(), group)
        short = len(os.fsencode(sockets)) <= LONGEST_SOCKET_FOLDER and not set(str(sockets)) & _QUOTED
        folder = f'"{sockets}"' if short else ""
        settings = SETTINGS | self._more | {"port": str(self.port), "unix_socket_directories": f"'{folder}'"}
        text = "".join(f"{key} = {value}\n" for key, value in settings.items())
        private_file.replace(self._settings, text, group=group, mode=0o600 if group < 0 else 0o640)

    def commands(self) -> tuple[Command, ...]:
        """The one process to start. SIGINT is PostgreSQL's fast shutdown: sessions are ended, nothing is lost."""
        return (
            Command(
                name="postgres",
                argv=(
                    str(self._bin / "postgres"),
                    f"--config-file={self._settings}",
                    f"--data-directory={self.cluster}",
                    f"--hba-file={self.cluster / 'pg_hba.conf'}",
                    f"--ident-file={self.cluster / 'pg_ident.conf'}",
                ),
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                cwd=Path("/"),
                user=self._user(),
                stop_signal=SIGINT,
                last_signal=SIGINT,
                patience=20.0,
            ),
        )

    def ready(self) -> bool:
        """True once it takes connections."""
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        fresh = self.home / "cluster.new"  # renamed when whole: an interrupted start leaves no half cluster behind
        shutil.rmtree(fresh, ignore_errors=True)
        user, group = place.database_user(), place.database_group()
        place.inside(fresh, user, group)
        secret = self.home / "superuser"
        private_file.replace(secret, password_of(self.data, "postgres"), owner=user, group=group)
        argv = [str(self._bin / "initdb"), "-D", str(fresh), "-U", SUPERUSER, f"--pwfile={secret}"]
        argv += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        try:
            done = subprocess.run(
                ["setpriv", *self._user(), "--", *argv] if self._user() else argv,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            secret.unlink()
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed: {done.stderr.strip()}")
        fresh.rename(self.cluster)

    def _user(self) -> tuple[str, ...]:
        """PostgreSQL refuses to run as root; then it runs as the user the package made."""
        if os.geteuid() != 0:
            return ()
        user = (f"--reuid={SUPERUSER}", f"--regid={SUPERUSER}", "--clear-groups")
        if all(_walkable(folder.stat()) for folder in self.home.resolve().parents):
            return user
        # A checkout below /root: that user may not walk through the folders above, so it is lent that one right.
        return (*user, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")


def _walkable(folder: os.stat_result) -> bool:
    """Whether PostgreSQL's user may walk through it to what is his."""
    return bool(folder.st_mode & (0o010 if folder.st_gid == place.database_group() else 0o001))
