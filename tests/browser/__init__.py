"""The playground's page, driven in a headless Chromium as a newcomer would."""
