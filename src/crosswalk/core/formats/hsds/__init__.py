"""HSDS, Open Referral's way to write a directory of services: JSON and tables in and out, and what is wrong in them.

    directory = read([("services.json", content)])      # or the CSV tables, or a ZIP of either
    directory.rows["service"], directory.problems, directory.counts

Every row in is accepted, rejected or a duplicate. What the rows mean for the network is the hub's business.
"""

from crosswalk.core.formats.hsds.directory import Counts, Directory
from crosswalk.core.formats.hsds.grammar import Grammar, grammar
from crosswalk.core.formats.hsds.reading import read
from crosswalk.core.formats.hsds.writing import as_json, as_tables, nested

__all__ = ["Counts", "Directory", "Grammar", "as_json", "as_tables", "grammar", "nested", "read"]
