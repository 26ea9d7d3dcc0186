"""What can be wrong with one value or row of a plan's file: code, sentence, and how to mend it.

Severity `error` rejects the row, because nothing could be attached to it; `warning` keeps the row, with the value
repaired where its meaning is certain and unknown where it is not. Sentences never repeat the value.
"""

from __future__ import annotations

from typing import NamedTuple


class Remark(NamedTuple):
    """A kind of problem. `{column}` stands for the column's header in the file."""

    code: str
    sentence: str
    fix: str


_RESAVE = "Set the column to text in the spreadsheet, or export the file again from the source system."

REMARKS: dict[str, Remark] = {
    remark.code: remark
    for remark in (
        Remark("value.missing", "{column} is empty.", "Fill it at the source; until then it counts as unknown."),
        Remark("key.missing", "{column} is empty, and without it the row belongs to nobody.", "Fill it at the source."),
        Remark("cin.from_bic", "{column} holds a 14-character card number; its first 9 characters are used as the "
               "CIN [unverified].", "Send the 9-character CIN."),
        Remark("cin.letter_o", "{column} has the letter O where a digit must stand; it is read as 0.",
               "Correct it at the source."),
        Remark("cin.number", "{column} was turned into a number by a spreadsheet: its letter or leading zeros are "
               "lost.", _RESAVE),
        Remark("cin.medicare_number", "{column} holds an 11-character Medicare number, not a CIN.",
               "Send the Medi-Cal Client Index Number: 8 digits and a letter."),
        Remark("cin.shape", "{column} is not a CIN (8 digits and a letter).", "Correct it at the source."),
        Remark("ssn.shape", "{column} is neither 9 digits nor the last four; it is kept as unknown.",
               "Write 9 digits, or xxxxx and the last four."),
        Remark("npi.shape", "{column} is not a 10-digit National Provider Identifier; it is kept as unknown.",
               "Write 10 digits."),
        Remark("county.unknown", "{column} is neither a California county nor its 2-digit code; it is kept as "
               "unknown.", "Write the name or the code, 01 Alameda to 58 Yuba."),
        Remark("month.unreadable", "{column} is not a month; it is kept as unknown.", "Write YYYY-MM."),
        Remark("value.unlisted", "{column} holds a word that its list does not have; it is kept as unknown.",
               "Use a word of the list, or translate the plan's word in the layout."),
        Remark("date.unreadable", "{column} is not a date that can be read with certainty; it is kept as unknown.",
               "Write YYYY-MM-DD, or name the plan's format in the layout."),
        Remark("key.unreadable", "{column} is not a date that can be read with certainty, and the row cannot stand "
               "without it.", "Write YYYY-MM-DD, or name the plan's format in the layout."),
        Remark("period.unreadable_end", "{column} is not a date that can be read with certainty, and read as empty it "
               "would say “still open”.", "Write YYYY-MM-DD, or name the plan's format in the layout."),
        Remark("date.us_format", "{column} is written month/day/year, which this layout does not name; it is read so.",
               "Write YYYY-MM-DD, or name the format in the layout."),
        Remark("date.with_time", "{column} carries a time of day; the day is used.", "Send the day alone."),
        Remark("date.excel_number", "{column} is a spreadsheet's day number; it is read as that day.", _RESAVE),
        Remark("date.two_digit_year", "{column} has a two-digit year whose century is certain; it is read so.",
               "Write four-digit years."),
        Remark("date.future_birth", "{column} lies in the future; it is kept as unknown.", "Correct it at the source."),
        Remark("date.future", "{column} lies in the future, and this kind of event cannot lie ahead; the row is kept "
               "and counts from that day on.", "Correct the day, if it is wrong, and send the row again."),
        Remark("period.backwards", "{column} lies before the first day.", "Correct one of the two days."),
        Remark("kind.unknown", "{column} is a kind of event that Crosswalk does not know; the row is kept and nothing "
               "counts it.", "Use a kind of policy/codes/event_kinds.csv, or translate it in the layout."),
        Remark("code.unlisted", "{column} is not a code of this kind of event; the row is kept and nothing counts it.",
               "Use a code of policy/codes/event_codes.csv, or translate it in the layout."),
        Remark("code.missing", "{column} is empty, and this kind of event says nothing without it; the row is kept "
               "and nothing counts it.", "Fill it at the source."),
        Remark("code.no_dot", "{column} is an ICD-10 code without its dot; the dot is put after the third character.",
               "Send the code with its dot."),
        Remark("code.icd10_shape", "{column} is not shaped like an ICD-10-CM code; the row is kept and nothing counts "
               "it.", "Correct it at the source."),
        Remark("value.unlisted_for_kind", "{column} holds a word that this kind of event does not have; the row is "
               "kept and the value counts as unknown.", "Use a value of policy/codes/event_kinds.csv."),
        Remark("value.missing_answer", "{column} is empty, so the attestation answers nothing; the row is kept.",
               "Write the answer, yes or no."),
    )
}  # fmt: skip
