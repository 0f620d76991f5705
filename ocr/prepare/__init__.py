"""From stored pixels to the page image that is read, each step a pure function on an image.

What each step is worth was measured in character errors; see ``benchmarks``.
"""

import cv2

cv2.setNumThreads(1)  # OpenCV has a pool of its own, see ``ocr.threads``
