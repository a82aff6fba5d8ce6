-- Lets the session be told of what is written to a trail, by the trigger that init --notify installs.
-- No parameters, no rows.
listen audit_tui;
