"""Coded pictures before and while they are decoded: mended, checked, listened to."""
