"""What was judged, for the last line of the report and the exit status."""

verdicts: list[bool] = []


def verdict(met: bool) -> str:
    """Note one judged goal, and say how it ended."""
    verdicts.append(met)
    return "met" if met else "MISSED"
