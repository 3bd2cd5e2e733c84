-- A key is destroyed on the word of the log, so the log is asked for the whole of it: the request and the approval of two
-- accounts, the file that was handed over since, and that nothing has to be kept. The same for the end of a legal hold.
-- Whoever may write into the log and not more can therefore destroy no key by one line; what is missing refuses the line
-- (PZ004), and with it the transaction. The service decides all of this before (services/personnel/privacy).

-- The id of who acts, as two are compared (kernel.text.account).
create function vault.account(person text) returns text language sql immutable strict
    set search_path = pg_catalog, pg_temp as $$
    select regexp_replace(lower(normalize(person, NFKC)), '\s', '', 'g')
$$;

-- The lines of a person's stream of privacy before a position, with who acted by the envelope.
create function vault.said(one text, before bigint)
    returns table (place bigint, kind text, account text, data jsonb) language sql stable
    set search_path = log, vault, pg_temp as $$
    select e.position, e.type, vault.account(e.line::jsonb -> 'actor' ->> 'person'), e.line::jsonb -> 'data'
      from log.events e where e.stream = one and e.position < before
$$;

-- What is missing before the key of a stream's person may be destroyed by the line given; null where nothing is.
create function vault.missing(one text, at bigint, line jsonb) returns text language plpgsql stable
    set search_path = log, vault, pg_temp as $$
declare
    asked    record;
    approved record;
    given    record;
begin
    if line -> 'data' ->> 'person' is distinct from substr(one, length('privacy/') + 1) or one not like 'privacy/%' then
        return 'the line is about another person';
    end if;
    select * into asked from vault.said(one, at) s where s.kind = 'ErasureRequested' order by s.place desc limit 1;
    if not found or asked.account is distinct from vault.account(asked.data ->> 'requester')
       or asked.account is distinct from vault.account(line -> 'actor' ->> 'person') then
        return 'nobody asked for it, or who destroys did not';
    end if;
    select * into approved from vault.said(one, at) s
     where s.kind = 'ErasureApproved' and s.place > asked.place order by s.place desc limit 1;
    if not found or approved.account is distinct from vault.account(approved.data ->> 'approver') or approved.account = asked.account then
        return 'another account has not approved it';
    end if;
    select * into given from vault.said(one, at) s
     where s.kind = 'PersonalDataExported' and s.place > approved.place order by s.place desc limit 1;
    if not found or given.account is distinct from asked.account or coalesce(given.data ->> 'export', '') = ''
       or given.data ->> 'export' is distinct from line -> 'data' ->> 'export' then
        return 'the file named was not handed over';
    end if;
    if exists (select 1 from vault.said(one, at) held
                where held.kind = 'LegalHoldPlaced'
                  and not exists (select 1 from vault.said(one, at) lifted
                                   where lifted.kind = 'LegalHoldLifted' and lifted.place > held.place
                                     and lifted.data ->> 'hold' = held.data ->> 'hold')) then
        return 'the data must be kept by law';
    end if;
    return null;
end $$;

create or replace function vault.on_erased() returns trigger
    language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    why text := vault.missing(new.stream, new.position, new.line::jsonb);
begin
    if why is not null then
        raise exception 'no key is destroyed by %: %', new.stream, why using errcode = 'PZ004';
    end if;
    perform vault.destroy(substr(new.stream, length('privacy/') + 1));
    return null;
end $$;

-- One account lays a hold, and two end it.
create function vault.on_lifted() returns trigger
    language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    hold  text := new.line::jsonb -> 'data' ->> 'hold';
    asked record;
begin
    select * into asked from vault.said(new.stream, new.position) s
     where s.kind in ('LegalHoldPlaced', 'HoldLiftRequested', 'LegalHoldLifted') and s.data ->> 'hold' = hold
     order by s.place desc limit 1;
    if not found or asked.kind <> 'HoldLiftRequested'
       or asked.account is not distinct from vault.account(new.line::jsonb -> 'actor' ->> 'person') then
        raise exception 'no hold of % is lifted: another account has not asked for it', new.stream using errcode = 'PZ004';
    end if;
    return null;
end $$;
create trigger two_lift_a_hold after insert on log.events
    for each row when (new.type = 'LegalHoldLifted') execute function vault.on_lifted();
alter table log.events enable always trigger two_lift_a_hold;

revoke all on all functions in schema vault from public;
