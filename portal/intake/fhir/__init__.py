"""FHIR R4 Questionnaire in, QuestionnaireResponse out. Pure: knows no database, no clock, no Reflex."""
