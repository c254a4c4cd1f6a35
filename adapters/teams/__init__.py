"""Microsoft Teams, spoken with botbuilder-core."""
