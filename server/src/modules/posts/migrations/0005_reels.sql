-- What makes a post of one video a reel: {"shares_sound": boolean, "sound_id": the reel whose sound it uses, or null}.
alter table posts add column reel jsonb;
