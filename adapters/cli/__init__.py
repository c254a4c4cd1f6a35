"""The command line: an adapter like any other."""
