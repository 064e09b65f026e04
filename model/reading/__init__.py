"""Notes in, cues and roles of times out: what is read before it is judged."""
