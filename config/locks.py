"""Works the hashed locks out from requirements/*.in.

    python -m config.locks [--check]

With --check it changes nothing and says what is wrong in them.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
NAMES = ("core", "sentry", "saml", "dev", "installer", "schemathesis")
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)", re.MULTILINE)
COMPILE = ("pip", "compile", "--universal", "--generate-hashes", "--no-header")


def main() -> None:
    if "--check" not in sys.argv:
        write()
    faults = [fault for name in NAMES for fault in faults_of(FOLDER / name)]
    if faults:
        raise SystemExit("\n".join([*faults, "Run `make lock` and commit the locks."]))


def write() -> None:
    """An existing lock keeps its versions where they still fit; delete it to take the newest."""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    unannounced = {**os.environ, "UV_NO_PROGRESS": "1"}
    for name in NAMES:
        output = ("--python-version", "3.11", f"{name}.in", "-o", f"{name}.lock", "--quiet")
        subprocess.run([uv, *COMPILE, *output], cwd=FOLDER, env=unannounced, check=True)


def faults_of(stem: Path) -> list[str]:
    """A sentence for each way in which a lock does not serve its .in file, or names a server."""
    lock = stem.with_suffix(".lock")
    text = lock.read_text()
    pins = {canonical(pin["name"]): pin["version"] for pin in PIN.finditer(text)}
    faults = [f"{lock.name} names a server."] if "http" in text else []
    if "--hash=sha256:" not in text:
        faults.append(f"{lock.name} has no hashes.")
    for wanted in requirements(stem.with_suffix(".in")):
        version = pins.get(canonical(wanted.name))
        if version is None or not wanted.specifier.contains(version, prereleases=True):
            faults.append(f"{lock.name} has {version or 'nothing'} where {wanted} is asked for.")
    return faults


def requirements(path: Path) -> list[Requirement]:
    """What an .in file asks for, with the files that it includes by -r."""
    found: list[Requirement] = []
    for line in path.read_text().splitlines():
        text = line.split("#")[0].strip()
        if text.startswith("-r "):
            found += requirements(path.parent / text[3:].strip())
        elif text:
            found.append(Requirement(text))
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
