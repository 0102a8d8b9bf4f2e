"""The client's side of insurance: the part of /billing that shows policies and proposes changes."""
