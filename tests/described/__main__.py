"""Holds the running API to its own description, with every check of Schemathesis.

    python -m tests.described PROGRAM [--cases N] [--short] [--seed N]

The demo company moves into a folder of this run's own; an employee's token asks first, then a
lead's and an admin's, who may do more to it each.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.described.company import Company

REVOKING = r"/tokens/\{id\}/$"
PARTS = ("--exclude-path-regex", REVOKING), ("--include-path-regex", REVOKING)
"""What may revoke the very token that asks comes last."""
SETTINGS = Path(__file__).with_name("schemathesis.toml")


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder, Company(Path(folder)) as company:
        for who, token in company.tokens().items():
            sys.stdout.write(f"== With the token of {who}\n")
            sys.stdout.flush()
            for part in PARTS:
                words = [*command(asked, company.address, token), *part]
                if subprocess.run(words, cwd=folder).returncode:
                    told = company.breakdowns()
                    raise SystemExit(f"{told}{who}: the API and its description differ; see above.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("--cases", type=int, default=30, help="for each operation")
    parser.add_argument("--short", action="store_true", help="without the edges of each field")
    parser.add_argument("--seed", type=int, default=20_261, help="another one asks other things")
    return parser.parse_args()


def command(asked: argparse.Namespace, address: str, token: str) -> list[str]:
    program = [str(asked.program.resolve()), "--config-file", str(SETTINGS), "run"]
    whom = [f"{address}/api/v1/openapi.json", "--header", f"Authorization: Bearer {token}"]
    how = ["--checks", "all", "--max-examples", str(asked.cases), "--seed", str(asked.seed)]
    phases = ["--phases", "fuzzing", "--warnings", "off"] if asked.short else []
    return [*program, *whom, *how, "--continue-on-failure", "--no-color", *phases]


if __name__ == "__main__":
    main()
