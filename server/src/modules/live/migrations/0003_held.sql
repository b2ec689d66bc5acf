-- Its host holds back what its writer does: besides the two of them, only moderators of the live see it.
alter table live_comments add column held boolean not null default false;
