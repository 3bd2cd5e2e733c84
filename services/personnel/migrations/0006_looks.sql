-- How many id numbers were looked up in the register, whether the command was taken or refused: by whom, on which day, and
-- how many of them others hold. No number stands here and nothing that tells one. Invariant: a day's counts only grow.
create schema looks;

create table looks.daily (
    day    date not null,
    person text collate "C" not null,      -- who looked, as in the token
    role   text collate "C" not null,
    organ  text collate "C" not null,
    looked bigint not null check (looked >= 0),
    others bigint not null check (others between 0 and looked),
    primary key (day, person, role, organ)
);

create function looks.only_grow() returns trigger language plpgsql as $$
begin
    if new.looked < old.looked or new.others < old.others then
        raise exception 'looks.daily only grows' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger only_grow before update on looks.daily for each row execute function looks.only_grow();
alter table looks.daily enable always trigger only_grow;

grant usage on schema looks to {app}, {auditor};
grant select, insert, update on looks.daily to {app};
grant select on looks.daily to {auditor};
