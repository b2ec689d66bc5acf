-- What removed pictures look like, so that they are known when they come again. Who posted them does not stand here.
create table known_pictures (
  act_id uuid not null,
  media_id uuid not null,
  hash text not null,
  primary key (act_id, media_id)
);

-- What was recognised: a thing whose picture looks like one that an act removed. `bits`: of 256, so many are different.
create table recognised_pictures (
  kind text not null,
  subject_id uuid not null,
  act_id uuid not null,
  bits integer not null,
  primary key (kind, subject_id, act_id)
);

-- A report that nobody made.
alter table moderation_reports add column automatic boolean not null default false;
create unique index moderation_reports_automatic on moderation_reports (kind, subject_id) where is_open and automatic;

alter table moderation_settings
  add column known_pictures text not null default 'report' check (known_pictures in ('off', 'report', 'refuse'));
