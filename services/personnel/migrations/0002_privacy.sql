-- What may become of a data key. Invariants: a key is destroyed when the log says its subject was erased, in the very
-- transaction that says so, and in no other way; a subject whose key was destroyed never gets another one; a key is
-- never stored under a master key that is retired. The application still writes a key once and reads it, nothing else;
-- the security role rewraps keys and retires master keys, and can neither make nor destroy a key.

alter table vault.keys add column master text collate "C" not null default '';

-- The generations of master keys that ever wrapped a key here, by id.
create table vault.masters (
    master     text collate "C" primary key,
    first_used timestamptz not null default now(),
    retired_at timestamptz
);
insert into vault.masters (master) select distinct master from vault.keys;

-- Every subject whose key was destroyed, for ever.
create table vault.destroyed (
    subject text collate "C" primary key,
    at      timestamptz not null default now()
);

create function vault.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'vault.% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'integrity_constraint_violation';
end $$;
create trigger append_only before update or delete or truncate on vault.destroyed
    for each statement execute function vault.refuse_change();
alter table vault.destroyed enable always trigger append_only;

-- Refuses new keys of destroyed subjects (PZ001) and under retired master keys (PZ002). Locking the row of the master
-- key makes ``retire`` wait for keys that are on their way in, and those that come later see it retired.
create function vault.admit() returns trigger language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    used text[] := array(select distinct i.master from inserted i);
begin
    if exists (select 1 from inserted i join vault.destroyed d using (subject)) then
        raise exception 'the key of a subject was destroyed' using errcode = 'PZ001';
    end if;
    insert into vault.masters (master) select unnest(used) on conflict do nothing;
    perform 1 from vault.masters m where m.master = any(used) order by m.master for share;
    if exists (select 1 from vault.masters m where m.master = any(used) and m.retired_at is not null) then
        raise exception 'a master key is retired' using errcode = 'PZ002';
    end if;
    return null;
end $$;
create trigger admit after insert on vault.keys referencing new table as inserted
    for each statement execute function vault.admit();
alter table vault.keys enable always trigger admit;

-- Writes the keys that stay into a new file, so that the old one with what was deleted or rewrapped is removed.
create function vault.keep(except_subject text) returns void
    language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    kept vault.keys[];
begin
    lock table vault.keys in access exclusive mode;
    kept := array(select k from vault.keys k where except_subject is null or k.subject <> except_subject);
    truncate vault.keys;
    insert into vault.keys select k.* from unnest(kept) k;
end $$;

create function vault.compact() returns void
    language sql security definer set search_path = vault, pg_temp as 'select vault.keep(null)';

-- Destroys the key of a subject, again and again with the same effect.
create function vault.destroy(one text) returns void
    language plpgsql security definer set search_path = vault, pg_temp as $$
begin
    lock table vault.keys in access exclusive mode;
    insert into vault.destroyed (subject) values (one) on conflict do nothing;
    if exists (select 1 from vault.keys k where k.subject = one) then
        perform vault.keep(one);
    end if;
end $$;

create function vault.on_erased() returns trigger
    language plpgsql security definer set search_path = vault, pg_temp as $$
begin
    perform vault.destroy(substr(new.stream, length('privacy/') + 1));
    return null;
end $$;
create trigger destroy_key after insert on log.events
    for each row when (new.type = 'PersonErased') execute function vault.on_erased();
alter table log.events enable always trigger destroy_key;

-- Destroys every key whose subject the log says was erased: for a table of keys that came back from a backup.
create function vault.destroy_erased() returns bigint
    language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    left_over text[] := array(
        select k.subject from vault.keys k
         where exists (select 1 from log.events e where e.stream = 'privacy/' || k.subject and e.type = 'PersonErased'));
    one text;
begin
    foreach one in array left_over loop
        perform vault.destroy(one);
    end loop;
    return cardinality(left_over);
end $$;

-- Replaces wrapped keys that still are what the caller read; gives their number.
create function vault.rewrap(subjects text[], was bytea[], becomes bytea[], under text) returns bigint
    language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    changed bigint;
begin
    insert into vault.masters (master) values (under) on conflict do nothing;
    perform 1 from vault.masters m where m.master = under and m.retired_at is null for share;
    if not found then
        raise exception 'a master key is retired' using errcode = 'PZ002';
    end if;
    update vault.keys k set wrapped = n.becomes, master = under
      from unnest(subjects, was, becomes) as n (subject, was, becomes)
     where k.subject = n.subject and k.wrapped = n.was;
    get diagnostics changed = row_count;
    return changed;
end $$;

-- Marks a master key as retired. Refused (PZ003) while it wraps a key.
create function vault.retire(one text) returns void
    language plpgsql security definer set search_path = vault, pg_temp as $$
begin
    insert into vault.masters (master) values (one) on conflict do nothing;
    update vault.masters set retired_at = now() where master = one and retired_at is null;
    if exists (select 1 from vault.keys k where k.master = one) then
        raise exception 'a master key still wraps keys' using errcode = 'PZ003';
    end if;
end $$;

revoke all on all functions in schema vault from public;
grant select on vault.masters, vault.destroyed to {app};
grant execute on function vault.destroy_erased() to {app};
grant usage on schema vault to {security};
grant select on vault.keys, vault.masters, vault.destroyed to {security};
grant execute on function vault.rewrap(text[], bytea[], bytea[], text), vault.retire(text), vault.compact() to {security};
