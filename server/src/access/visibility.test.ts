import type { CircleId, UserId } from '@tintype/contract'
import { describe, expect, test } from 'vitest'
import {
  type Audience,
  type Content,
  isHiddenFromAny,
  judgeOf,
  profileVisibility,
  type Status,
  strangerOf,
  VISITOR,
  type Viewer,
  type Visibility,
  visibility,
} from './visibility.ts'

const [author_id, viewer_id] = ['author', 'viewer'] as UserId[] as [UserId, UserId]
const flags = [false, true]
const audiences: Audience[] = ['everyone', 'followers', 'author']
const circle = 'circle' as CircleId
const circles: CircleId[][] = [[], [circle], ['another' as CircleId]]
const statuses: Status[] = ['published', 'processing', 'failed']

interface Case {
  user_id: UserId | null
  following: boolean
  blocking: boolean
  blockedBy: boolean
  /** Undefined: deleted, or never was. */
  is_private: boolean | undefined
  content: Required<Omit<Content, 'trace'>>
}

/** Every combination there is, also those that the rest of the code never lets come about (who is blocked follows nobody). */
const cases: Case[] = [null, viewer_id, author_id].flatMap((user_id) =>
  flags.flatMap((following) =>
    flags.flatMap((blocking) =>
      flags.flatMap((blockedBy) =>
        [undefined, ...flags].flatMap((is_private) =>
          audiences.flatMap((audience) =>
            circles.flatMap((circles) =>
              statuses.map((status) => {
                const content = { audience, status, circles }
                return { user_id, following, blocking, blockedBy, is_private, content }
              }),
            ),
          ),
        ),
      ),
    ),
  ),
)

const viewerOf = ({ user_id, ...relations }: Omit<Case, 'is_private' | 'content'>): Viewer => ({
  user_id,
  following: new Set(relations.following ? [author_id] : []),
  blocking: new Set(relations.blocking ? [author_id] : []),
  blockedBy: new Set(relations.blockedBy ? [author_id] : []),
  circles: new Set([circle]),
})
const authorOf = ({ is_private }: Pick<Case, 'is_private'>) =>
  is_private === undefined ? undefined : { user_id: author_id, is_private }
const seen = (of: Case): Visibility => visibility(viewerOf(of), authorOf(of), of.content)
const broken = (law: (of: Case) => boolean) => cases.filter((of) => !law(of))

/** From what hides most. */
const degrees: Visibility[] = ['hidden', 'locked', 'full']
const atMost = (one: Visibility, other: Visibility) => degrees.indexOf(one) <= degrees.indexOf(other)

describe('who sees what, in every combination:', () => {
  test('there are as many as there are', () => {
    expect(cases).toHaveLength(3 * 2 * 2 * 2 * 3 * 3 * 3 * 3)
  })

  test('what is of nobody is hidden, and nothing else is but what is between who block each other', () => {
    expect(
      broken((of) => {
        const isOwn = of.user_id === author_id
        const isHidden = of.is_private === undefined || (!isOwn && (of.blocking || of.blockedBy))
        return (seen(of) === 'hidden') === isHidden
      }),
    ).toEqual([])
  })

  test('an author sees all of their own', () => {
    expect(
      broken((of) => of.user_id !== author_id || of.is_private === undefined || seen(of) === 'full'),
    ).toEqual([])
  })

  test('others see what is published, where the account and the audience let them in', () => {
    expect(
      broken((of) => {
        if (of.user_id === author_id || seen(of) === 'hidden') return true
        const { audience, status, circles } = of.content
        const isForAll = !of.is_private && audience === 'everyone'
        const isForThem = audience !== 'author' && (isForAll || of.following)
        const isInOne = circles.length === 0 || circles.includes(circle)
        return (seen(of) === 'full') === (isForThem && isInOne && status === 'published')
      }),
    ).toEqual([])
  })

  test('going private, a narrower audience, another status and a block show nobody more', () => {
    const narrower: ((of: Case) => Case)[] = [
      (of) => ({ ...of, is_private: of.is_private === undefined ? undefined : true }),
      (of) => ({ ...of, is_private: undefined }),
      (of) => ({ ...of, blocking: true }),
      (of) => ({ ...of, blockedBy: true }),
      (of) => ({ ...of, following: false }),
      ...audiences
        .slice(1)
        .map(
          (audience) => (of: Case) =>
            of.content.audience === 'author' ? of : { ...of, content: { ...of.content, audience } },
        ),
      ...circles
        .slice(1)
        .map(
          (circles) => (of: Case) =>
            of.content.circles.length > 0 ? of : { ...of, content: { ...of.content, circles } },
        ),
      ...statuses.slice(1).map((status) => (of: Case) => ({ ...of, content: { ...of.content, status } })),
    ]
    expect(broken((of) => narrower.every((narrow) => atMost(seen(narrow(of)), seen(of))))).toEqual([])
  })

  test('who is in no circle, such as a visitor, sees nothing that is for one', () => {
    for (const viewer of [VISITOR, strangerOf(viewer_id)])
      expect(visibility(viewer, authorOf({ is_private: false }), { circles: [circle] })).toBe('locked')
  })

  test('a visitor sees what a member does who has no relation to the author', () => {
    const content = { audience: 'everyone', status: 'published' } as const
    for (const is_private of [undefined, ...flags]) {
      const author = authorOf({ is_private })
      expect(visibility(VISITOR, author, content)).toBe(visibility(strangerOf(viewer_id), author, content))
    }
  })

  test('a record that says nothing is for everyone, and published', () => {
    expect(
      broken((of) => {
        const [viewer, author] = [viewerOf(of), authorOf(of)]
        const plain = { audience: 'everyone', status: 'published' } as const
        return visibility(viewer, author) === visibility(viewer, author, plain)
      }),
    ).toEqual([])
  })

  test('a profile asked for by name is what its account is; but whom one blocks alone one finds, locked', () => {
    expect(
      broken((of) => {
        const [viewer, author] = [viewerOf(of), authorOf(of)]
        const isBlockedAlone =
          author !== undefined && of.user_id !== author_id && of.blocking && !of.blockedBy
        return profileVisibility(viewer, author) === (isBlockedAlone ? 'locked' : visibility(viewer, author))
      }),
    ).toEqual([])
  })
})

test('a judge knows those it was asked about, and hides all others', () => {
  const see = judgeOf(
    strangerOf(viewer_id),
    new Map([[author_id, { user_id: author_id, is_private: false }]]),
  )
  expect([see(author_id), see(author_id, { status: 'failed' }), see('other' as UserId)]).toEqual([
    'full',
    'locked',
    'hidden',
  ])
})

test('a trace is shown where all who have a say see its member', () => {
  const says = (seen: Visibility) => () => seen
  expect(isHiddenFromAny(author_id, [says('full'), undefined, says('locked')])).toBe(false)
  expect(isHiddenFromAny(author_id, [says('full'), says('hidden')])).toBe(true)
})
