"""Scenarios in, a trained model and its report out."""
