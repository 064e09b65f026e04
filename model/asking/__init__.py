"""What the page asks of an advisor: one question, what-if, presets, reminders, corrections."""
