-- Posts and comments have a journal each, of one shape with those of the other counts (see engines/db/counters.ts).
alter table counter_changes rename to post_counter_changes;
alter table post_counter_changes rename column user_id to actor_id;
alter table comment_counters rename column comments_count to replies_count;

create table comment_counter_changes (
  post_id uuid not null,
  comment_id uuid not null,
  actor_id uuid not null,
  change_id uuid not null,
  likes integer not null,
  replies integer not null,
  primary key (post_id, comment_id, actor_id, change_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
with moved as (
  delete from post_counter_changes where comment_id is not null
  returning post_id, comment_id, actor_id, change_id, likes, comments
)
insert into comment_counter_changes (post_id, comment_id, actor_id, change_id, likes, replies) select * from moved;
alter table post_counter_changes drop column comment_id;
