-- Posts that wait for their time. `body` is what was asked, but for the files, which are attached to this row until then; whom it mentions
-- and who is in its pictures is decided when it is published. Who goes on from another `version` begins again.
create table scheduled_posts (
  author_id uuid not null,
  scheduled_id uuid not null,
  publish_at timestamptz not null,
  body jsonb not null,
  media_ids uuid[] not null,
  media_state text not null default 'processing' check (media_state in ('processing', 'ready', 'failed')),
  failure_code text,
  version integer not null default 0,
  primary key (author_id, scheduled_id)
);
create index scheduled_posts_by_id on scheduled_posts (scheduled_id);
create index scheduled_posts_due on scheduled_posts (publish_at, scheduled_id)
  where media_state = 'ready' and failure_code is null;
