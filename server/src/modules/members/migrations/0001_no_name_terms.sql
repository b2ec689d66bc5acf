-- Members are found by the search index.
drop table name_terms;
