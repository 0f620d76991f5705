"""Programs that read print, behind two protocols: tesseract twice, RapidOCR."""
