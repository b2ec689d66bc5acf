import { between, chance } from './chance.ts'
import type { Circle, Member, Shot } from './script.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A story is known by its author and place in their list. */
export type StoryDeed = { at: number } & (
  | { do: 'story'; who: string; story: string; shot: Shot; question: string | undefined }
  | { do: 'view'; who: string; story: string; reaction: string | undefined; choice: number | undefined }
  | { do: 'highlight'; who: string; title: string; stories: readonly string[] }
)

const titles = ['Favourites', 'On the road', 'Quiet days', 'Small things', 'Light']
const questions = ['More of this?', 'Did I wait too long?', 'Colour it is?']
const emoji = ['❤️', '🔥', '👏', '😍']

/** Stories of the last day with who saw them, and older ones that are kept in highlights. */
export function storyDeeds(circles: readonly Circle[], now: number): StoryDeed[] {
  return circles.flatMap((circle) =>
    circle.flatMap((member) => [...keptOf(member, now), ...freshOf(member, circle, now)]),
  )
}

const shotsOf = ({ entries }: Member): Shot[] => entries.flatMap(({ shots }) => shots)
const pick = <T>(items: readonly T[], ...seed: string[]): T =>
  items[Math.floor(chance(...seed) * items.length)] as T

function freshOf(member: Member, circle: Circle, now: number): StoryDeed[] {
  const { username } = member
  if (chance(username, 'stories') > 0.6) return []
  return shotsOf(member)
    .slice(0, 1 + Math.floor(chance(username, 'how many') * 3))
    .flatMap((shot, index): StoryDeed[] => {
      const story = `${username}/${index}`
      const at = now - between(1, 20, story) * HOUR
      const question = chance(story, 'asks') < 0.3 ? pick(questions, story, 'question') : undefined
      const viewers = circle.filter((other) => other !== member && chance(story, other.username) < 0.6)
      return [
        { do: 'story', at, who: username, story, shot, question },
        ...viewers.map(({ username: who }) => ({
          do: 'view' as const,
          at: at + chance(who, story, 'when') * (now - at),
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

function keptOf(member: Member, now: number): StoryDeed[] {
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
