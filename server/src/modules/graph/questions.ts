import type { UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { statement } from '../../engines/db/port.ts'

/** Somebody whom members that the viewer follows follow. */
export interface FriendOfFriends {
  user_id: UserId
  /** Through whom: the newest of those the viewer follows, at most `VIA`; and how many they are. */
  via: UserId[]
  count: number
}

/**
 * What is asked of the graph beyond its edges. Each answer is bounded by caps on every step, whatever the graph; a graph engine could
 * answer them with higher ones. Judges nothing.
 */
export interface GraphQuestions {
  /** By how many of those whom the viewer follows follow them; without those whom the viewer follows or has asked to. */
  friendsOfFriends(viewerId: UserId, limit: number): Promise<FriendOfFriends[]>
  /** For each: who of those whom the viewer follows follows them. Absent: nobody. */
  mutuals(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, FriendOfFriends>>
}

/** Named of those through whom somebody is known. */
const VIA = 3
/** Follows of the viewer that are looked at, newest first, and of each of those. */
const FOLLOWED = 60
const THEIRS = 40
/** Follows of the viewer that are looked for among others' followers. */
const LOOKED_FOR = 300

/** From the tables of edges. */
export class PostgresGraphQuestions implements GraphQuestions {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  friendsOfFriends(viewerId: UserId, limit: number): Promise<FriendOfFriends[]> {
    return selectFriendsOfFriends(this.#db.replica, viewerId, limit)
  }

  async mutuals(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, FriendOfFriends>> {
    if (ids.length === 0) return new Map()
    const rows = await selectMutuals(this.#db.replica, viewerId, ids)
    return new Map(rows.map((row) => [row.user_id, row]))
  }
}

const selectFriendsOfFriends = statement<FriendOfFriends>(`
  with followed as (
    select followee_id as id, edge_id from following where follower_id = $1 order by edge_id desc limit ${FOLLOWED}
  ), known as (
    select theirs.id, (array_agg(followed.id order by followed.edge_id desc))[1:${VIA}] as via, count(*)::int as count
    from followed cross join lateral (
      select followee_id as id from following where follower_id = followed.id order by edge_id desc limit ${THEIRS}
    ) theirs
    where theirs.id <> $1 group by theirs.id
  )
  select id as user_id, via, count from known
  where not exists (select from following where follower_id = $1 and followee_id = known.id)
    and not exists (select from requested_follows where follower_id = $1 and followee_id = known.id)
  order by count desc, id desc limit $2`)

const selectMutuals = statement<FriendOfFriends>(`
  with followed as (
    select followee_id as id, edge_id from following where follower_id = $1 order by edge_id desc limit ${LOOKED_FOR}
  )
  select asked.id as user_id, (array_agg(followed.id order by followed.edge_id desc))[1:${VIA}] as via,
    count(*)::int as count
  from unnest($2::uuid[]) as asked (id) cross join followed
  join followers on followers.followee_id = asked.id and followers.follower_id = followed.id
  group by asked.id`)
