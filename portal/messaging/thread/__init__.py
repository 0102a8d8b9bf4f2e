"""/messages/[thread_id]: one conversation, as the client's side sees it."""
