-- Hidden as if they did not exist, until they log in again.
alter table users add column hidden_at timestamptz;
-- When the account of a hidden member is deleted, unless they log in before.
alter table users add column leaves_at timestamptz;
create index users_leaving on users (leaves_at) where leaves_at is not null;
