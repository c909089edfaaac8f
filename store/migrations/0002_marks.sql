-- Marks: small things that a program notes for its next start.
create table marks (
    name  text not null primary key,
    value text not null
);
