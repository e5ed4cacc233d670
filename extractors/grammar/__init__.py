"""Written times, numbers and durations: tokens → lexemes → what they mean. Knows no document."""
