import type { Person, TestSystem } from '@tintype/testkit'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'

/** The bytes behind a link. */
export async function download(system: TestSystem, url: string, range?: string): Promise<Buffer> {
  const reply = await fetch(system.baseUrl + url, range ? { headers: { range } } : {})
  if (!reply.ok) throw new Error(`${reply.status}`)
  return Buffer.from(await reply.arrayBuffer())
}

/** By name; every checksum is looked at. */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes)), { checkSignature: true })
  const files = new Map<string, Buffer>()
  for (const entry of await reader.getEntries())
    if (!entry.directory) files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())))
  return files
}

export const textOf = (files: ReadonlyMap<string, Buffer>, name: string): string => {
  const bytes = files.get(name)
  if (!bytes) throw new Error(`there is no ${name} among ${[...files.keys()].join(', ')}`)
  return bytes.toString()
}

/** What is in a list of an archive. */
export const listOf = (files: ReadonlyMap<string, Buffer>, file: string): unknown[] =>
  JSON.parse(textOf(files, `data/${file}.json`)).entries

/** Mails to a member, newest first. */
export const mailsTo = async (system: TestSystem, { username }: Person) =>
  ((await system.engines.mailFolder?.list(100)) ?? []).filter(({ to }) => to.includes(`${username}@`))

/** Follows the link that was sent to their address. */
export async function proveAddress(system: TestSystem, person: Person): Promise<void> {
  await system.settle()
  const mails = await mailsTo(system, person)
  const [, token = ''] = mails.flatMap(({ text }) => /verify-email\?token=([\w.-]+)/.exec(text) ?? [])
  await person.api.accounts.verifyEmail({ body: { token } })
}
