-- The newest post that writes the name: posts are counted in any order.
alter table search_labels add column named_by uuid;
