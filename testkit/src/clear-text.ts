import { everythingIn } from './sql.ts'

/** A text as it may be written into a database: as it is, in an address, in bytes. */
const spellings = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('hex'),
  Buffer.from(text)
    .toString('base64')
    .replace(/..?==?$|...$/, ''),
]

/** Rows of any table that hold one of these texts, in either case. */
export async function rowsWith(url: string, texts: readonly string[]): Promise<string[]> {
  const sought = texts.flatMap(spellings).map((text) => text.toLowerCase())
  const rows = (await everythingIn(url)).split('\n')
  return rows.filter((row) => sought.some((text) => row.toLowerCase().includes(text)))
}
