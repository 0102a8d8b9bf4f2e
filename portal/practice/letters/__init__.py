"""The messages for invitations that the practice keeps."""
