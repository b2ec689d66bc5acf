-- Where the log is carried by another engine, a group reads a copy of it: the copy that it reads (a new one has a new id), and
-- the number in it of the event that comes next. The position in the log itself is what counts: a copy that is lost is made again from it.
alter table event_cursors add column copy_id uuid, add column copy_offset bigint;
