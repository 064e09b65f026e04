"""Time expressions: a grammar reads them; what they count from is settled by who asks."""

from model.times.find import back_from, days_back, express, find_readings, find_times

__all__ = ["back_from", "days_back", "express", "find_readings", "find_times"]
