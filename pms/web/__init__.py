"""The plumbing around every page: units of work, sessions, tokens, headers, languages, errors, logs."""
