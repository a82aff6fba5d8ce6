-- Lets one thing happen in the shop, as one transaction; returns nothing of interest. No parameters.
select demo.live_event()
