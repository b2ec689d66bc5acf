-- `restricted`: its writer is restricted by the post's author, and is not told that it is held. They may like and answer it themself.
alter table held_comments add column restricted boolean not null default false, add column liked boolean not null default false;
