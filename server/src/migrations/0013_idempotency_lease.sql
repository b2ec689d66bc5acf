-- Who holds a key's lease: an attempt that lost it, because it was slow, no longer writes over what the next one did.
alter table idempotency_keys add column lease_id uuid;
