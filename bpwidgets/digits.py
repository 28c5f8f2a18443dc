"""A number in one line of text, as the notes print it: nine decimals."""


def nine(value: float) -> str:
    """Nine decimals; a power of ten where these would be zeros only, though the number is not 0."""
    text = f"{value:.9f}"
    return text if value == 0 or float(text) != 0 else f"{value:.6e}"
