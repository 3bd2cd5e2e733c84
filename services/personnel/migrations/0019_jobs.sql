-- Jobs, as in allocation: the import of a whole roster, asked for and looked up by id. Operational: no fact stands here,
-- nothing here is replayed. What a roster holds lies in `asked` sealed, and is taken out when the job ends.
create schema jobs;

create table jobs.jobs (
    id          text collate "C" primary key,
    kind        text not null,
    asked       jsonb not null,            -- the content of the request
    actor       jsonb not null,            -- who asked
    digest      bytea not null,            -- of what was asked: the same id for something else is refused
    occurred_on date not null,
    correlation text not null,
    state       text not null default 'queued'
                check (state in ('queued', 'working', 'done', 'refused', 'failed')),
    stage       text not null default '',
    done        bigint not null default 0,
    of          bigint not null default 0,
    attempts    int not null default 0,
    result      jsonb,
    problem     jsonb,
    asked_at    bigint not null,           -- microseconds since 1970 UTC
    started_at  bigint,
    ended_at    bigint,
    asker       text collate "C" not null -- role, organ, areas and units: its open jobs are counted, its turn found by it
);

create index on jobs.jobs (asked_at) where state in ('queued', 'working');
create index on jobs.jobs (asker, started_at);
create index on jobs.jobs (ended_at) where state in ('done', 'refused', 'failed');

grant usage on schema jobs to {auditor};
grant select on jobs.jobs to {auditor};
grant usage on schema jobs to {app};
grant select, insert, update, delete on jobs.jobs to {app};
