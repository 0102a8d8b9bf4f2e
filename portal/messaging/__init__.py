"""Messages between a client's side and assigned, subscribed therapists; nobody reads a conversation they are not in."""
