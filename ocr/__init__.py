"""Attachment bytes in, pages of words with boxes and confidences out."""
