-- How long a piece lasts, so that a replay can be cut into films that are short enough. Those from before had two seconds, about.
alter table live_segments add column seconds real not null default 2;
-- The id that its replay is to have, whoever asks for it and however often.
alter table lives add column replay_name uuid;
