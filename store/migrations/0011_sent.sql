-- What a channel calls the messages that were sent, so that they can be taken out
-- of a chat as long as that is remembered.
alter table outbox add column called text not null default '';
create index outbox_called on outbox (channel, lane, n) where called <> '';
