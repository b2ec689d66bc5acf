import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Action, almanac } from './almanac.ts'
import { groups, members } from './community/index.ts'
import { talks } from './community/talks.ts'
import { talkActions } from './conversations.ts'
import { photographs } from './photographs.ts'
import { storyActions } from './stories.ts'

const now = Date.parse('2026-06-01T12:00:00Z')
const actions = almanac(groups, now)
const named = <K extends Action['do']>(kind: K) =>
  actions.filter((action): action is Extract<Action, { do: K }> => action.do === kind)

describe('the community', () => {
  test('is large enough to be believed', () => {
    expect(members.length).toBeGreaterThanOrEqual(30)
    expect(named('post').length).toBeGreaterThanOrEqual(150)
    expect(members.some((member) => member.isPrivate)).toBe(true)
  })

  test('speaks only of those who are in it', () => {
    const names = new Set(members.map(({ username }) => username))
    const speakers = members.flatMap(({ entries }) =>
      entries.flatMap(({ talk }) =>
        talk.flatMap(([who, , ...replies]) => [who, ...replies.map(([reply]) => reply)]),
      ),
    )
    expect(speakers.filter((name) => !names.has(name))).toEqual([])
  })

  test('has every photograph that it shows', () => {
    const missing = Object.keys(photographs).filter(
      (name) => !existsSync(new URL(`../photographs/${name}.jpg`, import.meta.url)),
    )
    expect(missing).toEqual([])
  })
})

describe('its weeks', () => {
  test('are the same at every run', () => {
    expect(almanac(groups, now)).toEqual(actions)
  })

  test('happen in order, before now, and need nothing that comes later', () => {
    const joined = new Set<string>()
    const made = new Set<string>()
    let last = 0
    for (const action of actions) {
      expect(action.at).toBeGreaterThanOrEqual(last)
      expect(action.at).toBeLessThan(now)
      last = action.at
      for (const name of needs(action))
        expect(joined.has(name) || made.has(name), `${action.do} ${name}`).toBe(true)
      if (action.do === 'join') joined.add(action.who.username)
      if (action.do === 'post') made.add(action.post)
      if (action.do === 'comment') made.add(action.comment)
    }
  })

  test('let nobody see what they have not been let in to', () => {
    const hidden = new Set(members.filter(({ isPrivate }) => isPrivate).map(({ username }) => username))
    const letIn = new Set<string>()
    for (const action of actions) {
      if (action.do === 'accept') letIn.add(`${action.whom} ${action.who}`)
      if (action.do !== 'like' && action.do !== 'comment' && action.do !== 'save') continue
      const author = action.post.split('/')[0] ?? ''
      if (hidden.has(author) && author !== action.who) expect(letIn).toContain(`${action.who} ${author}`)
    }
  })
})

describe('its stories', () => {
  const stories = storyActions(members, actions, now)

  test('are seen once they are there, and a private member’s by those let in alone', () => {
    const made = new Map(stories.flatMap((action) => (action.do === 'story' ? [[action.story, action]] : [])))
    const hidden = new Set(members.filter(({ isPrivate }) => isPrivate).map(({ username }) => username))
    const views = stories.filter((action) => action.do === 'view')
    expect(views.length).toBeGreaterThan(100)
    for (const { story, who, at } of views) {
      const { who: author = '', at: posted = now } = made.get(story) ?? {}
      expect(at).toBeGreaterThanOrEqual(posted)
      expect(at).toBeLessThan(now)
      if (!hidden.has(author)) continue
      const letIn = named('accept').find((action) => action.who === author && action.whom === who)
      expect(letIn?.at ?? now).toBeLessThanOrEqual(at)
    }
  })
})

describe('its conversations', () => {
  const talking = talkActions(talks, now)

  test('are between members who are here, and answer what has been said', () => {
    const joined = new Set(members.map(({ username }) => username))
    const posts = new Set(named('post').map(({ post }) => post))
    for (const { members: those, lines, unreadBy = [] } of talks) {
      for (const who of [...those, ...unreadBy]) expect(joined).toContain(who)
      lines.forEach(({ who, post, answers = -1, reactions = [] }, index) => {
        for (const one of [who, ...reactions.map(([by]) => by)]) expect(those).toContain(one)
        if (post !== undefined) expect(posts).toContain(post)
        expect(answers).toBeLessThan(index)
      })
    }
  })

  test('happen in order, before now', () => {
    for (const talk of talks.keys()) {
      const times = talking.flatMap((action) =>
        action.talk === talk && action.do === 'say' ? [action.at] : [],
      )
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times.at(-1)).toBeLessThan(now)
    }
  })
})

function needs(action: Action): string[] {
  switch (action.do) {
    case 'join':
      return []
    case 'follow':
    case 'accept':
      return [action.who, action.whom]
    case 'post':
    case 'read':
      return [action.who]
    case 'likeComment':
      return [action.who, action.comment]
    case 'comment':
      return [action.who, action.post, ...(action.under ? [action.under] : [])]
    default:
      return [action.who, action.post]
  }
}
