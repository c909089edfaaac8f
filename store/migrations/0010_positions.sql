-- In a file a case's position follows the last entry and the head is not moved on
-- any more, which saves a page in every commit. A program from before would give
-- the same positions again: that there is this migration keeps it away.
update book set head = head;
