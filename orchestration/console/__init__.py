"""What a person sees in the terminal: `make run`, `make ui`, `make sql`.

Belongs here: starting runs and telling how they went. Does not belong here: steps.
"""
