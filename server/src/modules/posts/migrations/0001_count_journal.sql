-- What is published or deleted is counted through a journal, as everything is (see engines/db/counters.ts).
create table author_post_count_changes (
  author_id uuid not null,
  actor_id uuid not null,
  change_id uuid not null,
  posts integer not null,
  primary key (author_id, actor_id, change_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
