"""Files that people attach: checked, sealed, kept, and handed out through the door of what they belong to."""
