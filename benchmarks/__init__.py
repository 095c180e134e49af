"""Measurements of speed and identity quality; nothing the pipeline itself needs."""
