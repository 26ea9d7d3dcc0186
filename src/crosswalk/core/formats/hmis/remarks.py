"""What each finding in an HMIS export says and how it is mended; no sentence repeats a person's data."""

from __future__ import annotations

#: code: (severity, sentence, fix). `{…}` are filled with names of columns, tables and lists only.
REMARKS: dict[str, tuple[str, str, str]] = {
    "key_missing": (
        "error",
        "The row has no {column}, so nothing can be joined to it.",
        "Fill {column} at the source and export again.",
    ),
    "missing": ("warning", "{column} is empty although it must be filled.", "Fill it at the source."),
    "not_a_number": (
        "warning",
        "The value is not a whole number; it was left out.",
        "Correct {column} at the source.",
    ),
    "not_money": (
        "warning",
        "The value is not an amount; it was left out.",
        "Correct {column} at the source.",
    ),
    "odd_number": (
        "warning",
        "The number is written with decimals or signs; it was read as the whole number it means.",
        "Ask the vendor to export whole numbers.",
    ),
    "negative": ("warning", "The amount is below zero.", "Correct {column} at the source."),
    "null_word": ("warning", "The word NULL stands for an empty field.", "Ask the vendor to leave it empty."),
    "not_a_date": (
        "warning",
        "The value is not a date; it was left out.",
        "Correct {column} at the source; dates are written YYYY-MM-DD.",
    ),
    "odd_date": (
        "warning",
        "The date is not written YYYY-MM-DD; its meaning is certain and was kept.",
        "Do not open and save the export in Excel; dates are written YYYY-MM-DD.",
    ),
    "two_digit_year": (
        "warning",
        "The year has two digits; only one century is possible and was taken.",
        "Do not open and save the export in Excel; dates are written YYYY-MM-DD.",
    ),
    "which_century": (
        "warning",
        "The year has two digits and two centuries are possible; the date was left out.",
        "Export again with four-digit years.",
    ),
    "two_readings": (
        "warning",
        "Day and month of the date can be read both ways; the date was left out.",
        "Export again with dates written YYYY-MM-DD.",
    ),
    "year_out_of_range": (
        "warning",
        "The year of the date cannot be right; the date was left out.",
        "Correct {column} at the source.",
    ),
    "time_in_date": ("warning", "The date carries a time, which was left out.", "Nothing needs to be done."),
    "too_long": (
        "warning",
        "The text is longer than the {width} characters allowed; it was kept whole.",
        "Shorten {column} at the source.",
    ),
    "pattern": ("warning", "The value does not have the form that {column} must have.", "Correct it."),
    "brackets": (
        "warning",
        "The text contains one of [ ] {{ }} < >, which HMIS CSV does not permit; it was kept.",
        "Remove the brackets at the source.",
    ),
    "not_in_list": (
        "warning",
        "The code is not in list {list} of {version}; it was kept as it is.",
        "Choose a code of the list at the source.",
    ),
    "not_for_this": (
        "warning",
        "The code exists in list {list} but may not be used in {column}.",
        "Choose another code at the source.",
    ),
    "only_if": (
        "warning",
        "{column} is filled although it belongs only to rows where {condition}.",
        "Empty it, or correct the column that it depends on.",
    ),
    "required_if": (
        "warning",
        "{column} is empty although it must be filled where {condition}.",
        "Fill it at the source.",
    ),
    "orphan": (
        "error",
        "{column} names a row that {parent}.csv does not have; the row cannot be attached to anybody.",
        "Export {parent}.csv complete, or remove the row at the source.",
    ),
    "orphan_kept": (
        "warning",
        "{column} names a row that {parent}.csv does not have; what the row says on its own was kept.",
        "Export {parent}.csv complete, or correct {column} at the source.",
    ),
    "other_persons_enrollment": (
        "error",
        "The row names one person, but its enrollment belongs to another; it is not certain whose it is.",
        "Correct PersonalID or EnrollmentID at the source.",
    ),
    "duplicate_row": (
        "warning",
        "The row repeats another one exactly; it was counted once.",
        "Nothing needs to be done.",
    ),
    "duplicate_key": (
        "error",
        "Another row has the same {column} but says something else; the better attached or newer one was kept.",
        "Keep one of the two at the source.",
    ),
    "unknown_user": (
        "warning",
        "{n} rows name a user that User.csv does not have.",
        "Export User.csv complete.",
    ),
    "export_id": (
        "warning",
        "{n} rows carry another ExportID than Export.csv; make sure that the files belong together.",
        "Export all files in one go.",
    ),
    "file_missing": (
        "error",
        "The file is missing from the export; nothing is known of what it would say.",
        "Ask for an export with all 24 files; a file may be empty but for its header row.",
    ),
    "file_empty": (
        "warning",
        "The file is empty; even its header row is missing.",
        "Ask the vendor to write the header row into files without rows.",
    ),
    "file_unknown": (
        "warning",
        "The file is not part of the HMIS CSV format; it was not read.",
        "Nothing needs to be done if it is a local addition.",
    ),
    "folder": (
        "warning",
        "The files lie in a folder inside the ZIP; they were read from there.",
        "Ask the vendor to put the files at the top level.",
    ),
    "column_missing": (
        "error",
        "The column {column} is missing from the file; it was read as empty.",
        "Ask the vendor for an export in {version}.",
    ),
    "column_unknown": (
        "warning",
        "The column is not part of the HMIS CSV format; it was not read.",
        "Nothing needs to be done if it is a local addition.",
    ),
    "column_spelling": (
        "warning",
        "The column is spelled otherwise in the specification ({column}); it was read as that.",
        "Ask the vendor to correct the header.",
    ),
    "column_order": (
        "warning",
        "The columns stand in another order than the specification's; they were read by their names.",
        "Ask the vendor to keep the order of the specification.",
    ),
    "cut_off": (
        "error",
        "The file stops in the middle of this row.",
        "Send the file again; this one is not complete.",
    ),
    "export_rows": (
        "warning",
        "Export.csv has {n} rows; the one that the other files name was used.",
        "Ask the vendor to write exactly one row.",
    ),
    "export_date": (
        "warning",
        "The day of the export can be read two ways; the earlier was taken to order deliveries.",
        "Ask the vendor to write ExportDate as YYYY-MM-DD hh:mm:ss.",
    ),
    "hashed": (
        "warning",
        "Names and Social Security Numbers are hashed; people can be matched only roughly.",
        "Ask for an unhashed export if your agreement permits it.",
    ),
    "not_hashed": (
        "warning",
        "Export.csv says that names are hashed, but they are readable; they were read as they are.",
        "Ask the vendor to correct HashStatus.",
    ),
    "exit_before_entry": (
        "warning",
        "The exit is before the entry.",
        "Correct ExitDate or EntryDate at the source.",
    ),
    "move_in_outside_stay": (
        "warning",
        "The move-in is before the entry or after the exit.",
        "Correct MoveInDate at the source.",
    ),
    "entry_before_birth": (
        "warning",
        "The entry is before the person's birth.",
        "Correct DOB or EntryDate at the source.",
    ),
    "in_future": (
        "warning",
        "{column} lies after the day of the export; nothing counts it before that day.",
        "Correct {column} at the source.",
    ),
    "household_in_two_projects": (
        "warning",
        "The HouseholdID is used in more than one project; households are kept apart by project.",
        "A HouseholdID names one stay of one household in one project.",
    ),
    "household_heads": (
        "warning",
        "The household does not have exactly one head.",
        "Choose one head of household at the source.",
    ),
}


def remark(code: str, **names: object) -> tuple[str, str, str, str]:
    """(code, severity, sentence, fix) of a finding, with the names of columns and tables filled in."""
    severity, sentence, fix = REMARKS[code]
    return code, severity, sentence.format(**names), fix.format(**names)
