-- What the owner tells all members. The id (UUIDv7) is when.
create table announcements (
  announcement_id uuid primary key,
  text text not null check (char_length(text) between 1 and 1000)
);
