import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { almanac, type Deed } from './almanac.ts'
import { circles, members } from './community/index.ts'
import { photographs } from './photographs.ts'

const now = Date.parse('2026-06-01T12:00:00Z')
const deeds = almanac(circles, now)
const named = <K extends Deed['do']>(kind: K) =>
  deeds.filter((deed): deed is Extract<Deed, { do: K }> => deed.do === kind)

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
    expect(almanac(circles, now)).toEqual(deeds)
  })

  test('happen in order, before now, and need nothing that comes later', () => {
    const joined = new Set<string>()
    const made = new Set<string>()
    let last = 0
    for (const deed of deeds) {
      expect(deed.at).toBeGreaterThanOrEqual(last)
      expect(deed.at).toBeLessThan(now)
      last = deed.at
      for (const name of needs(deed))
        expect(joined.has(name) || made.has(name), `${deed.do} ${name}`).toBe(true)
      if (deed.do === 'join') joined.add(deed.who.username)
      if (deed.do === 'post') made.add(deed.post)
      if (deed.do === 'comment') made.add(deed.comment)
    }
  })

  test('let nobody see what they have not been let in to', () => {
    const hidden = new Set(members.filter(({ isPrivate }) => isPrivate).map(({ username }) => username))
    const letIn = new Set<string>()
    for (const deed of deeds) {
      if (deed.do === 'accept') letIn.add(`${deed.whom} ${deed.who}`)
      if (deed.do !== 'like' && deed.do !== 'comment' && deed.do !== 'save') continue
      const author = deed.post.split('/')[0] ?? ''
      if (hidden.has(author) && author !== deed.who) expect(letIn).toContain(`${deed.who} ${author}`)
    }
  })
})

function needs(deed: Deed): string[] {
  switch (deed.do) {
    case 'join':
      return []
    case 'follow':
    case 'accept':
      return [deed.who, deed.whom]
    case 'post':
    case 'read':
      return [deed.who]
    case 'likeComment':
      return [deed.who, deed.comment]
    case 'comment':
      return [deed.who, deed.post, ...(deed.under ? [deed.under] : [])]
    default:
      return [deed.who, deed.post]
  }
}
