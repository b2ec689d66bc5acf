import type { SubjectRef, UserId } from '@tintype/contract'
import { expect, it } from 'vitest'
import { newId } from '../kit/ids.ts'
import { type SubjectKind, type SubjectPreview, Subjects, subjectKey } from './subject.ts'

const refOf = (kind: string): SubjectRef => ({ kind, id: newId(), partition: newId() })
const [open, closed, strange] = [refOf('poem'), refOf('poem'), refOf('dream')]
const preview = (subject: SubjectRef) => ({ subject, text: subject.id }) as SubjectPreview

/** Answers for more than it is asked. */
const poems: SubjectKind = {
  kind: 'poem',
  visible: async () => new Set([open.id, strange.id]),
  previews: async () => new Map([open, strange].map((ref) => [ref.id, preview(ref)])),
  within: ({ partition }) => ({ kind: 'book', id: partition, partition }),
}
const subjects = new Subjects(() => [poems])
const viewer = newId<UserId>()

it('only what the kind itself answers is seen, and of a kind that nobody serves nothing', async () => {
  const all = [open, closed, strange]
  expect(await subjects.visible(viewer, all)).toEqual(new Set([subjectKey(open)]))
  expect([...(await subjects.previews(viewer, all)).keys()]).toEqual([subjectKey(open)])
})

it('one id is not one thing under two kinds', async () => {
  const twin = { ...open, kind: 'dream' }
  expect((await subjects.previews(viewer, [twin])).size).toBe(0)
  expect(subjectKey(twin)).not.toBe(subjectKey(open))
})

it('a thing has a place, which is itself where its kind names no other', () => {
  expect(subjects.place(open)).toEqual({ kind: 'book', id: open.partition, partition: open.partition })
  expect(subjects.place(strange)).toBe(strange)
})
