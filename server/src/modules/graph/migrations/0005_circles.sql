-- Named audiences of a member. Which posts and stories are for one, those say themselves.
create table circles (
  owner_id uuid not null,
  circle_id uuid not null,
  name text not null,
  primary key (owner_id, circle_id)
);

create table circle_members (
  circle_id uuid not null,
  member_id uuid not null,
  owner_id uuid not null,
  entry_id uuid not null,
  primary key (circle_id, member_id)
);
create index circle_members_by_entry on circle_members (circle_id, entry_id);

-- The same by who is in them: what decides what a member sees.
create table circle_memberships (
  member_id uuid not null,
  circle_id uuid not null,
  owner_id uuid not null,
  primary key (member_id, circle_id)
);
