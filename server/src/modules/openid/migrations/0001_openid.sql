-- Whose account a log-in elsewhere is. An address says nothing here: the provider's name for somebody alone does.
create table openid_identities (
  issuer text collate "C" not null,
  subject text collate "C" not null,
  user_id uuid not null,
  primary key (issuer, subject)
);

-- The same by member: one of each provider.
create table openid_members (
  user_id uuid not null,
  issuer text collate "C" not null,
  subject text collate "C" not null,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (user_id, issuer)
);

-- Log-ins that came back, until they would have run out anyway: each is good once.
create table openid_answers (
  state text collate "C" primary key,
  expires_at timestamptz not null
);
create index openid_answers_expired on openid_answers (expires_at);
