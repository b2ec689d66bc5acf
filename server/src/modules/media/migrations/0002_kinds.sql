-- What kind of file it is: what is known of one when it is announced. So far all are photographs.
alter table uploads add column kind text not null default 'photo';
alter table uploads alter column kind drop default;
alter table media add column kind text not null default 'photo';
alter table media alter column kind drop default;
