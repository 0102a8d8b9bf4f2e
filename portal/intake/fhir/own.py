"""Extensions of our own, for what FHIR R4 has no word for. They are kept on export, and harmless elsewhere."""

CRISIS = "urn:portico:alert-above"
"""On a question with points: an answer worth more than `valueDecimal` is told to the practice at once."""
SIGNATURES = "urn:portico:signatures"
"""On a form: {client, contact: who is asked to sign; rule: any | all; countersign: a therapist signs below them}."""
