-- Where messages lie: see server/src/engines/message-store/moving/. No row: in this database, where they have always been.
create table message_places (
  community boolean primary key default true check (community),
  lies_in text not null check (lies_in in ('postgres', 'cassandra')),
  moving_to text check (moving_to in ('postgres', 'cassandra') and moving_to <> lies_in)
);

-- While they are moved: conversations that lie where they are moved to.
create table moved_conversations (
  conversation_id uuid primary key
);
