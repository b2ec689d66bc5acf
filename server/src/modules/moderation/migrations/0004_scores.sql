-- Done by itself, as the community has set. `hold`: from view until a moderator has looked.
alter table moderation_acts
  add column automatic boolean not null default false,
  drop constraint moderation_acts_act_check,
  add constraint moderation_acts_act_check
    check (act in ('remove', 'mark_sensitive', 'warn', 'silence', 'suspend', 'hold'));
drop index moderation_acts_on_subject;
create unique index moderation_acts_on_subject on moderation_acts (kind, subject_id, act)
  where lifted_at is null and act in ('remove', 'mark_sensitive', 'hold');

-- What followed of a picture's score, once: what moderators have decided since is not done again.
create table judged_pictures (
  kind text not null,
  subject_id uuid not null,
  media_id uuid not null,
  step text not null check (step in ('mark', 'queue', 'hold')),
  member_id uuid not null,
  score integer not null,
  primary key (kind, subject_id, media_id, step)
);
create index judged_pictures_member on judged_pictures (member_id);

-- From which score on (0 to 100); null: never.
alter table moderation_settings
  add column score_mark integer default 95 check (score_mark between 50 and 100),
  add column score_queue integer default 98 check (score_queue between 50 and 100),
  add column score_hold integer check (score_hold between 50 and 100);
