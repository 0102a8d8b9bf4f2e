"""What stands in the PDF of a form."""

SIGNATURES, SCORES = "Signatures", "Scores"
FINGERPRINT = "Fingerprint"
FINGERPRINT_HELP = (
    "This code is worked out from the answers that were signed (SHA-256 of their canonical JSON). The practice can "
    "confirm it: portal forms verify <this file>."
)
NO_ANSWER = "No answer"
ABOUT = "For {client} · Version {number} · Signed and sent on {when}"
ABOUT_SIGNING = "For {client} · Version {number} · Not signed by everybody yet"
FOOTER = "{title} · {practice}"
TYPED = "Typed: {name}"
AS = "As {capacity}"
ON = "On {when}"
DRAWN = "Also signed by hand on the screen"
COUNTERSIGNED = "Countersignature"
FILE = "File: {name}"


def mark(assignment_id: str, number: int, sha256: str) -> str:
    """Return what the file carries, so that it can be checked later."""
    return f"portico:{assignment_id}:{number}:{sha256}"
