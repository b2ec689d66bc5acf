-- Addresses that are always let in, and such as are not answered.
create table address_rules (
  rule_id uuid primary key,
  list text not null check (list in ('allow', 'deny')),
  range text not null,
  note text not null,
  -- Null: they have left.
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  unique (list, range)
);

create table security_settings (
  id smallint primary key check (id = 1),
  only_listed boolean not null default false
);
insert into security_settings (id) values (1);
