-- Photos of persons: sealed under the person's key, outside the log, which keeps the digest of the sealed file. Without the
-- key a file opens for nobody, so a destroyed key destroys it too. The application writes a file once and reads it.
create schema attachments;

create table attachments.files (
    sha256 text collate "C" primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    person text collate "C" not null,
    sealed text not null,
    made_at timestamptz not null default now()
);
create index on attachments.files (person);

grant usage on schema attachments to {app}, {auditor};
grant select, insert on attachments.files to {app};
grant select (sha256, person) on attachments.files to {auditor};
