"""The words of the check: for each thing that can be wrong, a sentence a biller understands and how to mend it."""

from __future__ import annotations

#: Code of an envelope finding: what it stops, its code in the answer (TA105, AK905 or IK502), sentence, fix.
ENVELOPE = {
    "not_x12": (
        "interchange",
        "022",
        "This is not an X12 file.",
        "Send the file as the clearinghouse or plan made it.",
    ),
    "torn": (
        "interchange",
        "023",
        "The file ends in the middle of a segment: it was cut.",
        "Send it again; what came before the cut is still read.",
    ),
    "no_interchange_end": (
        "interchange",
        "023",
        "The interchange has no end (IEA): the file was cut or two files were joined wrongly.",
        "Send it again from the source.",
    ),
    "interchange_control": (
        "interchange",
        "001",
        "The interchange's number at its end is not the one at its beginning.",
        "Give ISA13 and IEA02 the same nine digits.",
    ),
    "interchange_number": (
        "interchange",
        "018",
        "The interchange's number is not nine digits.",
        "Write ISA13 with nine digits.",
    ),
    "interchange_count": (
        "interchange",
        "021",
        "The interchange says another number of groups than came.",
        "Count the groups into IEA01.",
    ),
    "interchange_count_of_answers": (
        "nothing",
        "021",
        "The interchange counts groups but holds only acknowledgements.",
        "Write 0 into IEA01.",
    ),
    "duplicate_interchange": (
        "interchange",
        "025",
        "Two interchanges of the same sender have the same number.",
        "Give every interchange a new ISA13; send a file once.",
    ),
    "interchange_end_outside": (
        "interchange",
        "022",
        "An interchange ends that never began.",
        "Send the file whole.",
    ),
    "group_outside": (
        "interchange",
        "022",
        "A group stands outside any interchange.",
        "Put ISA before GS and IEA after GE.",
    ),
    "group_end_outside": ("interchange", "022", "A group ends that never began.", "Put GS before its GE."),
    "set_outside": (
        "interchange",
        "022",
        "A transaction set stands outside any group.",
        "Put GS before ST and GE after SE.",
    ),
    "loose_segments": (
        "interchange",
        "022",
        "Segments stand between the parts of the envelope.",
        "Everything belongs between ST and SE.",
    ),
    "interchange_answer": (
        "nothing",
        "024",
        "An interchange acknowledgement (TA1) is not of the usual form.",
        "Ask the receiver to send it again.",
    ),
    "no_group_end": ("group", "3", "A group has no end (GE).", "Close every GS with a GE."),
    "group_control": (
        "group",
        "4",
        "The group's number at its end is not the one at its beginning.",
        "Give GS06 and GE02 the same number.",
    ),
    "group_count": (
        "group",
        "5",
        "The group says another number of transaction sets than came.",
        "Count the sets into GE01.",
    ),
    "duplicate_group": (
        "group",
        "19",
        "Two groups of one interchange have the same number.",
        "Give each group its own GS06.",
    ),
    "group_kind": (
        "group",
        "1",
        "The group is announced as another kind of transaction than it holds.",
        "Write into GS01 the code that belongs to the transaction.",
    ),
    "old_version": (
        "nothing",
        "",
        "The file is written in version 4010, which the national rules replaced by 5010 in 2012.",
        "Ask the sender for version 005010.",
    ),
    "no_set_end": ("set", "2", "A transaction set has no end (SE).", "Close every ST with an SE."),
    "set_control": (
        "set",
        "3",
        "The set's number at its end is not the one at its beginning.",
        "Give ST02 and SE02 the same number.",
    ),
    "set_count": (
        "set",
        "4",
        "The set says another number of segments than came.",
        "Count the segments from ST to SE into SE01.",
    ),
    "set_count_explained": (
        "nothing",
        "4",
        "The set counts exactly the required segments more that are missing: they were lost on the way.",
        "Send the claims named in the other findings again, whole.",
    ),
    "duplicate_set": (
        "set",
        "23",
        "Two sets of one group have the same number.",
        "Give each set its own ST02.",
    ),
    "no_guide": (
        "nothing",
        "",
        "This kind of transaction is not known here: only its envelope was checked.",
        "",
    ),
    "guide_unknown": (
        "nothing",
        "",
        "The version of the guide is not named: only the envelope was checked.",
        "Write the guide into GS08 (and ST03).",
    ),
    "guide_of_another": (
        "set",
        "I6",
        "The guide that is named is not one for this transaction.",
        "Correct GS08 and ST03.",
    ),
}

#: How the file is written: sentence, fix, what it stops.
ODD = {
    "bom": (
        "The file begins with an invisible mark (UTF-8 BOM).",
        "Save it as plain text without a mark.",
        "nothing",
    ),
    "blank_head": ("White space stands before the first segment.", "Begin the file with ISA.", "nothing"),
    "indented": (
        "Segments are indented.",
        "Let each segment follow the one before, or begin a line.",
        "nothing",
    ),
    "empty_segment": (
        "Two terminators stand together: an empty segment.",
        "Take the second one away.",
        "nothing",
    ),
    "no_last_terminator": (
        "The last segment has no terminator.",
        "End the file with the terminator.",
        "nothing",
    ),
    "no_isa": (
        "The file has no interchange envelope (ISA); its delimiters were guessed.",
        "Ask for the file with ISA and IEA.",
        "interchange",
    ),
    "isa_length": (
        "The ISA segment is not 106 characters long: its fields must be padded with blanks.",
        "Pad ISA02 and ISA04 to 10, ISA06 and ISA08 to 15 characters.",
        "interchange",
    ),
    "wide_characters": (
        "The file is written in a wide character set.",
        "Save it as plain text.",
        "interchange",
    ),
    "endless_segment": ("A segment does not end.", "Check the terminator that ISA declares.", "interchange"),
    "loose_text": ("Text stands between two interchanges.", "Take it away.", "nothing"),
}

#: IK304: sentence ({} is the segment's name) and fix.
SEGMENT = {
    "1": ("{} is not a segment of this transaction.", "Take it away, or check how it is spelled."),
    "2": ("{} may not stand here.", "Put it where the guide wants it, or take it away."),
    "3": ("{} is missing, and is required here.", "Add it."),
    "4": ("The group of segments that begins with {} comes too often.", "Split what it holds over several."),
    "5": ("{} comes too often here.", "Keep as many as the guide allows."),
    "7": ("{} stands in the wrong order.", "Put it before what comes after it in the guide."),
}

#: IK403: sentence and fix.
ELEMENT = {
    "1": ("A required element is empty.", "Fill it in."),
    "3": ("The segment has more elements than it may have.", "Take the last ones away."),
    "4": ("An element is too short.", "Write it in full."),
    "5": ("An element is too long.", "Shorten it."),
    "6": ("An element holds a character that may not stand there.", "Take line ends and other signs away."),
    "7": ("A code is not in the list that the guide allows here.", "Use one of the listed codes."),
    "8": ("A date is no date.", "Write year, month and day in eight digits."),
    "9": ("A time is no time.", "Write hours and minutes in four digits."),
}
