-- Put among requests by a restriction; it comes back when that ends.
alter table conversation_members add column set_aside boolean not null default false;
