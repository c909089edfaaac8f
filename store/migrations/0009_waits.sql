-- What a case waits for, of whom: a part at its place or one officer. Most wait
-- for one only, which stands with the case; the others have a row each. An open
-- case that waits for nobody has a post too: what is open at a place stands at
-- the posts there.
alter table cases add column waits text not null default ''; -- JSON; empty: nothing
alter table cases add column post  text not null default ''; -- the first of those for whom it waits
create index cases_post on cases (post, rank, at, filed, number, state, id) where post <> '';

create table posts (
    case_id integer not null,
    post    text   not null,
    rank    bigint not null,
    at      bigint not null,
    filed   bigint not null,
    number  bigint not null,
    primary key (case_id, post)
);
create index posts_post on posts (post, rank, at, filed, number, case_id);
