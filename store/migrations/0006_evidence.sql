-- Evidence: the files of a draft or case, sealed in chunks under its key. A
-- file is arriving until kept_at is set; only then is it known what it is.
create table evidence (
    id       text   not null primary key,
    draft    text   not null,
    begun_at bigint not null,
    kept_at  bigint not null, -- 0: arriving
    kind     text   not null,
    size     bigint not null,
    sha256   text   not null, -- of the original, in hex
    clean    bigint not null  -- 1: there is a clean copy
);
create index evidence_draft on evidence (draft);

-- A row that whoever keeps a file of a draft holds meanwhile, one at a time.
create table evidence_drafts (
    draft text   not null primary key,
    turns bigint not null
);

create table evidence_chunks (
    file   text   not null references evidence (id) on delete cascade,
    copy   text   not null,
    n      bigint not null,
    last   bigint not null, -- 1: the copy ends with it
    sealed bytea  not null,
    primary key (file, copy, n)
);
