-- Whoever had quiet hours before others could see them keeps them to themself until they say otherwise.
update notice_preferences set choices = choices || '{"quiet_shown": false}'
where (choices #>> '{quiet_hours,enabled}')::boolean;
