"""The demo practice: two organizations and the people in them, dated relative to today. Also the cast of the tests."""
