-- Leases: who does what only one of several programs shall do, and until when.
create table leases (
    name   text   not null primary key,
    holder text   not null,
    until  bigint not null
);
