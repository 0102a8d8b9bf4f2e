"""/practice/insurance: what waits for a decision, and the practice's list of payers."""
