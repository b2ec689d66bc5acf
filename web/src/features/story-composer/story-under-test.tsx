import { type ErrorCode, type Story, type StoryId, TintypeError } from '@tintype/contract'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { storiesOnTheirWay } from '../../data/stories-on-their-way.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { meNamed } from '../../testing/things.ts'
import type { Preview } from '../../things/composing/decode.ts'
import { createLanes } from '../../upload/lanes.ts'
import { hashBlob } from '../../upload/sha256.ts'
import { InMemoryNetwork, InMemoryServer } from '../../upload/testing/in-memory-server.ts'
import { Uploads } from '../../upload/uploads.ts'
import type { StoryRecord } from './draft/story-shelf.ts'
import { StoryPublisher } from './publishing/story-publisher.ts'
import { StorySession } from './session.ts'
import { StoryContext } from './story-context.ts'

const ana = meNamed('ana')

/** As far as anybody looks here, a JPEG. */
export const jpeg = (name: string) =>
  new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), name], name, { type: 'image/jpeg' })

export const mp4 = (name: string) =>
  new File([new Uint8Array([0, 0, 0, 24]), 'ftypisom\0\0\0\0isommp42'], name, { type: 'video/mp4' })

const seen: Preview = {
  state: 'seen',
  decoded: { bitmap: { close: () => {} } as ImageBitmap, size: { width: 4000, height: 3000 } },
}

/** The stories of a server in memory: one of each key. `faults`: codes that answers are lost to, after the story was made. */
function storyServer() {
  const stories = new Map<string, Story>()
  const faults: ErrorCode[] = []
  let failure: Story['failure'] = null
  const client = {
    create: vi.fn(async ({ headers }: { headers?: { 'idempotency-key'?: string } }) => {
      const key = headers?.['idempotency-key'] ?? ''
      const story =
        stories.get(key) ?? ({ story_id: `s-${stories.size + 1}` as StoryId, status: 'processing' } as Story)
      stories.set(key, story)
      const fault = faults.shift()
      if (fault) throw new TintypeError(fault)
      return story
    }),
    get: vi.fn(async () => ({ status: failure ? 'failed' : 'published', failure }) as Story),
    delete: vi.fn(async () => ({})),
  }
  const fail = (next: Story['failure']) => {
    failure = next
  }
  return { stories, faults, client, fail }
}

/** A story composer of Ana's on a server in memory. */
export function storyUnderTest({
  preview = seen,
  seconds,
}: {
  preview?: Preview
  /** Of a film. */
  seconds?: number
} = {}) {
  const uploadServer = new InMemoryServer()
  const network = new InMemoryNetwork()
  const server = storyServer()
  const shelved = new Map<string, StoryRecord>()
  storiesOnTheirWay.set([])
  const onPublished = vi.fn()
  const onFailed = vi.fn()
  const make = () => {
    const { client, put } = uploadServer
    const uploads = new Uploads({ client, put, network, lanes: createLanes(1), hash: hashBlob })
    const publisher = new StoryPublisher({
      client: { stories: server.client as never },
      uploads,
      network,
      onTheirWay: storiesOnTheirWay,
      keep: (draft, sharing) => void session.keep(draft, sharing),
      onPublished,
      onFailed,
    })
    const session: StorySession = new StorySession({
      publisher,
      shelf: {
        save: async (record) => void shelved.set(record.id, record),
        list: async () => [...shelved.values()],
        forget: async (id) => void shelved.delete(id),
      },
      decode: async () => ({ ...preview, ...(seconds !== undefined && { seconds }) }),
      render: async () => new Blob(['jpeg'], { type: 'image/jpeg' }),
      renderPlate: async () => new Blob(['png'], { type: 'image/png' }),
      ownerId: ana.user_id,
      now: () => 0,
    })
    return { session, publisher }
  }
  const { session, publisher } = make()
  const show = (part: ReactNode) =>
    renderApp(<StoryContext value={session}>{part}</StoryContext>, { me: ana })
  return {
    session,
    publisher,
    server,
    uploadServer,
    network,
    shelved,
    onPublished,
    onFailed,
    show,
    again: make,
  }
}
