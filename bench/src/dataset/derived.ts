import type { Size } from './sizes.ts'

/** A set-based step inside the database, from the tables in the schema `bench` and those filled before. */
export interface Step {
  name: string
  sql: string
}

/** Where the plan lands, by number, and what chance is made of there: hashes of ids, so the same at every run. */
export const staging = `
  drop schema if exists bench cascade;
  create schema bench;
  create unlogged table bench.member (n integer primary key, user_id uuid not null, joined bigint not null,
    is_private boolean not null, is_active boolean not null, is_pulled boolean not null default false);
  create unlogged table bench.post (n integer primary key, post_id uuid not null, author integer not null, at bigint not null);
  create unlogged table bench.edge (a integer not null, b integer not null);
  create unlogged table bench.block (a integer not null, b integer not null);
  create unlogged table bench.mute (a integer not null, b integer not null);
  create function bench.chance(h bigint) returns float8 immutable parallel safe
    return (h & 268435455)::float8 / 268435456;
  create function bench.id_at(ms bigint, h bigint, g bigint) returns uuid immutable parallel safe
    return (lpad(to_hex(ms), 12, '0') || '7' || substr(lpad(to_hex(h), 16, '0'), 1, 3)
      || '8' || substr(lpad(to_hex(h), 16, '0'), 4, 3) || substr(lpad(to_hex(g), 16, '0'), 1, 12))::uuid;
  -- How much a post is liked: mean 1, power law.
  create function bench.fame(post uuid) returns float8 immutable parallel safe
    return least(60, 0.3 * power(bench.chance(uuid_hash_extended(post, 1)) + 0.0001, -0.7));`

/** Every table that is filled here or by rows.ts; their indexes are made once they are full. */
export const filled =
  'users usernames emails user_activity sessions following followers follow_counts blocks blocked_by mutes muted_by posts author_posts author_post_counts tag_posts recent_posts media likes comments comment_posts comment_likes post_counters comment_counters saves interactions celebrities timelines timeline_entries'.split(
    ' ',
  )

const edgePair = (table: string, out: string, into: string, from: string, to: string, now: number) => `
  create temp table pair as
    select a.user_id as f, b.user_id as t, bench.id_at(
      since + (bench.chance(h) * (${now} - since))::bigint, h, uuid_hash_extended(b.user_id, a.n)) as edge_id
    from bench.${table} e join bench.member a on a.n = e.a join bench.member b on b.n = e.b,
      lateral (select greatest(a.joined, b.joined) as since, uuid_hash_extended(a.user_id, b.n) as h) x;
  insert into ${out} (${from}, ${to}, edge_id) select f, t, edge_id from pair order by f, t;
  insert into ${into} (${to}, ${from}, edge_id) select t, f, edge_id from pair order by t, f;
  drop table pair;`

/** Before indexes are made. */
export const changes = (size: Size, now: number): Step[] => [
  {
    name: 'follows',
    sql: `create index on bench.edge (a); create index on bench.edge (b); create index on bench.post (author, n);
      analyze bench.edge; analyze bench.post; analyze bench.member;
      update bench.member m set is_pulled = true
        from (select b, count(*) from bench.edge group by b) c where c.b = m.n and c.count > ${size.celebrityFollowers};
      insert into celebrities (author_id, since) select user_id, to_timestamp(joined / 1000) from bench.member where is_pulled;
      ${edgePair('edge', 'following', 'followers', 'follower_id', 'followee_id', now)}
      insert into follow_counts (user_id, followers_count, following_count)
        select user_id, sum(i), sum(o) from bench.member join (
          select b as n, 1 as i, 0 as o from bench.edge union all select a, 0, 1 from bench.edge) e using (n) group by user_id`,
  },
  {
    name: 'blocks and mutes',
    sql: `${edgePair('block', 'blocks', 'blocked_by', 'blocker_id', 'blocked_id', now)}
      ${edgePair('mute', 'mutes', 'muted_by', 'muter_id', 'muted_id', now)}
      update instance set owner_id = (select user_id from bench.member where n = 0);
      insert into user_activity (user_id, last_active_at)
        select user_id, to_timestamp(${now} / 1000) - case when is_active then interval '1 hour' else interval '60 days' end
        from bench.member`,
  },
  {
    name: 'lists of posts',
    sql: `insert into author_posts (author_id, post_id, published)
        select m.user_id, p.post_id, true from bench.post p join bench.member m on m.n = p.author order by 1, 2;
      insert into author_post_counts (author_id, posts_count) select author_id, count(*) from author_posts group by 1;
      insert into recent_posts (day, post_id, author_id)
        select (to_timestamp(p.at / 1000.0) at time zone 'UTC')::date, p.post_id, m.user_id
        from bench.post p join bench.member m on m.n = p.author order by p.n;
      insert into tag_posts (tag, post_id, author_id)
        select distinct f ->> 'tag', post_id, author_id from posts, jsonb_array_elements(facets) f
        where f ->> 'type' = 'hashtag' order by 1, 2`,
  },
  { name: 'likes', sql: likesSql(size, now) },
  { name: 'comments', sql: commentsSql(size, now) },
  {
    name: 'counters',
    sql: `insert into post_counters (post_id, likes_count, comments_count)
        select post_id, sum(l), sum(c) from (select post_id, count(*) as l, 0 as c from likes group by 1
          union all select post_id, 0, count(*) from comments group by 1) x group by 1;
      insert into comment_counters (post_id, comment_id, likes_count, replies_count)
        select post_id, comment_id, sum(l), sum(r) from (
          select post_id, comment_id, 1 as l, 0 as r from comment_likes
          union all select post_id, parent_comment_id, 0, 1 from comments where parent_comment_id is not null) x group by 1, 2;
      insert into saves (user_id, post_id, save_id)
        select user_id, post_id, like_id from likes where uuid_hash_extended(like_id, 9) % 50 = 0;
      insert into interactions (user_id, author_id, post_id, kind)
        select distinct user_id, author_id, post_id, kind from (
          select user_id, post_id, 1 as kind from likes union all select user_id, post_id, 2 from comments) x
        join posts using (post_id) where user_id <> author_id order by 1, 2`,
  },
]

/** A fifth by followers, so that viewers meet posts they like; the rest by anybody, of public authors. */
const likesSql = (size: Size, now: number): string => `
  create temp table liked as
    select p.post_id, m.user_id, p.at, uuid_hash_extended(p.post_id, m.n) as h
    from (select sum(c)::float8 as pairs from bench.post join (select b, count(*) as c from bench.edge group by b) f on f.b = author) s,
      bench.post p join bench.edge e on e.b = p.author join bench.member m on m.n = e.a
    where bench.chance(uuid_hash_extended(p.post_id, m.n)) < 0.2 * ${size.likes} / s.pairs * bench.fame(p.post_id);
  insert into liked
    with drawn as materialized (
      select p.post_id, p.author, p.at, (p.n * 31 + i * 7919) % ${size.members} as liker
      from bench.post p join bench.member a on a.n = p.author and not a.is_private
      cross join lateral generate_series(1, least(${size.members} * 0.3,
        ${(0.88 * size.likes) / size.posts} * bench.fame(p.post_id) + bench.chance(uuid_hash_extended(p.post_id, 5)))::int) i)
    select d.post_id, m.user_id, d.at, uuid_hash_extended(d.post_id, m.n)
    from drawn d join bench.member m on m.n = d.liker
    where not exists (select from bench.edge e where e.a = d.liker and e.b = d.author);
  insert into likes (post_id, user_id, like_id)
    select post_id, user_id, bench.id_at(at + (power(bench.chance(h), 4) * (${now} - at))::bigint, h, uuid_hash_extended(user_id, h))
    from liked order by post_id, user_id;
  drop table liked`

/** Every fifth is a reply to the one four before it. */
const commentsSql = (size: Size, now: number): string => `
  create temp table said as
    with drawn as materialized (
      select p.post_id, p.at, p.n, i, count(*) over (partition by p.n) as many, (p.n * 17 + i * 6007) % ${size.members} as writer
      from bench.post p join bench.member a on a.n = p.author and not a.is_private
      cross join lateral generate_series(1, least(500, ${(1.1 * size.comments) / size.posts} * bench.fame(p.post_id)
        + bench.chance(uuid_hash_extended(p.post_id, 6)) - 0.5)::int) i)
    select d.*, m.user_id from drawn d join bench.member m on m.n = d.writer;
  create function bench.comment_id(post uuid, at bigint, i bigint, many bigint) returns uuid immutable
    return bench.id_at(at + (${now} - at) * i / (many + 1), uuid_hash_extended(post, 100 + i), uuid_hash_extended(post, -i));
  insert into comments (post_id, comment_id, parent_comment_id, user_id, text, facets)
    select post_id, bench.comment_id(post_id, at, i, many),
      case when i % 5 = 0 then bench.comment_id(post_id, at, i - 4, many) end, user_id,
      (select text from bench.remark where r = (n + i) % (select count(*) from bench.remark)), '[]'
    from said order by n, i;
  insert into comment_posts (comment_id, post_id) select comment_id, post_id from comments;
  insert into comment_likes (post_id, comment_id, user_id)
    select c.post_id, c.comment_id, m.user_id from comments c join bench.member m
      on m.n = abs(uuid_hash_extended(c.comment_id, 3) % ${size.members})
    where uuid_hash_extended(c.comment_id, 4) % 3 = 0;
  drop table said`

/** Active members' timelines as fan-out would have left them: not of the pulled, own posts in, the newest kept. */
export const timelines = (kept: number): Step => ({
  name: 'timelines',
  sql: `insert into timeline_entries (user_id, post_id, author_id)
    select m.user_id, t.post_id, t.author_id from bench.member m cross join lateral (
      select p.post_id, a.user_id as author_id
      from (select e.b as n from bench.edge e where e.a = m.n union all select m.n) w
      join bench.member a on a.n = w.n and (not a.is_pulled or a.n = m.n)
      join bench.post p on p.author = w.n
      order by p.n desc limit ${kept}) t
    where m.is_active order by m.user_id`,
})

/** Once timelines can be looked into. */
export const floors = (kept: number): Step => ({
  name: 'floors',
  sql: `insert into timelines (user_id, last_read_at, floor)
    select m.user_id, now(), (select e.post_id from timeline_entries e where e.user_id = m.user_id
      order by e.post_id desc offset ${kept - 1} limit 1)
    from bench.member m where m.is_active`,
})
