-- Plays the schedule through whatever triggers are installed. No parameters; commits, so it stands alone.
call demo.play()
