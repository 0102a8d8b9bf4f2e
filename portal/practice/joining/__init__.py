"""People who ask to join: staff decide who each of them is."""
