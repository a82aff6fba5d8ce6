-- How large a part of the transactions, from 0 to 1, is of the actors, by the statistics of the server.
-- $1 text[]: keys; $2 text: the audit schema. One row, one number, null when the statistics do not tell.
select (
    coalesce(
      (select pg_catalog.sum(v.share)
       from unnest(s.most_common_vals::text::text[], s.most_common_freqs) as v (key, share)
       where v.key = any ($1::text[])), 0)
    + (select pg_catalog.count(*) from pg_catalog.unnest($1::text[]) k
       where k <> all (coalesce(s.most_common_vals::text::text[], '{}')))
    * greatest(0, 1 - s.null_frac - coalesce((select pg_catalog.sum(x) from pg_catalog.unnest(s.most_common_freqs) x), 0))
    / case when s.n_distinct > 0
        then greatest(1, s.n_distinct - coalesce(pg_catalog.cardinality(s.most_common_freqs), 0))
        else 10000 end
  )::double precision
from pg_catalog.pg_stats s
where s.schemaname = $2::text and s.tablename = 'transaction' and s.attname = 'actor_id';
