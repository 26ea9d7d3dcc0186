"""X12: every health-care transaction this field meets, read in streams, checked, answered and kept whole."""
