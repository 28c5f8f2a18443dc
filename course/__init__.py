"""The commands of those who write or give the course, `make notebooks`, `make handouts` and
`make assignment`, and what they need."""
