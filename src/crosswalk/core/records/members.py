"""A member: one row for a person and a stretch of coverage by a plan, as the plan's file states it."""

from __future__ import annotations

from crosswalk.core.records.columns import Column

#: In the order of design/files.md (members.csv, layout `canonical`).
MEMBER_COLUMNS: tuple[Column, ...] = (
    Column("plan", "text", "Short name of the plan", required=True, key=True),
    Column("cin", "cin", "Medi-Cal Client Index Number, 8 digits and a letter", required=True, key=True),
    Column("member_id", "text", "The plan's own number of the member"),
    Column("last_name", "text", "Last name or names as the plan has them", required=True),
    Column("first_name", "text", "First name as the plan has it", required=True),
    Column("middle_name", "text", "Middle name as the plan has it"),
    Column("suffix", "text", "Jr, Sr, III"),
    Column("preferred_name", "text", "The name the person uses"),
    Column("dob", "date", "Birth date", required=True),
    Column("sex", "choice", "Sex on file; never decisive for who is who", choices=("F", "M", "X")),
    Column("ssn", "ssn", "Social Security number, 9 digits, or xxxxx1234 when only the last four are known"),
    Column("language", "text", "Preferred language, in the plan's words or codes"),
    Column("race_ethnicity", "text", "Race and ethnicity, in the plan's words or codes"),
    Column("address", "text", "Street address; may be a county office for a person without a home"),
    Column("city", "text", "City"),
    Column("state", "text", "State"),
    Column("zip", "text", "ZIP code"),
    Column("county", "county", "County of residence: 2-digit California code or name; kept as the code"),
    Column("phone", "text", "Phone number as the plan has it"),
    Column("email", "text", "E-mail address"),
    Column("coverage_from", "date", "First covered day", required=True, key=True),
    Column(
        "coverage_until",
        "date_last",
        "Last covered day, inclusive; empty: open. Kept as coverage_end, the first day not covered",
        kept_as="coverage_end",
    ),
    Column("aid_code", "text", "Medi-Cal aid code"),
    Column("share_of_cost", "choice", "Share of cost", choices=("none", "ltc", "other")),
    Column(
        "medicare",
        "choice",
        "Medicare beside Medi-Cal, by the kind of Medicare plan",
        choices=("none", "ffs", "ma", "fide", "dsnp_eae", "dsnp_other"),
    ),
    Column("renewal_month", "month", "Month in which Medi-Cal must be renewed, YYYY-MM"),
    Column(
        "homeless_indicator",
        "choice",
        "The plan's own homelessness flag; unknown is kept as empty",
        choices=("yes", "no", "unknown"),
    ),
    Column("pcp_name", "text", "Primary care provider"),
    Column("pcp_npi", "npi", "National Provider Identifier of the primary care provider"),
    Column("guardian_name", "text", "Parent or guardian"),
    Column("guardian_phone", "text", "Phone of the parent or guardian"),
)

#: What must agree when two rows claim to be the same member; where they differ, the value is unknown.
IDENTITY_COLUMNS = ("last_name", "first_name", "middle_name", "suffix", "dob", "sex", "ssn")

#: current/members.parquet, in order: name and SQL type. Sorted by plan, cin, coverage_from.
CURRENT_MEMBERS: tuple[tuple[str, str], ...] = (
    *((column.column, column.sql_type) for column in MEMBER_COLUMNS),
    ("source", "VARCHAR"),
    ("in_newest", "BOOLEAN"),
    ("delivery", "VARCHAR"),
    ("file", "VARCHAR"),
    ("row", "INTEGER"),
    ("extra", "VARCHAR"),
)
