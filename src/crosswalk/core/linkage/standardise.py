"""One form for both files: names, numbers and dates cleaned by the same rules, so that they can be compared.

In: a view of raw records (source, source_id, first, middle, last, suffix, name_quality, ssn, dob, dob_quality, sex
`F`/`M`, phone, zip, cin, alias, household, tradition). Out: a folder with three Parquet files, `records`, `keys`
(one 32-bit number a blocking rule) and `frequencies`. Source: reference record-linkage §3.1.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
from nicknames import NickNamer

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.settings import BlockingRule, LinkageSettings

SUFFIX_WORDS = ("JR", "SR", "II", "III", "IV")
PARTICLE_WORDS = ("DE", "LA", "DEL", "LOS", "LAS", "VAN", "VON", "SAN", "DA", "DOS", "EL", "AL", "ST")
SUFFIXES, PARTICLES = str(SUFFIX_WORDS), str(PARTICLE_WORDS)
#: Nobody alive was born before.
OLDEST = date(1906, 1, 1)


@dataclass(frozen=True)
class StandardFile:
    """One standardised file: its folder, its number of records, and whether any record came hashed."""

    folder: Path
    rows: int
    hashed: int

    @property
    def records(self) -> Path:
        """One row a record: id `rid`, source, source_id, `mark` (new when the record changes), clean columns."""
        return self.folder / "records.parquet"

    @property
    def keys(self) -> Path:
        """One row a record: rid and one number for each combination of parts (`dob__last3`); null is no key."""
        return self.folder / "keys.parquet"

    @property
    def frequencies(self) -> Path:
        """Share of the records that hold a value: column_name, value, share."""
        return self.folder / "frequencies.parquet"


def soundex(name: str) -> str:
    """SQL for the American Soundex code (letter and three digits) of an upper-case name."""
    digits = "translate(replace(replace({}, 'H', ''), 'W', ''), 'ABCDEFGIJKLMNOPQRSTUVXYZ', '012301202245501262301202')"
    # H and W are transparent, vowels (0) part equal codes; the first letter's own code is dropped.
    text = digits.format(f"(left({name}, 1) || substr({name}, 2))")
    for one in "123456":
        text = f"regexp_replace({text}, '{one}+', '{one}', 'g')"
    body = f"replace(CASE WHEN left({name}, 1) IN ('H', 'W') THEN {text} ELSE substr({text}, 2) END, '0', '')"
    return f"left({name}, 1) || rpad(left({body}, 3), 3, '0')"


def standardise(
    engine: DuckEngine,
    raw: str,
    folder: Path,
    settings: LinkageSettings,
    *,
    on: date,
    rules: list[BlockingRule],
    sounds: bool = False,
) -> StandardFile:
    """Clean the records of the view `raw` into `folder`; `on` is the day after which no birth date can lie.

    `sounds` adds the Soundex of each name, which only a hashed file on the other side needs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = StandardFile(folder, 0, 0)
    _name_tables(engine, raw, sounds)
    engine.sql(f"CREATE OR REPLACE TEMP TABLE nick_table AS {_nickname_sql(engine, settings)}")
    rows = engine.write_parquet(_records_sql(engine, raw, settings, on), done.records)
    records = f"read_parquet('{done.records}')"
    engine.write_parquet(f"SELECT rid, {_key_columns(settings, rules)} FROM {records}", done.keys)
    engine.write_parquet(_frequency_sql(records), done.frequencies)
    hashed = engine.fetch(
        f"SELECT count(*) FROM {records} WHERE hashed_first IS NOT NULL OR ssn_hash IS NOT NULL"
    )
    for table in ("first_names", "last_names", "nick_table", "shared_phones"):
        engine.sql(f"DROP TABLE {table}")
    return StandardFile(folder, rows, int(hashed[0][0]))


def _name_tables(engine: DuckEngine, raw: str, sounds: bool) -> None:
    """Clean every distinct spelling once: a county has millions of people and a hundred thousand spellings.

    Tables `first_names` and `last_names`: spelling, its words without accents and signs, suffix, surnames, sounds.
    """
    for column in ("first", "last"):
        engine.sql(
            f"""CREATE OR REPLACE TEMP TABLE {column}_names AS
            WITH once AS (SELECT DISTINCT {column} AS spelling FROM {raw} WHERE {column} <> ''),
            judged AS (SELECT spelling, regexp_full_match(spelling, '[0-9a-fA-F]{{32,64}}') AS is_hash,
                              string_split({_letters("spelling")}, ' ') AS words FROM once),
            parted AS (
              SELECT spelling, is_hash, CASE WHEN NOT is_hash AND words[1] <> '' THEN words END AS words,
                     len(words) > 1 AND words[-1] IN {SUFFIXES} AS has_suffix FROM judged),
            named AS (
              SELECT *, CASE WHEN has_suffix THEN words[-1] END AS suffix,
                     CASE WHEN has_suffix THEN words[:-2] ELSE words END AS names FROM parted),
            surnamed AS (
              SELECT *, array_to_string(names, '') AS compact,
                     list_filter(names, lambda w: length(w) > 2 AND w NOT IN {PARTICLES}) AS surnames FROM named)
            SELECT spelling, is_hash, CASE WHEN is_hash THEN lower(spelling) END AS name_hash,
                   words[1] AS word, array_to_string(words, '') AS all_words,
                   CASE WHEN len(words) > 1 THEN words[2:] END AS more_words, suffix, compact,
                   coalesce(surnames[1], compact) AS tok1, CASE WHEN len(surnames) > 1 THEN surnames[-1] END AS tok2,
                   {soundex("words[1]" if column == "first" else "compact") if sounds else "NULL::VARCHAR"} AS sound,
                   NULL::VARCHAR AS code
            FROM surnamed"""
        )
        if engine.fetch(f"SELECT count(*) FROM {column}_names WHERE is_hash")[0][0]:
            _read_hashes(engine, f"{column}_names")


def _letters(column: str) -> str:
    """SQL for a name in upper-case letters and single spaces; an apostrophe or a dot vanishes, a hyphen parts."""
    bare = f"regexp_replace(strip_accents(upper({column})), '[''’`´.]', '', 'g')"
    return f"trim(regexp_replace({bare}, '[^\\p{{L}}]+', ' ', 'g'))"


def _read_hashes(engine: DuckEngine, table: str) -> None:
    """A hashed export holds SHA-256 of the Soundex of a name: fewer than 9,000 codes, so each hash is its code."""
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE {table} AS
        WITH codes AS (
          SELECT chr(65 + l::INT) || lpad(d::VARCHAR, 3, '0') AS code
          FROM range(26) AS a(l), range(667) AS b(d) WHERE NOT regexp_matches(d::VARCHAR, '[789]'))
        SELECT n.* EXCLUDE (code), c.code FROM {table} AS n
        LEFT JOIN codes AS c ON n.is_hash AND n.name_hash = sha256(c.code)"""
    )


def _nickname_sql(engine: DuckEngine, settings: LinkageSettings) -> str:
    """Short forms of each first name, in both directions: the English list, and the policy's own."""
    pairs = _nickname_pairs(settings)
    engine.register(
        "nickname_pairs",
        pa.table({"name": [one for one, _ in sorted(pairs)], "variant": [one for _, one in sorted(pairs)]}),
    )
    both = "SELECT name, variant FROM nickname_pairs UNION SELECT variant, name FROM nickname_pairs"
    return f"SELECT name, list(variant ORDER BY variant) AS nick FROM ({both}) WHERE name <> variant GROUP BY name"


def _nickname_pairs(settings: LinkageSettings) -> set[tuple[str, str]]:
    pairs = {(row["name"], row["variant"]) for row in settings.rows("nicknames.csv")}
    for name, known in NickNamer.default_lookup().items():
        pairs |= {(name.upper(), variant.upper()) for variant in known}
    return pairs


def nicknames_of(settings: LinkageSettings) -> dict[str, list[str]]:
    """Each first name with its short forms, and each short form with what it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, variant in _nickname_pairs(settings):
        if name != variant:
            found[name].add(variant)
            found[variant].add(name)
    return {name: sorted(variants) for name, variants in found.items()}


def _records_sql(engine: DuckEngine, raw: str, settings: LinkageSettings, on: date) -> str:
    holders = int(settings.decisions["shared_holders"])
    phone = "CASE WHEN length(phone_digits) >= 10 THEN right(phone_digits, 10) END"
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE shared_phones AS SELECT {phone} AS phone
        FROM (SELECT regexp_replace(phone, '[^0-9]', '', 'g') AS phone_digits FROM {raw} WHERE phone IS NOT NULL)
        GROUP BY 1 HAVING count(*) > {holders}"""
    )
    return f"""
    WITH joined AS (
      SELECT r.*, f.word AS word1, f.all_words AS compact_all, f.more_words, f.code AS code_first, f.sound AS sound1,
             l.compact, l.tok1 AS t1, l.tok2 AS t2, l.suffix AS suffix_in_last, l.code AS code_last, l.sound AS sound2,
             split_part({_letters("r.middle")}, ' ', 1) AS middle1,
             nullif(split_part({_letters("r.alias")}, ' ', 1), '') AS alias1,
             upper(regexp_replace(r.ssn, '[^0-9a-zA-Z]', '', 'g')) AS ssn_text,
             regexp_replace(r.phone, '[^0-9]', '', 'g') AS phone_digits,
             upper(trim(r.cin)) AS cin_text,
             coalesce(r.name_quality IN (8, 9, 99), false) AS name_not_known,
             coalesce(r.dob_quality IN (8, 9, 99), false) AS dob_not_known
      FROM {raw} AS r
      LEFT JOIN first_names AS f ON f.spelling = r.first LEFT JOIN last_names AS l ON l.spelling = r.last),
    judged AS (
      SELECT *, {_placeholder(settings, "first", "word1", "name_not_known")}
                OR {_placeholder(settings, "first", "compact_all", "name_not_known")} AS no_first,
             {_placeholder(settings, "last", "compact", "name_not_known")} AS no_last,
             regexp_full_match(ssn_text, '[0-9]{{9}}') AND NOT ({_bad_ssn(settings)}) AS ssn_full,
             regexp_full_match(ssn_text, '[X0-9]{{5}}[0-9]{{4}}') AND contains(ssn_text, 'X') AS ssn_partial,
             regexp_full_match(ssn_text, '[0-9]{{4}}[0-9A-F]{{28,64}}') AS ssn_hashed,
             dob BETWEEN DATE '{OLDEST}' AND DATE '{on.isoformat()}'
               AND NOT ({_bad_dob(settings)}) AS dob_good
      FROM joined),
    clean AS (
      SELECT row_number() OVER () AS rid, source, source_id,
             hash(first, middle, last, suffix, name_quality, ssn, dob, dob_quality, sex, phone, zip, cin, alias,
                  household) AS mark,
             CASE WHEN NOT no_first THEN word1 END AS first,
             CASE WHEN NOT no_first THEN compact_all END AS first_c, nullif(middle1, '') AS middle,
             CASE WHEN len(more_words) > 0 OR alias1 IS NOT NULL THEN list_distinct(list_filter(
                         list_concat(CASE WHEN no_first THEN [] ELSE more_words END, [middle1, alias1]),
                         lambda w: length(w) > 1))
                  WHEN length(middle1) > 1 THEN [middle1] END AS given,
             CASE WHEN NOT no_last THEN compact END AS last_c, CASE WHEN NOT no_last THEN t1 END AS tok1,
             CASE WHEN NOT no_last THEN t2 END AS tok2,
             coalesce(suffix_in_last, CASE WHEN upper(trim(suffix, ' .')) IN {SUFFIXES}
                      THEN upper(trim(suffix, ' .')) END) AS suffix,
             CASE WHEN dob_good THEN dob END AS dob,
             CASE WHEN ssn_full THEN ssn_text END AS ssn,
             CASE WHEN ssn_full OR (ssn_partial AND right(ssn_text, 4) <> '0000') THEN right(ssn_text, 4)
                  WHEN ssn_hashed AND NOT starts_with(ssn_text, '0000') THEN left(ssn_text, 4) END AS ssn4,
             sex, {phone} AS phone,
             CASE WHEN regexp_full_match(left(zip, 5), '[0-9]{{5}}') THEN left(zip, 5) END AS zip,
             CASE WHEN regexp_full_match(left(cin_text, 9), '[0-9]{{8}}[A-Z]') THEN left(cin_text, 9) END AS cin,
             code_first AS hashed_first, code_last AS hashed_last,
             coalesce(code_first, CASE WHEN NOT no_first THEN sound1 END) AS sound_first,
             coalesce(code_last, CASE WHEN NOT no_last THEN sound2 END) AS sound_last,
             CASE WHEN ssn_hashed THEN lower(substr(ssn_text, 5)) END AS ssn_hash, household, tradition,
             coalesce(tradition = 'Hispanic', false) AS two_surnames
      FROM judged)
    SELECT c.* EXCLUDE (phone), CASE WHEN p.phone IS NULL THEN c.phone END AS phone, n.nick
    FROM clean AS c LEFT JOIN shared_phones AS p ON p.phone = c.phone LEFT JOIN nick_table AS n ON n.name = c.first
    """


def _placeholder(settings: LinkageSettings, field: str, column: str, not_known: str) -> str:
    rows = [row for row in settings.rows("placeholders.csv") if row["field"] == field]
    always = ", ".join(f"'{row['value']}'" for row in rows if row["when"] == "always")
    sometimes = ", ".join(f"'{row['value']}'" for row in rows if row["when"] != "always")
    return f"coalesce({column} IN ({always}) OR ({not_known} AND {column} IN ({sometimes})), false)"


def _bad_ssn(settings: LinkageSettings) -> str:
    listed = ", ".join(
        f"'{row['value']}'" for row in settings.rows("placeholders.csv") if row["field"] == "ssn"
    )
    return (
        f"ssn_text IN ({listed}) OR left(ssn_text, 3) IN ('000', '666') OR ssn_text >= '900000000' "
        "OR substr(ssn_text, 4, 2) = '00' OR right(ssn_text, 4) = '0000' OR ssn_text = repeat(left(ssn_text, 1), 9)"
    )


def _bad_dob(settings: LinkageSettings) -> str:
    tests = [
        f"dob = DATE '{row['value']}'" + ("" if row["when"] == "always" else " AND dob_not_known")
        for row in settings.rows("placeholders.csv")
        if row["field"] == "dob"
    ]
    return " OR ".join(f"({one})" for one in tests)


def _key_columns(settings: LinkageSettings, rules: list[BlockingRule]) -> str:
    columns = []
    for parts in sorted({rule.left for rule in rules} | {rule.right for rule in rules}):
        texts = [settings.part(part) for part in parts]
        known = " AND ".join(f"({text}) IS NOT NULL" for text in texts)
        # 32 bits: the few keys that meet by chance only add pairs that scoring then rejects.
        number = f"(hash({', '.join(texts)}) >> 32)::UINTEGER"
        columns.append(f"CASE WHEN {known} THEN {number} END AS {'__'.join(parts)}")
    return ", ".join(columns)


def _frequency_sql(records: str) -> str:
    parts = []
    for name, column in (("first", "first"), ("last_c", "last_c"), ("zip", "zip"), ("zip3", "left(zip, 3)")):
        parts.append(
            f"SELECT '{name}' AS column_name, {column} AS value, count(*) / sum(count(*)) OVER () AS share "
            f"FROM {records} WHERE {column} IS NOT NULL GROUP BY {column}"
        )
    parts.append(
        f"""SELECT 'token', value, count(*) / (SELECT count(tok1) FROM {records})
        FROM (SELECT tok1 AS value FROM {records} UNION ALL SELECT tok2 FROM {records}) WHERE value IS NOT NULL
        GROUP BY value"""
    )
    return " UNION ALL ".join(parts)
