-- Keys that something was sealed with, so that none is taken away, or exchanged for another, while something still is.
create table vault_keys (
  version integer primary key,
  -- Tells a key from another; nothing of the key follows from it.
  fingerprint text not null
);
