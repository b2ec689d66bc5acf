-- Of a request: it looks like spam. In a folder of its own, and not counted, until its member decides.
alter table conversation_members add column filtered boolean not null default false;
alter table inbox add column filtered boolean not null default false;
