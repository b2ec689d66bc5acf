import type { Client } from '@tintype/contract'
import { expect } from 'vitest'

/** Whether a hashtag, its post and its place are found by the beginning of their name: all of them or none. */
export async function isFound(api: Client, tag: string): Promise<boolean> {
  const types = ['top', 'posts', 'hashtags', 'places'] as const
  const q = tag.slice(0, -2)
  const found = async (type: (typeof types)[number]) =>
    (await api.search.find({ query: { q: type === 'places' ? `${q} bay` : q, type } })).items.length > 0
  const answers = await Promise.all(types.map(found))
  expect(new Set(answers).size, 'ways to the same').toBe(1)
  return answers[0] === true
}
