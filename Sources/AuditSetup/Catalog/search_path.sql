-- The schemas in which the session looks for bare names, in that order, as an array; one row, no parameters.
-- Runs before the search path is pinned, so that it trusts no name it can do without.
select pg_catalog.current_schemas(false)::pg_catalog.text as search_path
