"""Fetch the files that Upswing ships but did not write: the serif, htmx and (for tests) axe-core.

Run by hand when a version below changes: ``python tools/vendor.py``. It asks npm for each package
by name and version, checks the archive against the digest written here, and copies the named files
with their licences. Nothing is fetched at build time, at install time or while Upswing runs.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = "src/upswing/web/static"


@dataclass(frozen=True)
class Package:
    """One npm package: ``files`` maps a path inside the archive to a path in this repository."""

    name: str
    version: str
    sha256: str
    files: dict[str, str]


def serif(subset: str, face: str) -> tuple[str, str]:
    """Return the source and target of one woff2 file of the serif."""
    name = f"source-serif-4-{subset}-{face}.woff2"
    return f"package/files/{name}", f"{STATIC}/fonts/{name}"


FACES = ("400-normal", "600-normal", "400-italic")
PACKAGES = (
    Package(
        "@fontsource/source-serif-4",
        "5.3.1",
        "54b7898afa20cf4b2d807bbf2b5a2f865e28a83db8a5fcc563dafce5ecb5e7c8",
        dict(serif(subset, face) for subset in ("latin", "latin-ext") for face in FACES)
        | {"package/LICENSE": f"{STATIC}/fonts/OFL.txt"},
    ),
    Package(
        "htmx.org",
        "2.0.10",
        "577ad40c1c94c9de47edb89e0aec78a8353d36024c50017eb53e02992a55e889",
        {
            "package/dist/htmx.min.js": f"{STATIC}/vendor/htmx.min.js",
            "package/LICENSE": f"{STATIC}/vendor/htmx.LICENSE.txt",
        },
    ),
    Package(
        "axe-core",
        "4.14.1",
        "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
        {
            "package/axe.min.js": "tests/browser/axe.min.js",
            "package/LICENSE": "tests/browser/axe.LICENSE.txt",
        },
    ),
)


def pack(package: Package, folder: Path) -> Path:
    """Download the package's archive into ``folder``; raises CalledProcessError when npm cannot."""
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), wanted]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.tgz"))


def check(package: Package, archive: Path) -> None:
    """Stop with a sentence when the archive is not the one this file was written for."""
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        sys.exit(f"{package.name} {package.version}: expected {package.sha256}, got {found}")


def copy(package: Package, archive: Path) -> None:
    """Write the package's named files into this repository; raises KeyError for a missing one."""
    with tarfile.open(archive) as tar:
        for source, target in package.files.items():
            member = tar.extractfile(tar.getmember(source))
            if member is None:
                raise KeyError(source)
            path = ROOT / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.read())


def main() -> None:
    """Fetch, check and copy every package."""
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            archive = pack(package, Path(folder))
            check(package, archive)
            copy(package, archive)
        print(f"{package.name} {package.version}: {len(package.files)} files")


if __name__ == "__main__":
    main()
