-- Moderators may take a post from view: then it is its author's alone, as an archived one. `removed_from` is what it was before.
alter table posts drop constraint posts_status_check;
alter table posts add constraint posts_status_check
  check (status in ('processing', 'published', 'failed', 'archived', 'removed'));
alter table posts add column removed_from text;
alter table posts add column sensitive boolean not null default false;
