-- What an address was before it was changed, sealed: whoever reads it is told of the change.
create table former_emails (
  user_id uuid not null,
  change_id uuid not null,
  email text not null,
  changed_at timestamptz not null,
  primary key (user_id, change_id)
);
create index former_emails_changed on former_emails (changed_at);
