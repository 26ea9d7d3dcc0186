"""Training: Splink estimates how much each grade of agreement weighs; the result is saved as a Splink model.

The recipe is Splink's documented one: prior from strict rules, u from random pairs, m by expectation-maximisation in
two blocks. Levels that the policy holds (`hold`) keep the policy's values, since random pairs never reach them or the
training blocks hold too many relatives (reference record-linkage §3.2).
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.model import splink_settings
from crosswalk.core.linkage.settings import LinkageSettings

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
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        database = DuckDBAPI(connection=engine.connection)
        tables = [
            database.register(
                engine.connection.sql(f"SELECT * FROM read_parquet('{path}')"), dataset_display_name=name
            )
            for name, path in (("hmis_side", left), ("member_side", right))
        ]
        linker = Linker(tables, SettingsCreator.from_path_or_dict(splink_settings(settings)))
        training = linker.training
        training.estimate_probability_two_random_records_match(list(STRICT_RULES), recall=STRICT_RECALL)
        training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=seed)
        for block in EM_BLOCKS:
            training.estimate_parameters_using_expectation_maximisation(block, fix_u_probabilities=True)
        return dict(linker.misc.save_model_to_json())
