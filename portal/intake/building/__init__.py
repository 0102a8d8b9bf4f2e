"""Building forms: the FHIR Questionnaire is the truth, and each edit is a small pure step on it."""
