-- Conversations between their events. What was said is sealed under the key of
-- its draft; a conversation is named by a MAC, so that nobody is named here.
create table talks (
    conv       text   not null primary key,
    revision   bigint not null,
    draft      text   not null,
    wrapped    bytea  not null, -- the draft's key, sealed under the installation's
    sealed     bytea  not null,
    seen       text   not null, -- JSON: the ids of the last events
    expires_at bigint not null
);
create index talks_expire on talks (expires_at);
