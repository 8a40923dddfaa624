"""What pages and APIs have in common as both come over HTTP: who is asked and by whom, names, headers, log lines."""
