-- What is to be said on channels that nobody waits at, sealed, in the order in
-- which it was put. Of what was dealt with the id stays for a while.
create table outbox_head (
    id   bigint not null primary key check (id = 1),
    head bigint not null check (head >= 0)
);
insert into outbox_head (id, head) values (1, 0);

create table outbox (
    channel text   not null,
    id      text   not null,
    n       bigint not null,
    lane    text   not null, -- a MAC of the conversation: its parcels keep their order
    wrapped bytea  not null, -- the parcel's key, sealed under the installation's
    sealed  bytea  not null,
    due     bigint not null,
    tries   bigint not null,
    state   text   not null, -- waiting, sent, lost
    why     text   not null, -- of what was given up
    done_at bigint not null,
    primary key (channel, id)
);
create index outbox_waiting on outbox (channel, lane, n) where state = 'waiting';
create index outbox_done on outbox (done_at) where state <> 'waiting';

-- One-time links: by the digest of a token, sealed under the token itself.
create table slips (
    digest bytea  not null primary key,
    sealed bytea  not null,
    until  bigint not null
);
create index slips_until on slips (until);
