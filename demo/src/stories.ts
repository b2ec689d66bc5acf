import type { Action } from './almanac.ts'
import { between, chance } from './chance.ts'
import type { Member, Shot } from './script.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A story is known by its author and place in their list. */
export type StoryAction = { at: number } & (
  | { do: 'story'; who: string; story: string; shot: Shot; question: string | undefined }
  | { do: 'view'; who: string; story: string; reaction: string | undefined; choice: number | undefined }
  | { do: 'highlight'; who: string; title: string; stories: readonly string[] }
)

const titles = ['Favourites', 'On the road', 'Quiet days', 'Small things', 'Light']
const questions = ['More of this?', 'Did I wait too long?', 'Colour it is?']
const emoji = ['❤️', '🔥', '👏', '😍']

/** Stories of the last day with who saw them, and older ones that are kept in highlights; seen by whom the weeks have let in. */
export function storyActions(
  members: readonly Member[],
  weeks: readonly Action[],
  now: number,
): StoryAction[] {
  const followers = followersOf(members, weeks)
  return members.flatMap((member) => [
    ...keptOf(member, now),
    ...freshOf(member, followers.get(member.username) ?? new Map(), now),
  ])
}

type Followers = ReadonlyMap<string, number>

/** Of each member: who follows them, and since when; a private one's are those who were let in. */
function followersOf(members: readonly Member[], weeks: readonly Action[]): Map<string, Followers> {
  const of = new Map(members.map(({ username }) => [username, new Map<string, number>()]))
  const hidden = new Set(members.filter(({ isPrivate }) => isPrivate).map(({ username }) => username))
  for (const action of weeks) {
    if (action.do === 'accept') of.get(action.who)?.set(action.whom, action.at)
    if (action.do === 'follow' && !hidden.has(action.whom)) of.get(action.whom)?.set(action.who, action.at)
  }
  return of
}

const shotsOf = ({ entries }: Member): Shot[] => entries.flatMap(({ shots }) => shots)
const pick = <T>(items: readonly T[], ...seed: string[]): T =>
  items[Math.floor(chance(...seed) * items.length)] as T

function freshOf(member: Member, followers: Followers, now: number): StoryAction[] {
  const { username } = member
  if (chance(username, 'stories') > 0.6) return []
  return shotsOf(member)
    .slice(0, 1 + Math.floor(chance(username, 'how many') * 3))
    .flatMap((shot, index): StoryAction[] => {
      const story = `${username}/${index}`
      const at = now - between(1, 20, story) * HOUR
      const question = chance(story, 'asks') < 0.3 ? pick(questions, story, 'question') : undefined
      const viewers = [...followers].filter(([who]) => chance(story, who) < 0.6)
      return [
        { do: 'story', at, who: username, story, shot, question },
        ...viewers.map(([who, since]) => ({
          do: 'view' as const,
          at: between(Math.max(at, since), now, who, story, 'when'),
          who,
          story,
          reaction: chance(who, story, 'reacts') < 0.25 ? pick(emoji, who, story) : undefined,
          choice:
            question && chance(who, story, 'answers') < 0.7
              ? Math.round(chance(who, story, 'choice'))
              : undefined,
        })),
      ]
    })
}

function keptOf(member: Member, now: number): StoryAction[] {
  const { username } = member
  const shots = shotsOf(member).slice(-4)
  if (chance(username, 'keeps') > 0.4 || shots.length < 2) return []
  const stories = shots.map((_, index) => `${username}/kept/${index}`)
  const at = now - between(3, 12, username, 'kept') * DAY
  return [
    ...shots.map((shot, index) => ({
      do: 'story' as const,
      at: at + index * HOUR,
      who: username,
      story: stories[index] as string,
      shot,
      question: undefined,
    })),
    { do: 'highlight', at: at + DAY, who: username, title: pick(titles, username, 'title'), stories },
  ]
}
