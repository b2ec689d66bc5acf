create table notifications (
  user_id uuid not null,
  notification_id uuid not null,
  type text not null,
  actor_id uuid not null,
  post_id uuid,
  comment_id uuid,
  read boolean not null default false,
  created_at timestamptz not null,
  primary key (user_id, notification_id),
  -- One fact, one notification, however often it is told.
  constraint notifications_fact unique nulls not distinct (user_id, type, actor_id, post_id, comment_id)
);
create index notifications_unread on notifications (user_id, notification_id) where not read;
-- Erasure of a post, a comment or an account; rare.
create index notifications_by_post on notifications (post_id) where post_id is not null;
create index notifications_by_actor on notifications (actor_id);
