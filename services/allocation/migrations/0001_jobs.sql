-- Jobs: long work that was asked for and is looked up by id. Operational: no fact stands here alone, nothing here is
-- replayed, and the table may be emptied of ended jobs at any time. What a job leads to is in the log under its id.
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
    ended_at    bigint
);

create index on jobs.jobs (asked_at) where state in ('queued', 'working');

grant usage on schema jobs to {auditor};
grant select on jobs.jobs to {auditor};
grant usage on schema jobs to {app};
grant select, insert, update, delete on jobs.jobs to {app};
