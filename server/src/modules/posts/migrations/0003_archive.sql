-- An archived post is its author's alone; it is listed nowhere but in their archive.
alter table posts drop constraint posts_status_check;
alter table posts add constraint posts_status_check
  check (status in ('processing', 'published', 'failed', 'archived'));
alter table posts add column pinned boolean not null default false;

-- Three at most stand above the others on the profile, last pinned first.
alter table author_posts add column archived boolean not null default false;
alter table author_posts add column pin_id uuid;
create index author_posts_archived on author_posts (author_id, post_id) where archived;
create index author_posts_pinned on author_posts (author_id) where pin_id is not null;
