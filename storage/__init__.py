"""The record: SQL on SQLite or PostgreSQL through one code path."""
