-- For whom of its audience a story is: those in one of these circles of its author, all where there are none.
alter table stories add column circles uuid[] not null default '{}';
alter table author_stories add column circles uuid[] not null default '{}';
