-- Conversations and who is in them; what is said lies in the message store (`messages`). Ids are UUIDv7: when a conversation began.
create table conversations (
  conversation_id uuid primary key,
  kind text not null check (kind in ('direct', 'group')),
  name text,
  picture_id uuid,                    -- media of the kind `conversation`
  invite_code text
);

-- The one conversation of two members: the lower id first.
create table direct_conversations (
  low_id uuid not null,
  high_id uuid not null,
  conversation_id uuid not null,
  primary key (low_id, high_id)
);
create index direct_conversations_high on direct_conversations (high_id);

-- Who is in a conversation. The row goes when they leave.
create table conversation_members (
  conversation_id uuid not null,
  user_id uuid not null,
  role text not null check (role in ('admin', 'member')),
  status text not null check (status in ('accepted', 'request', 'declined')),
  muted boolean not null default false,
  since uuid not null,                -- UUIDv7: when they came; the longest there becomes admin when the last one leaves
  visible_above uuid,                 -- what was said up to here is not theirs to see
  read_up_to uuid,
  delivered_up_to uuid,
  primary key (conversation_id, user_id)
);

-- The same by member: lists, badges, and where a member has ever been (status `left`), for their messages to be found.
create table inbox (
  user_id uuid not null,
  conversation_id uuid not null,
  status text not null check (status in ('accepted', 'request', 'declined', 'left')),
  muted boolean not null default false,
  pinned boolean not null default false,
  active_id uuid,                     -- the newest message; null: not in a list
  seen_up_to uuid,                    -- what was said up to here does not count as unread
  primary key (user_id, conversation_id)
);
create index inbox_active on inbox (user_id, status, pinned, active_id) where active_id is not null;

-- The way from a code to its conversation.
create table conversation_invites (
  code text primary key,
  conversation_id uuid not null
);

create table message_settings (
  user_id uuid primary key,
  presence boolean not null,
  read_receipts boolean not null,
  accept_from text not null check (accept_from in ('everyone', 'following'))
);

-- When members were last here, to half a minute. Need not survive a crash.
create unlogged table member_presence (
  user_id uuid primary key,
  active_at timestamptz not null
);

-- Messages that end by themselves, and from when on their content is to be deleted. Who sees them until then says the clock.
create table passing_messages (
  conversation_id uuid not null,
  message_id uuid not null,
  due_at timestamptz not null,
  primary key (conversation_id, message_id)
);
create index passing_messages_due on passing_messages (due_at);
