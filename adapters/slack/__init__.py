"""Slack, spoken with slack-bolt."""
