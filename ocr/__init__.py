"""Attachment bytes in, pages of words with boxes and confidences out."""

from ocr import threads as threads  # before anybody loads numpy or OpenCV
