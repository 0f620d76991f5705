"""Programs we start: their limits, their time, what it means that they ended as they did."""
