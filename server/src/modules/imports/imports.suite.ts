import type { Import, ImportItem } from '@tintype/contract'
import { type Person, photo, type TestSystem } from '@tintype/testkit'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import sharp from 'sharp'

type Content = Buffer | string | object
/** The files of an archive, by name; what is an object is written as JSON. */
export type Files = Record<string, Content>

export async function zipOf(files: Files): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false })
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.isBuffer(content)
      ? content
      : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
    await writer.add(name, new Uint8ArrayReader(new Uint8Array(bytes)), {
      lastModDate: new Date('2019-07-01T12:00:00Z'),
    })
  }
  return Buffer.from(await writer.close())
}

/** Sends an archive, and has it looked through. */
export async function send(baseUrl: string, person: Person, bytes: Buffer) {
  const { import: made, part_size, parts } = await person.api.imports.create({ body: { size: bytes.length } })
  for (const { part_number, url } of parts) {
    const body = new Uint8Array(bytes.subarray((part_number - 1) * part_size, part_number * part_size))
    const reply = await fetch(new URL(url, baseUrl), { method: 'PUT', body })
    if (!reply.ok) throw new Error(`PUT answered ${reply.status}: ${await reply.text()}`)
  }
  const params = { import_id: made.import_id }
  await person.api.imports.check({ params })
  return params
}

/** The same, and answers what would be imported. */
export async function bring(system: TestSystem, person: Person, bytes: Buffer): Promise<Import> {
  const params = await send(system.baseUrl, person, bytes)
  await system.settle()
  return person.api.imports.get({ params })
}

/** The same, and imports it. */
export async function bringIn(system: TestSystem, person: Person, bytes: Buffer): Promise<Import> {
  const { import_id, state } = await bring(system, person, bytes)
  if (state === 'checked') await person.api.imports.run({ params: { import_id } })
  await system.settle()
  return person.api.imports.get({ params: { import_id } })
}

export const itemsOf = async (person: Person, { import_id }: Import): Promise<ImportItem[]> =>
  (await person.api.imports.items({ params: { import_id }, query: { limit: 50 } })).items

/** What is on a member's profile, newest first. */
export async function profileOf(person: Person, of = person) {
  const { items } = await person.api.feed.user({ params: { username: of.username }, query: { limit: 50 } })
  return items.map(({ caption, created_at, media, location }) => ({
    caption,
    at: created_at.slice(0, 19),
    pictures: media.length,
    place: location?.name ?? null,
  }))
}

let seed = 500
/** A small picture, another one each time. */
export async function picture({
  format = 'jpeg',
}: {
  format?: 'jpeg' | 'png' | 'webp'
} = {}): Promise<Buffer> {
  const { bytes } = await photo(seed++, { width: 64, height: 48, format: 'png' })
  return sharp(bytes)[format]().toBuffer()
}

/** As Instagram writes texts: each byte of their UTF-8 as a letter. */
export const garbled = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

export const seconds = (time: string): number => Date.parse(time) / 1000
