import type { UserId } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { entityOf } from '../../../data/direct/ingest-direct.ts'
import type { Outgoing } from '../../../data/direct/outbox.ts'
import { apiMessage, messageId } from '../../../testing/things.ts'
import { type ChatRow, rowsOf } from './message-rows.ts'

const at = (text: string) => ({ created_at: new Date(`2026-01-${text}`).toISOString() })
const ana = (n: number, when: string, fields = {}) =>
  entityOf(apiMessage(n, 'ana', { ...at(when), ...fields }))
const own = (n: number, when: string, fields = {}) =>
  entityOf(apiMessage(n, 'ben', { is_own: true, ...at(when), ...fields }))

const rows = (messages: ReturnType<typeof ana>[], fields: Partial<Parameters<typeof rowsOf>[0]> = {}) =>
  rowsOf({ messages, hasOlder: false, outgoing: [], unreadAfter: null, ...fields })
const kinds = (all: readonly ChatRow[]) => all.map(({ kind }) => kind)
const placings = (all: readonly ChatRow[]) =>
  all.flatMap((row) => (row.kind === 'message' ? [`${row.first ? '(' : '-'}${row.last ? ')' : '-'}`] : []))

describe('the rows of a conversation', () => {
  it('tell the day where it changes, and the time after a pause', () => {
    const all = rows([ana(1, '01T23:50'), ana(2, '02T00:10'), ana(3, '02T00:20'), ana(4, '02T01:30')])
    expect(kinds(all)).toEqual(['begin', 'time', 'message', 'time', 'message', 'message', 'time', 'message'])
    expect(all.flatMap((row) => (row.kind === 'time' ? [row.isNewDay] : []))).toEqual([true, true, false])
  })

  it('put together what one says without a pause, and part what happened between', () => {
    const line = { kind: 'system' as const, user: null }
    const all = rows([
      ana(1, '02T10:00'),
      ana(2, '02T10:01'),
      ana(3, '02T10:02'),
      own(4, '02T10:03'),
      ana(5, '02T10:04'),
      ana(6, '02T10:05', line),
      ana(7, '02T10:06'),
      ana(8, '02T10:20'),
    ])
    expect(placings(all)).toEqual(['(-', '--', '-)', '()', '()', '()', '()', '()'])
  })

  it('stay as they are, in the same elements, when older ones come above', () => {
    const all = [
      ana(1, '01T22:00'),
      ana(2, '02T10:00'),
      own(3, '02T10:01', { client_message_id: 'k3' }),
      ana(4, '02T10:02'),
    ]
    const before = rows(all.slice(1), { hasOlder: true })
    const after = rows(all)
    expect(after.slice(-before.length)).toEqual(before)
    expect(kinds(before)).toEqual(['message', 'message'])
  })

  it('mark where the unread begins, which is not at what one has said oneself', () => {
    const all = rows([ana(1, '02T10:00'), own(2, '02T10:01'), ana(3, '02T10:02')], {
      unreadAfter: messageId(1),
    })
    expect(kinds(all)).toEqual(['begin', 'time', 'message', 'message', 'unread', 'message'])
    expect(kinds(rows([ana(1, '02T10:00')], { unreadAfter: messageId(1) }))).not.toContain('unread')
  })

  it('show what is on its way once, in the element that it keeps', () => {
    const outgoing: Outgoing = {
      client_message_id: 'k2',
      owner_id: 'u-ben' as UserId,
      conversation_id: apiMessage(1, 'ana').conversation_id,
      text: 'Two',
      reply_to: null,
      photos: [],
      expires: null,
      written_at: Date.parse('2026-01-02T10:01'),
      refusal: null,
    }
    const waiting = rows([ana(1, '02T10:00')], { outgoing: [outgoing] })
    expect(waiting.at(-1)).toMatchObject({ kind: 'outgoing', key: 'k2' })
    const both = rows([ana(1, '02T10:00'), own(2, '02T10:01', { client_message_id: 'k2' })], {
      outgoing: [outgoing],
    })
    expect(kinds(both)).toEqual(['begin', 'time', 'message', 'message'])
    expect(both.at(-1)).toMatchObject({ key: 'k2' })
  })
})
