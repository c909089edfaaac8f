-- Officers and how they get in: hashes, and the sealed key of the authenticator.
create table officers (
    id            text   not null primary key,
    name          text   not null,
    units         text   not null, -- codes, with a space between two
    interests     text   not null,
    roles         text   not null,
    state         text   not null,
    added_at      bigint not null,
    passphrase    text   not null, -- argon2id; '' before the first sign-in
    key           bytea,           -- sealed
    step          bigint not null, -- of the last one-time code that was used
    recovery      text   not null, -- SHA-256 of the codes that are left, in hex
    invitation    bytea,           -- SHA-256
    invited_until bigint not null,
    epoch         bigint not null,
    version       bigint not null
);
create unique index officers_invitation on officers (invitation);

create table desk_sessions (
    hash     bytea  not null primary key, -- SHA-256 of the token
    officer  text   not null,
    epoch    bigint not null,
    device   text   not null,
    place    text   not null,
    began_at bigint not null,
    seen_at  bigint not null,
    ended_at bigint not null
);
create index desk_sessions_officer on desk_sessions (officer, began_at);
