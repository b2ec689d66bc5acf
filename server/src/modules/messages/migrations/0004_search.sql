-- The words of messages, by conversation: what a search asks instead of reading a conversation through. Made of the message store.
create table message_words (
  conversation_id uuid not null,
  word text collate "C" not null,
  message_id uuid not null,
  primary key (conversation_id, word, message_id)
);

-- The same by message, to take them out again. `version`: of the message that they were made of.
create table indexed_messages (
  conversation_id uuid not null,
  message_id uuid not null,
  version integer not null,
  words text[] collate "C" not null,
  primary key (conversation_id, message_id)
);

-- Conversations whose messages are all there; others are read through until they are.
create table indexed_conversations (
  conversation_id uuid primary key
);
