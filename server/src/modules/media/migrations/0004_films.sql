-- What is made of a film or a recording beside its still: files, length, whether it is heard. Null of pictures.
alter table media add column made jsonb;
-- Of which kind the files of a set are: which names it can have follows from that, so that all of them can be removed.
alter table rendition_sets add column kind text not null default 'photo';
alter table rendition_sets alter column kind drop default;
