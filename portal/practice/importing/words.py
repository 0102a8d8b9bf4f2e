"""What staff read when they take in a list of clients."""

TITLE = "Import clients"
LEAD = "Bring in a list of clients from a spreadsheet. It is looked through first: nothing is added before you say so."
BACK = "All clients"
NOT_FOR_YOU = "Only an administrator or the front desk can take in a list of clients. Please ask them."
HOW, HOW_HELP = (
    "How the file should look",
    "Save the list as CSV. Its first line names the columns, and each line below is one client. First and last name "
    "are needed; the rest may be empty or missing. Other columns are left out.",
)
HOW_MORE = (
    "Dates can be written as 2010-05-31, 5/31/2010 or 31.5.2010. Therapists are named as on your team page, or by "
    "their email; several are parted by a semicolon. Commas, semicolons and tabs between columns all work."
)
EXAMPLE_LABEL = "Example of a list of clients"
EXAMPLE = (
    ("First name", "Last name", "Date of birth", "Email", "Phone", "Therapist"),
    ("Robin", "Quill", "2010-05-31", "robin@example.com", "212-555-0142", "Tess Rivera"),
)
IMPORT = {
    "file": "CSV file",
    "fileHelp": "At most 10 MB and 50,000 clients.",
    "check": "Check the file",
    "choose": "Please choose a file first.",
    "sending": "Sending the file…",
    "reading": "Looking through every row…",
    "importing": "Adding the clients. You can stay here, or go on working in another tab.",
    "failed": "The file did not arrive. Please check your connection and try again.",
    "failedImport": ("We did not hear whether the import was done. Press the button again: nobody is added twice."),
    "badTitle": "Rows that need a correction",
    "badHelp": "Lines are counted as in a spreadsheet: the first line of the file is line 1.",
    "line": "Line",
    "column": "Column",
    "says": "The file says",
    "todo": "What to do",
    "wholeRow": "Whole row",
    "nothing": "Nothing",
    "more": "… and {count} more. Correct these first, then check the file again.",
    "alikeTitle": "Rows that look like somebody",
    "alikeHelp": "They are left out, so that nobody is on your list twice.",
    "showAlike": "Show them ({count})",
    "takeAlike": "Add them all the same, as new clients",
    "ignored": "Columns that are not used:",
    "correctFirst": "It is best to correct the file and check it again. You can also leave those rows out for now.",
    "importAll": "Import {count} clients",
    "importGood": "Import the other {count} only",
    "leaveQuestion": "Leave the wrong rows out?",
    "leaveText": "{count} clients are added now. The {bad} rows that need a correction are left out; check them later.",
    "leaveYes": "Import without them",
    "cancel": "Go back",
    "toClients": "To the list of clients",
}
