"""The tests: conversations first, then the rooms one by one."""
