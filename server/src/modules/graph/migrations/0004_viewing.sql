-- What a member wants to come across; who has chosen nothing has no row.
create table viewing_choices (
  user_id uuid primary key,
  sensitive text not null check (sensitive in ('more', 'standard', 'less')),
  muted_words text[] not null
);
