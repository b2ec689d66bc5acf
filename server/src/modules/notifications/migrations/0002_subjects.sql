-- What a notification is about, whatever kind of thing that is: a comment, a post, a story, else the member themself.
alter table notifications
  add column subject_kind text,
  add column subject_id uuid,
  add column subject_partition uuid;
update notifications set
  subject_kind = case when comment_id is not null then 'comment' when post_id is not null then 'post'
                      when story_id is not null then 'story' else 'member' end,
  subject_id = coalesce(comment_id, post_id, story_id, user_id),
  subject_partition = coalesce(post_id, story_id, user_id);
alter table notifications
  alter column subject_kind set not null,
  alter column subject_id set not null,
  alter column subject_partition set not null,
  drop constraint notifications_fact,
  drop column post_id,
  drop column comment_id,
  drop column story_id,
  -- One fact, one notification, however often it is told.
  add constraint notifications_fact unique (user_id, type, actor_id, subject_kind, subject_id);
-- What ends takes along what was told of it, and of what stands under it; rare.
create index notifications_by_subject on notifications (subject_partition);
