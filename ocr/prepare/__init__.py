"""From stored pixels to the page image that is read, each step a pure function on an image.

What each step is worth was measured in character errors; see ``benchmarks``.
"""

from ocr import threads  # sets the limit before OpenCV starts its pool

# isort: split
import cv2

assert threads.ONE_THREAD  # noqa: S101 - keeps the import above in its place
cv2.setNumThreads(1)
