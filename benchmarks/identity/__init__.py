"""How well and how fast records become customers, beside other tools; figures in README.md here."""
