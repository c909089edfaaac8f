-- The complaint book. What people said, who they are, where they can be reached
-- and whom they named stands only in entries.parts, sealed under the key of its
-- case; everything else is codes, numbers and times (milliseconds UTC, 0: none).
--
-- Every write takes its positions from the head first, so that positions become
-- visible in their order. “integer primary key” is the row itself in SQLite,
-- which saves a page in every commit.
create table book (
    id   bigint not null primary key check (id = 1),
    head bigint not null check (head >= 0)
);
insert into book (id, head) values (1, 0);

-- A case as it stands after its last entry. Lists read no other table.
create table cases (
    id         integer not null primary key, -- the position of its first entry
    last       bigint not null,              -- that of its last one
    version    bigint not null,              -- seq of the last event
    number     bigint not null unique,       -- its digits, made of the MAC
    draft      text   not null unique,       -- what its key is bound to
    mac        bytea  not null,              -- of the receipt, which is not kept
    wrapped    bytea  not null,              -- its key; empty: destroyed
    place      text   not null,              -- unit/lane of who holds it
    state      text   not null,
    rank       bigint not null,              -- rank, at, filed, number: where it stands in a list
    at         bigint not null,
    kind       text   not null,
    class      text   not null,
    accused    text   not null,              -- JSON, codes only
    route      text   not null,              -- JSON, codes only
    handler    text   not null,
    urgent     bigint not null,
    fast       bigint not null,
    supervised bigint not null,
    filed      bigint not null,
    changed    bigint not null,
    due        bigint not null,
    yellow     bigint not null,
    clock      text   not null,
    duty       bigint not null,
    legal      bigint not null
);
-- A new case is in as few indexes as can be: each is a page in every commit. But
-- for the number's they grow at an end, where cases that are written together
-- stand on one page.
create index cases_ended on cases (place, state, at, filed, number, id) where rank = 3;
create index cases_last on cases (place, last);

-- Who else follows a case, with what lists sort by.
create table copies (
    case_id integer not null,
    place   text   not null,
    last    bigint not null,
    state   text   not null,
    rank    bigint not null,
    at      bigint not null,
    filed   bigint not null,
    number  bigint not null,
    primary key (case_id, place)
);
create index copies_open on copies (place, rank, at, filed, number, state, case_id) where rank < 3;
create index copies_ended on copies (place, state, at, filed, number, case_id) where rank = 3;
create index copies_last on copies (place, last);

-- What was appended, for good. A letter's position lies between that of the
-- entry before and that of its own. The first entry of a case has its id as position.
create table entries (
    position integer not null primary key,
    case_id  integer not null,
    letters  text   not null, -- JSON; empty: none
    events   text   not null, -- JSON
    parts    bytea  not null  -- JSON, sealed
);
create index entries_later on entries (case_id, position) where position > case_id;
