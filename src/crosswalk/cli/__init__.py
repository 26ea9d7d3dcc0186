"""The same decisions on plain files, without a database."""

from crosswalk.cli.app import main

__all__ = ["main"]
