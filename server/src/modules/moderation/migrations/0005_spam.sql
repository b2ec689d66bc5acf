-- From which score on (0 to 100) a text of a stranger is held, or comes before moderators too; null: never.
alter table moderation_settings
  add column spam_hold integer default 80 check (spam_hold between 50 and 100),
  add column spam_queue integer default 90 check (spam_queue between 50 and 100);

-- What a text was held for. `reasons`: what spoke for it, as moderators are told; `features`: what was counted, to learn from.
create table spam_scores (
  kind text not null,
  subject_id uuid not null,
  member_id uuid not null,
  score integer not null,
  version integer not null,
  reasons jsonb not null,
  features jsonb not null,
  primary key (kind, subject_id)
);
create index spam_scores_member on spam_scores (member_id);

-- Weights as they were learned, newest last; version 0 ships with the program.
create table spam_models (
  version integer primary key,
  model jsonb not null,
  examples integer not null,
  trained_at timestamptz not null
);
