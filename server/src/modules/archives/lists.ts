import type { TSchema, UserId } from '@tintype/contract'
import type { DataSection } from '../personal.ts'
import type { ArchiveDeps } from './deps.ts'
import { fill } from './filling.ts'

/** Raised where the same fields would mean something else; fields are only ever added. */
export const FORMAT = 1

export const listName = ({ file }: DataSection): string => `data/${file}.json`
export const schemaName = ({ file }: DataSection): string => `schemas/${file}.schema.json`

/** All lists of an archive, by name. */
export const sectionsOf = ({ personal }: Pick<ArchiveDeps, 'personal'>): DataSection[] =>
  personal()
    .flatMap(({ sections }) => sections)
    .sort((one, other) => (one.file < other.file ? -1 : 1))

/** What is in a list, some at a time, with what its ids mean. */
export async function* entriesOf(
  deps: Pick<ArchiveDeps, 'members' | 'media' | 'graph'>,
  section: DataSection,
  member: UserId,
  signal: AbortSignal,
): AsyncGenerator<unknown[]> {
  for (let after: string | null = null, more = true; more; ) {
    signal.throwIfAborted()
    const { entries, next } = await section.page(member, after)
    await fill(deps, member, entries)
    yield entries
    more = next !== null
    after = next
  }
}

/** A list as a file: one JSON object, an entry a line. */
export async function* listText(
  section: DataSection,
  pages: AsyncIterable<unknown[]>,
): AsyncGenerator<string> {
  const head = {
    format: 'tintype-archive',
    version: FORMAT,
    schema: `../${schemaName(section)}`,
    about: section.about,
  }
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`
  let first = true
  for await (const entries of pages) {
    for (const entry of entries) {
      yield `${first ? '\n' : ',\n'}${JSON.stringify(entry)}`
      first = false
    }
  }
  yield '\n]}\n'
}

/** What a list is made of, as JSON Schema. */
export const schemaOf = (section: DataSection): TSchema & Record<string, unknown> => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: section.file,
  description: section.about,
  type: 'object',
  required: ['format', 'version', 'entries'],
  properties: {
    format: { const: 'tintype-archive' },
    version: { type: 'integer' },
    schema: { type: 'string' },
    about: { type: 'string' },
    entries: { type: 'array', items: section.entry },
  },
})
