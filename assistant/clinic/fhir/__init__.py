"""A case in FHIR R4B, and the questions as an adaptive form: plain dictionaries in FHIR's shape, checked before they leave."""
