import { between, chance } from './chance.ts'
import type { Entry, Group, Member } from './script.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** How far back the community goes. */
const SPAN = 24 * DAY

/** A post is known by its author and place in their list; a comment by its post and place in the talk. */
export type Action = { at: number } & (
  | { do: 'join'; who: Member }
  | { do: 'follow'; who: string; whom: string }
  | { do: 'accept'; who: string; whom: string }
  | { do: 'post'; who: string; post: string; entry: Entry }
  | { do: 'comment'; who: string; post: string; comment: string; text: string; under?: string }
  | { do: 'like'; who: string; post: string }
  | { do: 'likeComment'; who: string; comment: string }
  /** `into`: a collection by that name, which is begun with its first post. */
  | { do: 'save'; who: string; post: string; into?: string | undefined }
  | { do: 'repost'; who: string; post: string }
  | { do: 'read'; who: string }
)

/** Everything that happens in the community up to `now` (milliseconds), in the order it happens. */
export function almanac(groups: readonly Group[], now: number): Action[] {
  const members = groups.flat()
  const joined = new Map(members.map((who, index) => [who.username, joinTime(who, index, now)]))
  const follows = followsOf(groups)
  const social = [...follows].flatMap(([who, whom]) =>
    [...whom].map((name) => {
      const earliest = Math.max(joined.get(who) ?? now, joined.get(name) ?? now)
      const at =
        earliest +
        between(5 * MINUTE, 4 * DAY, who, 'follows', name) * (who === members[0]?.username ? 0.1 : 1)
      return { do: 'follow' as const, at, who, whom: name }
    }),
  )
  const accepts = social.flatMap((action) => acceptOf(action, members))
  const posts = members.flatMap((who) => postsOf(who, joined.get(who.username) ?? now, now))
  const welcome = welcomeOf(members, joined, accepts)
  const echoes = posts.flatMap((action) => echoesOf(action, follows, welcome, now))
  const actions: Action[] = [
    ...members.map((who) => ({ do: 'join' as const, at: joined.get(who.username) ?? now, who })),
    ...social,
    ...accepts,
    ...posts,
    ...echoes,
    ...passedOn(echoes, members),
    // Only what happened since is new to them when the demo opens.
    ...members.map(({ username }) => ({
      do: 'read' as const,
      at: now - between(10, 90, username, 'read') * HOUR,
      who: username,
    })),
  ]
  return actions.filter(({ at }) => at < now).sort((a, b) => a.at - b.at)
}

/** A few of those who like a public post have their followers see it. */
function passedOn(echoes: readonly Action[], members: readonly Member[]): Action[] {
  const open = new Set(members.flatMap((one) => (one.isPrivate ? [] : [one.username])))
  return echoes.flatMap((action) => {
    if (action.do !== 'like' || chance(action.who, 'passes on', action.post) >= 0.05) return []
    const { who, post } = action
    const isOpen = open.has(post.split('/')[0] ?? '')
    return isOpen ? [{ do: 'repost', at: action.at + between(MINUTE, HOUR, who, post), who, post }] : []
  })
}

/** The owner first, then everyone within five days. */
function joinTime({ username }: Member, index: number, now: number): number {
  return now - SPAN + (index === 0 ? 0 : between(2 * HOUR, 5 * DAY, username, 'joins'))
}

/** Small world: most of one's own group, some of the others, everyone the owner; and whoever is commented on in private. */
function followsOf(groups: readonly Group[]): Map<string, Set<string>> {
  const members = groups.flat()
  const owner = members[0]?.username
  const follows = new Map(members.map(({ username }) => [username, new Set<string>()]))
  for (const group of groups) {
    for (const who of group) {
      for (const whom of members) {
        if (who === whom) continue
        const pull = whom.username === owner ? 1 : group.includes(whom) ? 0.8 : whom.isPrivate ? 0.1 : 0.2
        if (chance(who.username, '→', whom.username) < pull) follows.get(who.username)?.add(whom.username)
      }
    }
  }
  for (const whom of members.filter((one) => one.isPrivate))
    for (const name of whom.entries.flatMap(talkersOf))
      if (name !== whom.username) follows.get(name)?.add(whom.username)
  return follows
}

function talkersOf({ talk }: Entry): string[] {
  return talk.flatMap(([who, , ...replies]) => [who, ...replies.map(([name]) => name)])
}

/** Whoever is talked with in private, or of the own group, is let in; the others are left waiting for the demo's visitor. */
function acceptOf(action: { who: string; whom: string; at: number }, members: readonly Member[]): Action[] {
  const whom = members.find(({ username }) => username === action.whom)
  if (!whom?.isPrivate) return []
  const isKnown =
    whom.entries.flatMap(talkersOf).includes(action.who) || chance(action.who, 'is let in', action.whom) < 0.5
  return isKnown
    ? [
        {
          do: 'accept',
          at: action.at + between(MINUTE, 9 * HOUR, action.who, action.whom),
          who: action.whom,
          whom: action.who,
        },
      ]
    : []
}

/** From when on somebody sees what another posts; undefined: never. */
type Welcome = (who: string, author: string) => number | undefined

function welcomeOf(
  members: readonly Member[],
  joined: ReadonlyMap<string, number>,
  accepts: readonly Action[],
): Welcome {
  const hidden = new Set(members.filter(({ isPrivate }) => isPrivate).map(({ username }) => username))
  const letIn = new Map(
    accepts.map((action) => (action.do === 'accept' ? [`${action.whom} ${action.who}`, action.at] : ['', 0])),
  )
  return (who, author) =>
    hidden.has(author) && who !== author ? letIn.get(`${who} ${author}`) : joined.get(who)
}

type PostAction = Extract<Action, { do: 'post' }>

/** Spread from joining until now, each off its place by chance; the last of some members is minutes old. */
function postsOf({ username, entries }: Member, joined: number, now: number): PostAction[] {
  const first = joined + between(20 * MINUTE, 2 * DAY, username, 'first')
  const last = now - between(10 * MINUTE, 4 * DAY, username, 'last')
  const gaps = Math.max(1, entries.length - 1)
  return entries.map((entry, index) => {
    const isInner = index > 0 && index < gaps
    const place = (index + (isInner ? between(-0.35, 0.35, username, index) : 0)) / gaps
    // Slow at first, then ever more often, as people warm to a place.
    const at = first + place ** 0.65 * (last - first)
    return { do: 'post', at, who: username, post: `${username}/${index}`, entry }
  })
}

function echoesOf(
  action: PostAction,
  follows: Map<string, Set<string>>,
  welcome: Welcome,
  now: number,
): Action[] {
  const { post, who: author } = action
  // Everyone follows the owner; not everyone likes all that the owner does.
  const popularity =
    (0.4 + 0.5 * chance(post, 'is good')) * (follows.keys().next().value === author ? 0.35 : 1)
  const fans = [...follows].flatMap(([who, whom]) => {
    const from = whom.has(author) ? welcome(who, author) : undefined
    return from !== undefined && chance(who, 'likes', post) < popularity
      ? [{ who, from: Math.max(action.at, from) }]
      : []
  })
  // Most likes come soon, a few much later.
  const liking: Action[] = fans.map(({ who, from }) => {
    return { do: 'like', at: from + 3 * MINUTE + 3 * DAY * chance(who, 'at', post) ** 4, who, post }
  })
  const saving: Action[] = fans
    .filter(({ who }) => chance(who, 'saves', post) < 0.08)
    .map(({ who, from }) => ({
      do: 'save',
      at: from + between(HOUR, 2 * DAY, who, post),
      who,
      post,
      into: shelves[Math.floor(chance(who, post, 'shelf') * 2 * shelves.length)],
    }))
  return [...liking, ...saving, ...talkOf(action, fans, welcome, now)]
}

/** Half of what is saved is put on one of them. */
const shelves = ['To try', 'Light I like', 'Places to go']

interface Fan {
  who: string
  from: number
}

function talkOf(
  { at: posted, who: author, post, entry }: PostAction,
  fans: readonly Fan[],
  welcome: Welcome,
  now: number,
): Action[] {
  const actions: Action[] = []
  // However fresh the post, all that is said of it fits between it and now.
  const room = Math.min(1, (now - posted) / (2 * DAY))
  let at = posted
  entry.talk.forEach(([who, text, ...replies], index) => {
    const comment = `${post}/${index}`
    at = Math.max(at, welcome(who, author) ?? now) + between(4 * MINUTE, 7 * HOUR, comment) * room
    actions.push({ do: 'comment', at, who, post, comment, text })
    let answered = at
    replies.forEach(([replier, answer], place) => {
      answered =
        Math.max(answered, welcome(replier, author) ?? now) +
        between(2 * MINUTE, 4 * HOUR, comment, place) * room
      actions.push({
        do: 'comment',
        at: answered,
        who: replier,
        post,
        comment: `${comment}/${place}`,
        text: answer,
        under: comment,
      })
    })
    for (const fan of fans.filter(({ who }) => chance(who, 'likes', comment) < 0.14)) {
      const liked = Math.max(answered, fan.from) + between(MINUTE, 5 * HOUR, fan.who, comment) * room
      actions.push({ do: 'likeComment', at: liked, who: fan.who, comment })
    }
  })
  return actions
}
