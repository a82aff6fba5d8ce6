-- Makes page maps and statistics as they would be after two years. No parameters; stands alone.
vacuum analyze
