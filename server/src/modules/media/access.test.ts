import { type MediaId, memberSubject, postSubject, type SubjectRef, type UserId } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import fc from 'fast-check'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { type MediaAccess, type SubjectKind, Subjects } from '../subject.ts'
import { accessOf, permits } from './access.ts'
import { openImagingPools } from './imaging/pools.ts'
import { MediaLinks } from './links.ts'
import { type MediaModule, mediaModule } from './module.ts'

/** Of which there is nothing to see. */
const nothing = { visible: async () => new Set<string>(), previews: async () => new Map() }

describe('access', () => {
  const clock = new FakeClock()
  const links = new MediaLinks({ secret: 'test', clock })
  const privacy = { is_private: false, media_epoch: 0 }
  const kinds: SubjectKind[] = [
    { kind: 'open', ...nothing, media: { picture: { access: 'public' } } },
    { kind: 'linked', ...nothing, media: { picture: { access: 'link' } } },
    { kind: 'judged', ...nothing, media: { picture: { access: async () => new Set() } } },
    { ...nothing, kind: 'bare', visible: async (_, all) => new Set(all.map(({ id }) => id)) },
  ]
  const subjects = new Subjects(() => kinds)
  const stated = new Map<string | undefined, MediaAccess>([
    ['open', 'public'],
    ['linked', 'link'],
  ])
  const viewer = newId<UserId>()
  const now = clock.now()
  const media = fc.record({
    media_id: fc.constant(newId<MediaId>()),
    subject: fc.option(
      fc.record({
        kind: fc.constantFrom('open', 'linked', 'judged', 'bare', 'unheard of', '__proto__', ''),
        id: fc.uuid(),
        partition: fc.uuid(),
      }),
    ),
    purpose: fc.constantFrom('picture', 'another', 'constructor', '__proto__') as fc.Arbitrary<never>,
    expires_at: fc.option(fc.integer({ min: now - 1000, max: now + 1000 })),
  })

  it('is refused unless stated, whatever the link', async () => {
    await fc.assert(
      fc.asyncProperty(media, async (picture) => {
        const access = accessOf(picture, subjects, now)
        const isOver = picture.expires_at !== null && picture.expires_at <= now
        const expected =
          isOver || picture.purpose !== 'picture' ? undefined : stated.get(picture.subject?.kind)
        if (picture.subject?.kind !== 'judged') expect(access).toBe(expected)
        const queries = [
          '',
          links.query(picture.media_id, privacy),
          links.viewerQuery(picture.media_id, viewer, privacy),
          links.viewerQuery(picture.media_id, null, privacy),
        ].map((text) => Object.fromEntries(new URLSearchParams(text)))
        const open = await Promise.all(
          queries.map((query) => permits(picture, access, { links, query, privacy })),
        )
        const all = expected === 'public'
        expect(open).toEqual([all, all || expected === 'link', all, all])
      }),
    )
  })

  it('of one kind is said by one module', () => {
    const twins = new Subjects(() => [...kinds, ...kinds.slice(0, 1)])
    expect(() => twins.mediaAccess({ kind: 'open', id: '', partition: '' }, 'picture')).toThrow(/one kind/)
  })
})

/** A second module of this process, where pictures hang on letters; the system's own module knows nothing of letters. */
describe('what is attached to a thing whose module judges', () => {
  let system: TestSystem
  let ana: Person
  let module: MediaModule
  let app: FastifyInstance
  let baseUrl: string
  const readers = new Set<UserId | null>()
  let seed = 1
  const letter: SubjectKind = {
    ...nothing,
    kind: 'letter',
    visible: async (viewerId, all) => new Set(readers.has(viewerId) ? all.map(({ id }) => id) : []),
  }
  beforeAll(async () => {
    system = await startSystem()
    ;[ana] = await system.people('ana')
    const { clock, engines } = system
    const { logger, config } = system.system
    module = mediaModule({
      ...engines,
      clock,
      logger,
      words: { assertFree: async () => undefined },
      knownPictures: { recognise: async () => undefined },
      thresholds: { lowest: async () => undefined },
      sharing: { opens: async () => false },
      members: {
        privacyFlags: async (ids) => new Map(ids.map((id) => [id, { is_private: false, media_epoch: 0 }])),
      },
      subjects: new Subjects(() => [{ ...letter, media: { post: { access: letter.visible } } }]),
      secret: config.secret,
      imaging: openImagingPools(1),
      mediaThreads: 1,
      video: undefined,
      videoProcesses: 1,
      videoThreads: 1,
      mediaTtl: 60,
    })
    app = Fastify()
    await app.register(module.plugin)
    baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(async () => {
    await app.close()
    module[Symbol.dispose]()
    await system[Symbol.asyncDispose]()
  })

  async function attach(subject: SubjectRef, expires_at?: Date): Promise<MediaId> {
    await ana.logIn()
    const uploads = await module.service.checkUploads(ana.id, await ana.upload([await photo(seed++)]), 'post')
    const what = { owner_id: ana.id, subject, purpose: 'post', uploads, expires_at } as const
    const [id] = await system.engines.db.tx((tx) => module.service.attach(tx, what))
    await system.settle()
    return id as MediaId
  }
  const aLetter = (): SubjectRef => ({ kind: 'letter', id: newId(), partition: newId() })
  const urlOf = async (id: MediaId, viewerId?: UserId | null) =>
    (await module.service.views([id], viewerId)).get(id)?.url
  const answerOf = (url = '', base = baseUrl) => fetch(new URL(url, base))
  const statusOf = async (url?: string, base?: string) => (await answerOf(url, base)).status

  it('has links for one viewer each, good as long as that viewer may see it', async () => {
    const id = await attach(aLetter())
    expect(await urlOf(id)).toBeUndefined()
    const [url, visitors] = [await urlOf(id, ana.id), await urlOf(id, null)]
    expect([await statusOf(url), await statusOf(visitors)]).toEqual([404, 404])
    readers.add(ana.id)
    const answer = await answerOf(url)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, max-age=3600'])
    expect(await statusOf(visitors)).toBe(404)
    // Neither another's name under it, nor no name, nor none of it.
    for (const spoiled of [url?.replace(/v=.*/, 'v='), url?.replace(/&v=.*/, ''), url?.replace(/\?.*/, '')])
      expect(await statusOf(spoiled)).toBe(404)
    readers.add(null)
    expect(await statusOf(visitors)).toBe(200)
    readers.clear()
    expect([await statusOf(url), await statusOf(visitors)]).toEqual([404, 404])
    readers.add(ana.id)
    system.clock.advance(2 * 3600_000)
    expect(await statusOf(url)).toBe(404)
    expect(await statusOf(await urlOf(id, ana.id))).toBe(200)
  })

  it('is as if it did not exist where that module does not run, the original too', async () => {
    const id = await attach(aLetter())
    readers.add(ana.id)
    const url = await urlOf(id, ana.id)
    expect([await statusOf(url), await statusOf(url, system.baseUrl)]).toEqual([200, 404])
    await expect(ana.api.media.original({ params: { media_id: id } })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('is gone when its time is over, kept by nobody for longer, and its files are taken away', async () => {
    const soon = new Date(system.clock.now() + 90_000)
    const id = await attach(aLetter(), soon)
    readers.add(ana.id)
    const url = await urlOf(id, ana.id)
    const answer = await answerOf(url)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, max-age=90'])
    system.clock.advance(90_000)
    expect([await statusOf(url), await urlOf(id, ana.id)]).toEqual([404, undefined])
    const collect = () => module.schedules[0]?.run(new AbortController().signal)
    const key = url?.match(/-(\w{8})\.webp/)?.[1] ?? ''
    expect(await objectsOf(key)).not.toEqual([])
    await collect()
    system.clock.advance(11 * 60_000)
    await collect()
    expect(await objectsOf(key)).toEqual([])
  })

  it('can be attached only where it is said who may see it', async () => {
    for (const subject of [postSubject(newId()), memberSubject(ana.id)])
      await expect(attach(subject)).rejects.toThrow(/nobody says who may see/)
  })

  async function objectsOf(recipeStart: string): Promise<string[]> {
    return (await system.storedKeys()).filter((key) => key.startsWith(`media/${recipeStart}`))
  }
})
