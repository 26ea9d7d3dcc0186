"""Medi-Cal coverage by span, as plans' member files tell it: active, ended or unknown on any day."""
