-- What a program takes a picture for (scoring/model.ts). `model`: which; another one scores anew. `at_ms`: of a film, the frame that decided.
create table media_scores (
  media_id uuid primary key,
  model text not null,
  score integer not null check (score between 0 and 100),
  shares jsonb not null,
  at_ms integer
);
