"""What the tests need beside Python packages: a browser, and PostgreSQL's server programs.

Run as a script it installs what is missing (`apt-get`, with sudo where needed) and touches
nothing where both are there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_SERVERS = Path("/usr/lib/postgresql")
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def browser() -> str | None:
    """The path of a Chromium: UPSWING_CHROMIUM, else the first one found."""
    if named := os.environ.get("UPSWING_CHROMIUM"):
        return named
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or (str(MAC_BROWSER) if MAC_BROWSER.exists() else None)


def server_programs() -> Path | None:
    """The folder with initdb and pg_ctl; the newest version where Debian keeps several."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [path.parent for path in DEBIAN_SERVERS.glob("*/bin/initdb")]
    return max(versions, key=lambda folder: float(folder.parent.name), default=None)


def missing() -> list[str]:
    """Debian's names of the packages that are not here yet."""
    packages = {"chromium": browser(), "postgresql": server_programs()}
    return [name for name, found in packages.items() if found is None]


def install(packages: list[str]) -> None:
    """Install Debian packages; exit with a sentence where that cannot be done."""
    names = " and ".join(packages)
    if shutil.which("apt-get") is None:
        sys.exit(
            f"The tests need {names}. Install it with your system's package manager"
            " (UPSWING_CHROMIUM may name a browser that is somewhere unusual)."
        )
    rights = [] if os.getuid() == 0 else ["sudo"]
    apt_get = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    print(f"Installing {names} for the tests", flush=True)
    subprocess.run([*apt_get, "update"], check=True)
    subprocess.run(
        [*apt_get, "install", "--no-install-recommends", *packages],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def main() -> None:
    if packages := missing():
        install(packages)
    if left := missing():
        sys.exit(f"{' and '.join(left)} was installed, but its programs are not to be found.")


if __name__ == "__main__":
    main()
