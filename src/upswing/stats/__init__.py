"""Estimators on plain numbers. Pure; each has its page in the docs, under statistics."""
