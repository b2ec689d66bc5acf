-- What is told as one: the same done to one thing by many, or to many things by one. A row for each, so that lists are read in pages
-- and the badge is counted without looking at each deed.
create table notification_groups (
  user_id uuid not null,
  group_id uuid not null,
  type text not null,
  -- What it was done to, where that is one thing; who did it, where that is one member.
  place_id uuid,
  actor_id uuid,
  -- The newest deed: where it stands in the list.
  latest_id uuid not null,
  latest_at timestamptz not null,
  read boolean not null default false,
  primary key (user_id, group_id)
);
create index notification_groups_listed on notification_groups (user_id, latest_id);
create index notification_groups_unread on notification_groups (user_id, type) where not read;

alter table notifications add column group_id uuid;
update notifications set group_id = notification_id;
insert into notification_groups (user_id, group_id, type, place_id, actor_id, latest_id, latest_at, read)
  select user_id, notification_id, type, subject_partition, actor_id, notification_id, created_at, read from notifications;
alter table notifications alter column group_id set not null;
drop index notifications_unread;
alter table notifications drop column read;
create index notifications_of_group on notifications (user_id, group_id, notification_id) where withdrawn_at is null;
