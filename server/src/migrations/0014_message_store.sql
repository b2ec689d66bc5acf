-- What conversations hold: see server/src/engines/message-store/. `message_id` (UUIDv7) is the order of a conversation.
create table messages (
  conversation_id uuid not null,
  message_id uuid not null,
  sender_id uuid,                     -- null: a line of the conversation itself
  client_message_id text,
  content jsonb not null,             -- typed and versioned by modules/messages; nothing here looks into it
  marks jsonb not null,               -- what is decided by without reading the content
  version integer not null default 0, -- raised by each change
  primary key (conversation_id, message_id)
) partition by hash (conversation_id);

do $$
begin
  for part in 0..15 loop
    execute format(
      'create table messages_%s partition of messages for values with (modulus 16, remainder %s)',
      lpad(part::text, 2, '0'), part);
  end loop;
end $$;

-- A message is sent once, however often its sender's device says it.
create unique index messages_sent on messages (conversation_id, sender_id, client_message_id)
  nulls not distinct where client_message_id is not null;

-- The last place given out in a conversation: milliseconds since 1970 times 4096, and a number within the millisecond.
create table message_heads (
  conversation_id uuid primary key,
  last_tick bigint not null
);
