-- Waits until the next thing happens. No parameters.
select demo.live_pause()
