-- What was reported: one row for each thing. A report that comes after a decision opens it again.
create table moderation_cases (
  kind text not null,
  subject_id uuid not null,
  partition uuid not null,
  member_id uuid not null,
  state text not null check (state in ('open', 'closed')),
  assignee_id uuid,
  excerpt text not null,
  -- The newest report (UUIDv7): says when, and orders the queue.
  last_report_id uuid not null,
  primary key (kind, subject_id)
);
create index moderation_cases_queue on moderation_cases (state, last_report_id);
create index moderation_cases_member on moderation_cases (member_id, last_report_id);

-- `copy`: what the reporter of a message handed over. A reporter who has left is null.
create table moderation_reports (
  kind text not null,
  subject_id uuid not null,
  report_id uuid not null,
  reporter_id uuid,
  reason text not null,
  note text not null,
  copy jsonb not null,
  is_open boolean not null,
  created_at timestamptz not null,
  primary key (kind, subject_id, report_id)
);
-- Of one member about one thing one is open; that decides two at once.
create unique index moderation_reports_open on moderation_reports (kind, subject_id, reporter_id) where is_open;
create index moderation_reports_by on moderation_reports (reporter_id);
create index moderation_reports_at on moderation_reports (created_at);

-- What moderators did with a member, or with a thing of theirs.
create table moderation_acts (
  act_id uuid primary key,
  member_id uuid not null,
  act text not null check (act in ('remove', 'mark_sensitive', 'warn', 'silence', 'suspend')),
  rule text not null,
  message text not null,
  note text not null,
  kind text not null,
  subject_id uuid not null,
  partition uuid not null,
  excerpt text not null,
  -- Null: they have left.
  moderator_id uuid,
  created_at timestamptz not null,
  ends_at timestamptz,
  lifted_at timestamptz,
  lifted_why text check (lifted_why in ('appeal', 'expired', 'moderator')),
  -- When what was removed was deleted for good.
  purged_at timestamptz
);
create index moderation_acts_member on moderation_acts (member_id, act_id);
create index moderation_acts_subject on moderation_acts (kind, subject_id, act_id);
create index moderation_acts_ending on moderation_acts (ends_at) where lifted_at is null and ends_at is not null;
create index moderation_acts_kept on moderation_acts (created_at) where act = 'remove' and lifted_at is null and purged_at is null;
-- The same is done once as long as it stands; that decides two moderators at once.
create unique index moderation_acts_on_subject on moderation_acts (kind, subject_id, act)
  where lifted_at is null and act in ('remove', 'mark_sensitive');
create unique index moderation_acts_on_member on moderation_acts (member_id, act)
  where lifted_at is null and act in ('silence', 'suspend');

-- One for each act.
create table moderation_appeals (
  act_id uuid primary key,
  member_id uuid not null,
  text text not null,
  state text not null check (state in ('open', 'granted', 'refused')),
  answer text not null default '',
  decided_by uuid,
  created_at timestamptz not null,
  decided_at timestamptz
);
create index moderation_appeals_state on moderation_appeals (state, act_id);
create index moderation_appeals_member on moderation_appeals (member_id);

create table moderation_settings (
  id smallint primary key check (id = 1),
  strike_days integer not null default 180,
  silence_from integer not null default 3,
  suspend_from integer not null default 5,
  retention_days integer not null default 180,
  templates jsonb not null default '[]'
);
insert into moderation_settings (id) values (1);

-- Everything that was done, for good: who, what, when and why, by ids and words of the house alone, so that it can stay when a person's
-- data go. Each entry holds the hash of the one before it (see audit.ts).
create table moderation_audit (
  seq bigint primary key,
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  member_id uuid,
  kind text,
  subject_id text,
  why text not null,
  details jsonb not null,
  previous bytea not null,
  hash bytea not null
);
create function moderation_audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only ever added to';
end $$;
create trigger moderation_audit_stays before update or delete on moderation_audit
  for each row execute function moderation_audit_stays();
create trigger moderation_audit_stays_whole before truncate on moderation_audit
  for each statement execute function moderation_audit_stays();
