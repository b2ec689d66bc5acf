-- Its author says that it is sensitive, whatever moderators say.
alter table posts add column sensitive_by_author boolean not null default false;
