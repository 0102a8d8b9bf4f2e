"""The PDF of a form that was signed: tagged for screen readers, and the same bytes each time it is made."""
