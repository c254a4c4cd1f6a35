"""Takes an example file in, line by line: all or nothing."""
