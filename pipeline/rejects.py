"""Why a file gave no document."""

from __future__ import annotations

from lexicons.errors import UserError

UNREADABLE_FONTS = "its fonts do not say which letters they show; print it to PDF again, or run with --ocr"
"""The message of code `unreadable_text`."""


class Reject(Exception):
    """A file that gives no document: the stage that gave up, a stable code, and a message that says what to do."""

    def __init__(self, stage: str, code: str, message: str) -> None:
        super().__init__(message)
        self.stage, self.code, self.message = stage, code, message

    def __reduce__(self) -> tuple[type[Reject], tuple[str, str, str]]:
        return Reject, (self.stage, self.code, self.message)


def broken(error: BaseException, suffix: str) -> Reject:
    """For a file of a format that what opens it gives up on."""
    return Reject("read", f"broken_{suffix.lstrip('.')}", f"cannot be opened ({error}); save it again as {suffix}")


class OcrMissing(UserError):
    """Text recognition is asked for and not installed; the message says how to install it."""
