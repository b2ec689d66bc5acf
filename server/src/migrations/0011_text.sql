-- Which cut of texts a row was written with: 1 is this version's. Rows from before are brought in line by schedules
-- (`users.text`, `posts.text`, `engagement.text`) while everything serves.
alter table users add column text_version smallint not null default 0;
alter table users alter column text_version set default 1;
create index users_text_due on users (user_id) where text_version < 1;

alter table posts add column text_version smallint not null default 0;
alter table posts alter column text_version set default 1;
create index posts_text_due on posts (post_id) where text_version < 1;

alter table comments add column text_version smallint not null default 0;
alter table comments alter column text_version set default 1;
create index comments_text_due on comments (post_id, comment_id) where text_version < 1;

-- Hashtags that the author's own comments add to a post.
alter table posts add column comment_tags text[] not null default '{}';
create index comments_tagged on comments (post_id, user_id, comment_id) where facets @> '[{"type":"hashtag"}]';

-- What was taken back stays as a row that nobody is shown, so that doing it again does not tell it again.
alter table notifications add column withdrawn_at timestamptz;
drop index notifications_unread;
create index notifications_unread on notifications (user_id, notification_id) where not read and withdrawn_at is null;
