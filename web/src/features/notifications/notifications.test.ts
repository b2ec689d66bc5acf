import type { Notification } from '@tintype/contract'
import { expect, it } from 'vitest'
import { apiNotification } from '../../testing/things.ts'
import { notificationText } from './notification-text.ts'
import { sectionsOf } from './sections.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const DAY = 86_400_000
const item = (id: string, daysAgo: number, fields: Partial<Notification> = {}): Notification =>
  apiNotification(id, { created_at: new Date(now - daysAgo * DAY).toISOString(), ...fields })

it('puts one heading before each stretch of time', () => {
  const rows = sectionsOf([item('a', 0.1), item('b', 0.5), item('c', 3), item('d', 30)], now, new Set())
  expect(rows.map((row) => (row.kind === 'heading' ? row.text : row.item.notification_id))).toEqual([
    'Today',
    'a',
    'b',
    'This week',
    'c',
    'Earlier',
    'd',
  ])
})

it('puts what was unread first, whatever its age', () => {
  const rows = sectionsOf([item('a', 0.1), item('b', 9)], now, new Set(['a', 'b']))
  expect(rows.filter((row) => row.kind === 'heading')).toEqual([{ kind: 'heading', text: 'New' }])
})

it.each([
  [{ type: 'follow' }, 'started following you.'],
  [{ type: 'comment', excerpt: 'Nice' }, 'commented: Nice'],
  [{ type: 'mention', excerpt: null }, 'mentioned you in a post.'],
  [
    { type: 'mention', excerpt: null, subject: { kind: 'story', id: 's', partition: 's' } },
    'mentioned you in a story.',
  ],
  [{ type: 'story_reaction' }, 'reacted to your story.'],
  [{ type: 'repost' }, 'reposted your post.'],
  [{ type: 'repost', things_count: 3 }, 'reposted 3 of your posts.'],
  [{ type: 'announcement', excerpt: 'The picnic' }, 'From the community: The picnic'],
  [{ type: 'schedule_failed' }, 'A post that you left for later could not be published.'],
  [{ type: 'import' }, 'What you brought along is in your profile.'],
  [{ type: 'collection_shared', excerpt: 'Doors' }, 'added you to the collection Doors.'],
  [
    { type: 'mention', excerpt: '@ben look', subject: { kind: 'comment', id: 'c', partition: 'p' } },
    'mentioned you: @ben look',
  ],
] as const)('says of %j: %s', (fields, text) => expect(notificationText(item('a', 0, fields))).toBe(text))

it.each([
  [{ type: 'like', things_count: 40 }, 'liked 40 of your photos.'],
  [{ type: 'comment', excerpt: 'Nice', others_count: 2 }, 'commented on your photo: Nice'],
  [{ type: 'comment_like', excerpt: 'Nice', things_count: 3 }, 'liked 3 of your comments.'],
] as const)('says of several at once, %j: %s', (fields, text) =>
  expect(notificationText(item('a', 0, fields))).toBe(text),
)
