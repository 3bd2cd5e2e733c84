-- Who asked for a job, in one text: role, organ, areas and units. Its open jobs are counted and its turn is found by it.
alter table jobs.jobs add column asker text collate "C" not null default '';

create index on jobs.jobs (asker, started_at);
create index on jobs.jobs (ended_at) where state in ('done', 'refused', 'failed');
