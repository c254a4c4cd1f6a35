"""A small Slack and a small Teams of our own: the other end of the wire, for the demo and the tests."""
