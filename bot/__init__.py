"""Parley's core: what partners agree, with no platform, database or clock of its own."""
