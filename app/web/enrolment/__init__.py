"""enrolment pages."""
