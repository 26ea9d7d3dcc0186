"""Deliveries received: a file arrives, is read and checked, and somebody of its sender accepts or rejects it."""
