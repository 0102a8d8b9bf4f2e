"""What staff do with a form that was sent: read, comment, return, countersign, complete, revoke, remind."""
