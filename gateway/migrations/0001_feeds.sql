-- The feeds of cities. {app} stands for the gateway's application role.
--
-- Invariant: positions and each city's sequence start at 1 and have no gap, because both heads are locked first thing in
-- the transaction that adds items; an item, once there, is never changed. How far each service's log was taken in stands
-- in log.inbox, in the same transaction.

create schema feed;

create table feed.head (
    only_row boolean primary key default true check (only_row),
    position bigint not null
) with (fillfactor = 10);
insert into feed.head values (true, 0);

create table feed.cities (
    city     text collate "C" primary key,
    sequence bigint not null               -- of the city's last item
) with (fillfactor = 50);

create table feed.items (
    position        bigint primary key check (position > 0),
    city            text collate "C" not null,
    sequence        bigint not null check (sequence > 0),
    key             text collate "C" not null,   -- routing key: <city>.<service>.<Type>.v<schema>
    body            text not null,               -- CloudEvents 1.0, structured JSON
    source          text collate "C" not null,
    source_position bigint not null,
    unique (city, sequence),
    unique (city, source, source_position)
);

create function feed.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'feed.% is append-only: % refused', tg_table_name, lower(tg_op)
        using errcode = 'integrity_constraint_violation';
end $$;

create trigger append_only before update or delete or truncate on feed.items
    for each statement execute function feed.refuse_change();
alter table feed.items enable always trigger append_only;

revoke all on schema feed from public;
grant usage on schema feed to {app};
grant select on all tables in schema feed to {app};
grant update on feed.head to {app};
grant insert, update on feed.cities to {app};
grant insert on feed.items to {app};
