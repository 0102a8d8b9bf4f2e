"""Insurance: payers, policies in order, and changes that the client's side proposes and staff decide on."""
