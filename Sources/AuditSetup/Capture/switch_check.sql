-- Part of functions that capture, where nothing else is looked at together with it: leaves when capture is switched off.
-- :switched_off as in switched_off.sql.
    if :switched_off
    then
        return null;
    end if;
