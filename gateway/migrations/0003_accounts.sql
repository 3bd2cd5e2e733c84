-- Who signs in: accounts and sessions. {app} stands for the gateway's application role.
--
-- Invariant: neither a password nor the id of a session stands here, only what they are compared with; the secrets of
-- one-time codes are sealed under a key outside the database. What was done to an account is added to, never changed.

create schema accounts;

create table accounts.accounts (
    name       text collate "C" primary key,
    person     text collate "C" not null unique,   -- as the register of officers knows the holder
    role       text not null,                      -- '' where the register of officers says it
    place      text not null,                      -- the division or unit of a role of the account's own
    since      date not null,
    until      date,
    password   text not null,                      -- argon2id; '' where another issuer says who it is
    initial    bigint not null,                    -- until when a first password holds, microseconds; 0 for none
    secret     bytea not null,                     -- of one-time codes, sealed; empty before it was enrolled
    step       bigint not null,                    -- of the last code that was taken
    locked     boolean not null,
    subject    text collate "C" unique             -- of OpenID Connect
);

create table accounts.sessions (
    id      bytea primary key,                     -- SHA-256 of what the cookie says
    account text collate "C" references accounts.accounts on delete cascade,   -- null for a token's
    stage   text not null,                         -- 'open', or 'enrol' before the second factor is there
    seat    text not null,                         -- which of several posts: <organ>.<post>; '' for the first
    token   jsonb,                                 -- who the token says it is, with its id and end
    begun   bigint not null,
    seen    bigint not null,
    ends    bigint not null
);
create index on accounts.sessions (account);

create table accounts.failures (
    name   text collate "C" primary key,           -- of accounts that are, and of those that are not
    amount integer not null,
    last   bigint not null
);

create table accounts.flows (
    id       bytea primary key,                    -- SHA-256 of what the cookie says
    state    text not null,
    nonce    text not null,
    verifier text not null,
    next     text not null,
    ends     bigint not null
);

create table accounts.acts (
    number  bigint generated always as identity primary key,
    at      bigint not null,
    act     text not null,
    account text not null,
    by      text not null
);

create trigger append_only before update or delete or truncate on accounts.acts
    for each statement execute function feed.refuse_change();
alter table accounts.acts enable always trigger append_only;

revoke all on schema accounts from public;
grant usage on schema accounts to {app};
grant select, insert, update, delete on accounts.sessions, accounts.failures, accounts.flows to {app};
grant select, insert, update on accounts.accounts to {app};
grant select, insert on accounts.acts to {app};
grant usage on schema accounts to {auditor};
grant select on accounts.acts to {auditor};
grant select (name, person, role, place, since, until, locked) on accounts.accounts to {auditor};
