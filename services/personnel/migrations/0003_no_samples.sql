-- The server samples the columns of every table for its planner and keeps the samples in its own catalogue, where a key that
-- was destroyed would live on. Nothing is sampled of wrapped keys; what was sampled before goes with the column's old type.
alter table vault.keys alter column wrapped type bytea;
alter table vault.keys alter column wrapped set statistics 0;
