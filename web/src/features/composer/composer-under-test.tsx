import type { ReactNode } from 'react'
import { renderApp } from '../../testing/render-app.tsx'
import { meNamed } from '../../testing/things.ts'
import type { Preview } from '../../things/composing/decode.ts'
import { dismissToast, toasts } from '../../ui/toast.ts'
import { createLanes } from '../../upload/lanes.ts'
import { hashBlob } from '../../upload/sha256.ts'
import { InMemoryNetwork, InMemoryServer } from '../../upload/testing/in-memory-server.ts'
import { Uploads } from '../../upload/uploads.ts'
import { ComposerContext } from './composer-context.ts'
import { publications } from './publishing/publication.ts'
import { Publisher } from './publishing/publisher.ts'
import type { Composer } from './services.ts'
import { ComposerSession } from './session.ts'

const ana = meNamed('ana')
const emptyShelf = {
  save: async () => {},
  list: async () => [],
  load: async () => undefined,
  forget: async () => {},
}

const unseen: Preview = { state: 'unseen', size: { width: 400, height: 300 } }
/** As far as jsdom goes: something that stands for a picture, drawn by nobody. */
export const seen: Preview = {
  state: 'seen',
  decoded: { bitmap: { close: () => {} } as ImageBitmap, size: { width: 4000, height: 3000 } },
}

/** A composer of Ana's on a server in memory; by default in a browser that can show no picture but knows each one's size. */
export function composerUnderTest({ preview = unseen }: { preview?: Preview } = {}) {
  const server = new InMemoryServer()
  const network = new InMemoryNetwork()
  const { client, put } = server
  const uploads = new Uploads({ client, put, network, lanes: createLanes(3), hash: hashBlob })
  const nothing = () => {}
  const told = { onPost: nothing, keep: nothing, forget: nothing }
  publications.set([])
  for (const { id } of toasts.get()) dismissToast(id)
  const publisher = new Publisher({ client, uploads, network, publications, ...told })
  const session = new ComposerSession({
    uploads,
    publisher,
    shelf: emptyShelf,
    decode: async () => preview,
    thumbnail: async () => null,
    ownerId: ana.user_id,
    now: () => 0,
  })
  const composer: Composer = { session, publisher, uploads }
  const shots = () => session.draft.get().shots.present
  const show = (part: ReactNode) =>
    renderApp(<ComposerContext value={composer}>{part}</ComposerContext>, { me: ana })
  return { server, network, session, publisher, shots, show }
}

/** As far as anybody looks here, a JPEG. */
const JPEG_START = new Uint8Array([0xff, 0xd8, 0xff, 0xe0])
export const photo = (name: string) => new File([JPEG_START, name], name, { type: 'image/jpeg' })
