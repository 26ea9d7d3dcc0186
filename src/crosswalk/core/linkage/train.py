"""Training: Splink estimates how much each grade of agreement weighs; the result is saved as a Splink model.

The recipe is Splink's documented one: prior from strict rules, u from random pairs, m by expectation-maximisation in
two blocks. Levels that the policy holds (`hold`) keep the policy's values, since random pairs never reach them or the
training blocks hold too many relatives (reference record-linkage §3.2).
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import sources
from crosswalk.core.linkage.model import splink_settings
from crosswalk.core.linkage.score import DERIVED
from crosswalk.core.linkage.settings import LinkageSettings
from crosswalk.core.linkage.standardise import standardise

#: Columns of the standardised records that the comparisons and the training blocks read.
TRAINED_ON = (
    *("first", "first_c", "middle", "given", "nick", "last_c", "tok1", "tok2", "two_surnames"),
    *("dob", "ssn", "ssn4", "sex", "phone", "zip", "cin"),
)
#: Pairs that find most true pairs and hardly any other; `recall` is the share they are reckoned to find.
STRICT_RULES = (
    "l.ssn = r.ssn AND l.dob = r.dob",
    "l.first = r.first AND l.last_c = r.last_c AND l.dob = r.dob",
)
STRICT_RECALL = 0.75
RANDOM_PAIRS = 3e6
EM_BLOCKS = (
    "l.ssn = r.ssn",
    "l.dob = r.dob AND left(l.last_c, 3) = left(r.last_c, 3)",
    "l.dob = r.dob AND left(l.first, 3) = left(r.first, 3)",
)


def train(
    engine: DuckEngine, settings: LinkageSettings, *, left: Path, right: Path, seed: int = 1
) -> dict[str, Any]:
    """A trained model as Splink's settings, from two standardised record files; `seed` fixes the random pairs."""
    with _quiet():
        linker = _linker(engine, settings, left, right)
        training = linker.training
        training.estimate_probability_two_random_records_match(list(STRICT_RULES), recall=STRICT_RECALL)
        training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=seed)
        for block in EM_BLOCKS:
            training.estimate_parameters_using_expectation_maximisation(block, fix_u_probabilities=True)
        return dict(linker.misc.save_model_to_json())


def train_files(
    engine: DuckEngine, settings: LinkageSettings, *, left: Path, right: Path, scratch: Path, on: date
) -> dict[str, Any]:
    """A model trained on a file of HMIS records and a file of members, as `link --left --right` takes them."""
    files = []
    for side, path in (("left", left), ("right", right)):
        sources.register_file(engine, path, side, "raw")
        files.append(
            standardise(engine, "raw", scratch / side, settings, on=on, rules=settings.rules("rules"))
        )
    return train(engine, settings, left=files[0].records, right=files[1].records)


def _linker(engine: DuckEngine, settings: LinkageSettings, left: Path, right: Path) -> Any:
    """Splink over the two files, with only the columns that the comparisons read."""
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    wanted = [one for one in TRAINED_ON if one not in DERIVED]
    columns = ", ".join([*wanted, *(f"{text} AS {name}" for name, text in DERIVED.items())])
    database = DuckDBAPI(connection=engine.connection)
    tables = []
    for name, path in (("hmis_side", left), ("member_side", right)):
        engine.sql(
            f"CREATE OR REPLACE TABLE {name}_records AS SELECT rid, {columns} FROM read_parquet('{path}')"
        )
        records = engine.connection.table(f"{name}_records")
        tables.append(database.register(records, dataset_display_name=name))
    return Linker(tables, SettingsCreator.from_path_or_dict(splink_settings(settings)))


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink's progress notes and its hints about untrained levels (which the policy holds) stay off the screen."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)  # Splink sets its own loggers' levels anew whenever a linker is made
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(before)
