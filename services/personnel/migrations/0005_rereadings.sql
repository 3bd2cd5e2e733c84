-- Readings of personal data that repeat what an event in the log says already: counted here before anything is shown, until
-- their number is an event itself. ``first`` is the position of the event they repeat, ``key`` what makes them the same.
-- A row lives for as long as one window is open, and so the table stays small however much is read.
create schema rereadings;

create table rereadings.open (
    first   bigint primary key check (first > 0),
    key     bytea not null check (octet_length(key) = 32),
    since   bigint not null,               -- of the event, microseconds since 1970 UTC
    again   bigint not null default 0 check (again >= 0),
    closing boolean not null default false, -- its number is being made an event: it grows no more
    reader  text not null,
    role    text not null,
    purpose text not null
);

create index on rereadings.open (key, first);

grant usage on schema rereadings to {app}, {auditor};
grant select, insert, update, delete on rereadings.open to {app};
grant select on rereadings.open to {auditor};
