"""Fail when a pinned dependency has a known vulnerability; say so when the service cannot be asked."""

from __future__ import annotations

import json
import subprocess
import sys

LOCKS = ("requirements.lock", "requirements-dev.lock")


def main() -> int:
    """0: none known, or the service could not be asked (said aloud); 1: at least one is known."""
    found, asked, unasked = [], 0, 0
    for lock in LOCKS:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pip_audit",
                "--disable-pip",
                "--require-hashes",
                "-r",
                lock,
                "-f",
                "json",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            rows = json.loads(done.stdout)["dependencies"]
        except (json.JSONDecodeError, KeyError):
            print(f"audit: {lock} NOT audited, the vulnerability service could not be asked from here")
            continue
        asked += sum("vulns" in row for row in rows)
        unasked += sum("skip_reason" in row for row in rows)
        found += [(row["name"], row["version"], one["id"]) for row in rows for one in row.get("vulns", [])]
    for name, version, identifier in sorted(set(found)):
        print(f"audit: {name} {version} has a known vulnerability: {identifier}")
    print(
        f"audit: {asked} entries asked about, {unasked} NOT asked (the service does not know them from here)"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
