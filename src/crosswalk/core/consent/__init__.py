"""May this be shown to these people for this purpose: by a basis of the disclosure table, by a consent, or not."""

from crosswalk.core.consent.decide import Asked, Decision, Signed, decide, said_with

__all__ = ["Asked", "Decision", "Signed", "decide", "said_with"]
