"""The rules, as questions: each `may_…` returns every step it looked at."""
