-- The shelf: every edition for good, and the number of the newest.
create table shelf (
    id   bigint not null primary key check (id = 1),
    head bigint not null check (head >= 0)
);
insert into shelf (id, head) values (1, 0);

create table editions (
    number       bigint not null primary key,
    origin       text   not null,
    published_at bigint not null,
    published_by text   not null,
    approved_by  text   not null,
    note         text   not null,
    digest       text   not null, -- SHA-256 of changes, in hex
    changes      bytea  not null  -- the canonical bytes
);
