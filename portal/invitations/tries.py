"""How often strangers may ask to join."""

from limits import RateLimitItemPerHour

JOIN_BY_ADDRESS = RateLimitItemPerHour(10, 1, "join-address")
JOIN_BY_PRACTICE = RateLimitItemPerHour(300, 1, "join-practice")
# Beyond this the answer stays the same and nothing is kept: nobody's mailbox is filled through us.
JOIN_BY_EMAIL = RateLimitItemPerHour(3, 24, "join-email")
