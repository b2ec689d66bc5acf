-- Roles are given by the owner, and by admins that of moderator.
alter table users drop constraint users_role_check;
alter table users add constraint users_role_check check (role in ('member', 'moderator', 'admin', 'owner'));
create index users_staff on users (user_id) where role <> 'member';

-- A member is hidden for one of two reasons: they went away themselves, or moderators suspended them. Whoever reads asks `hidden_at`
-- alone, so that there is one question and no second one to forget.
alter table users rename column hidden_at to away_at;
alter table users add column suspended_at timestamptz;
-- When the suspension ends by itself; null: when it is lifted.
alter table users add column suspended_until timestamptz;
alter table users add column hidden_at timestamptz generated always as (coalesce(suspended_at, away_at)) stored;
-- Only those who follow them see what they do.
alter table users add column is_silenced boolean not null default false;
create index users_restrained on users (user_id) where is_silenced or suspended_at is not null;
