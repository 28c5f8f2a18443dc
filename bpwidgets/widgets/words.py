"""What every widget says when something is in the way."""

NOTICES = {
    # The page says these by itself, since nobody else can.
    "gone": "This widget has no kernel any more: run its cell again. What you see does not move.",
    "cut": "The line to the kernel is cut: what you see may be old. It goes on when the line is back.",
    "silent": "The kernel does not answer: what you see may be old.",
    "busy": "The kernel is busy: this goes on when the running cell has ended.",
    "wide": "The diagram is wider than its place: scroll it sideways to see the rest.",
    # These come with what a part shows.
    "failed": "This view could not be shown:",
    "refused": "The page asked for something that is not allowed:",
}
UNMOVED = "Run this cell to move it."
GO_ON = "Run this cell to go on."
BEGIN = "Run this cell to begin."
AFRESH = "Run this cell to begin afresh: what was done was not kept."
ELSEWHERE = "To go on elsewhere"
NOT_WRITTEN = "What you do is not in the notebook any more: run this cell again before you save."
IN_WORDS = "In words"
