-- What is told of stories: a mention in one, a reaction, an answer.
alter table notifications add column story_id uuid;
alter table notifications
  drop constraint notifications_fact,
  add constraint notifications_fact unique nulls not distinct (user_id, type, actor_id, post_id, comment_id, story_id);
-- Erasure of a story.
create index notifications_by_story on notifications (story_id) where story_id is not null;
