import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What signs tokens and links: made at the first start, whole or not at all, and kept for this user's eyes. */
export async function keepSecret(dir: string): Promise<string> {
  const file = join(dir, 'secret')
  const found = await readFile(file, 'utf8').catch(() => undefined)
  if (found !== undefined) return found.trim()
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
  // A process that starts beside this one may have been first; then its secret is the one.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  return (await readFile(file, 'utf8')).trim()
}
