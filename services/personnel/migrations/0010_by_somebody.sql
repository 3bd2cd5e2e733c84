-- What nobody said counts for nothing: a line without an account neither asks for the end of a key or of a hold, nor
-- approves it. Two lines by nobody were one account, or two, as it came.
create or replace function vault.said(one text, before bigint)
    returns table (place bigint, kind text, account text, data jsonb) language sql stable
    set search_path = log, vault, pg_temp as $$
    select e.position, e.type, vault.account(e.line::jsonb -> 'actor' ->> 'person'), e.line::jsonb -> 'data'
      from log.events e where e.stream = one and e.position < before
       and vault.account(e.line::jsonb -> 'actor' ->> 'person') <> ''
$$;

create or replace function vault.on_lifted() returns trigger
    language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    hold   text := new.line::jsonb -> 'data' ->> 'hold';
    lifter text := vault.account(new.line::jsonb -> 'actor' ->> 'person');
    asked  record;
begin
    select * into asked from vault.said(new.stream, new.position) s
     where s.kind in ('LegalHoldPlaced', 'HoldLiftRequested', 'LegalHoldLifted') and s.data ->> 'hold' = hold
     order by s.place desc limit 1;
    if not found or asked.kind <> 'HoldLiftRequested' or coalesce(lifter, '') in ('', asked.account) then
        raise exception 'no hold of % is lifted: another account has not asked for it', new.stream using errcode = 'PZ004';
    end if;
    return null;
end $$;
