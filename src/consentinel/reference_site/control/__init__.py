"""What the harness needs besides the site: the request log, and pages that try a recorder out."""
