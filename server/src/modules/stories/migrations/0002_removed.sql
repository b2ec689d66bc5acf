-- Moderators may take a story from view: then it is its author's alone.
alter table stories drop constraint stories_status_check;
alter table stories add constraint stories_status_check check (status in ('processing', 'published', 'failed', 'removed'));
