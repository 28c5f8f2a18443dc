"""The commands of those who write the course: `make notebooks`, `make handouts`, and what both need."""
