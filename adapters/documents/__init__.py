"""The record on paper: JSON, CSV and PDF of what one reader may see, and where it is fetched."""
