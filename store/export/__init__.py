"""The list of participants in the formats that others take."""
