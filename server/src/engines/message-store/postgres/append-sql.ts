/**
 * Writes messages and answers those that were new, each with its `place` (from 1). A conversation's head says the last moment given out, in
 * parts of 1/4096 of a millisecond; it is locked from here to the commit, so who comes later gets later ids and is seen later. A place that
 * is given to a message which turns out to be there already stays empty. The commit does not wait for the disk: the database's log is in
 * order, so what is committed after it, like the fact that the message was sent, cannot outlive it.
 */
export const appendSql = `
  with wanted as (
    select w.* from set_config('synchronous_commit', 'off', true), unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[])
      with ordinality w (conversation_id, at, tail, sender_id, client_message_id, content, marks, place)
  ),
  fresh as (
    select *, row_number() over (partition by conversation_id order by place) as nth,
      count(*) over (partition by conversation_id) as many
    from wanted w where client_message_id is null or not exists (
      select from messages m where m.conversation_id = w.conversation_id and m.sender_id is not distinct from w.sender_id
        and m.client_message_id = w.client_message_id)
  ),
  heads as (
    insert into message_heads as head (conversation_id, last_tick)
    select conversation_id, max(at) * 4096 + max(many) - 1 from fresh group by conversation_id order by conversation_id
    on conflict (conversation_id) do update
      set last_tick = greatest(head.last_tick + (excluded.last_tick & 4095) + 1, excluded.last_tick)
    returning conversation_id, last_tick
  ),
  placed as (
    select fresh.*, last_tick - many + nth as tick from fresh join heads using (conversation_id)
  ),
  written as (
    insert into messages (conversation_id, message_id, sender_id, client_message_id, content, marks)
    select conversation_id,
      (lpad(to_hex(tick >> 12), 12, '0') || '7' || lpad(to_hex(tick & 4095), 3, '0') || tail)::uuid,
      sender_id, client_message_id, content::jsonb, marks::jsonb
    from placed order by conversation_id, tick
    on conflict (conversation_id, sender_id, client_message_id) where client_message_id is not null do nothing
    returning conversation_id, message_id, sender_id, client_message_id, content, marks, version
  )
  select written.*, placed.place from written join placed on placed.conversation_id = written.conversation_id
    and right(replace(written.message_id::text, '-', ''), 16) = placed.tail`
