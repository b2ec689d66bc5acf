import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import MailComposer from 'nodemailer/lib/mail-composer'
import { composed, type Sender } from '../compose.ts'
import type { Mail, Mailer, MailFolder, MailOutcome, WrittenMail } from '../port.ts'

export interface FolderOptions extends Sender {
  directory: string
}

/** Mails are kept for thirty days, and the last thousand of them: they hold links that open accounts. */
const KEPT_MS = 30 * 86_400_000
const KEPT = 1000
const NAME = /^[\w.-]{1,120}$/

/**
 * Writes each mail as a file `<id>.eml`, which any mail program opens, and beside it `<id>.json`, what the owner reads here. A mail is there
 * once the second file is: both are named after they are whole, and the same mail again changes nothing.
 */
export class MailFiles implements Mailer, MailFolder {
  readonly #options: FolderOptions
  #written = 0

  private constructor(options: FolderOptions) {
    this.#options = options
  }

  static async open(options: FolderOptions): Promise<MailFiles> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 })
    const folder = new MailFiles(options)
    await folder.#prune()
    return folder
  }

  async send(mail: Mail): Promise<MailOutcome> {
    if (!NAME.test(mail.id)) throw new Error(`"${mail.id}" cannot name a mail`)
    const { now } = this.#options
    if (await exists(this.#path(`${mail.id}.json`))) return 'taken'
    const options = composed(mail, this.#options)
    const at = now()
    await this.#write(`${mail.id}.eml`, await new MailComposer(options).compile().build(), at)
    const written: WrittenMail = {
      id: mail.id,
      to: options.to.address,
      subject: options.subject,
      text: mail.text,
      at,
    }
    await this.#write(`${mail.id}.json`, Buffer.from(JSON.stringify(written)), at)
    if (++this.#written % 100 === 0) await this.#prune()
    return 'taken'
  }

  async list(limit: number): Promise<WrittenMail[]> {
    const newest = (await this.#ids()).slice(0, limit)
    const read = await Promise.all(newest.map(({ id }) => this.#read(id)))
    return read.filter((mail) => mail !== undefined)
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #read(id: string): Promise<WrittenMail | undefined> {
    try {
      return JSON.parse(await readFile(this.#path(`${id}.json`), 'utf8')) as WrittenMail
    } catch (error) {
      // Taken away by whoever prunes at the same time.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  /** Newest first. */
  async #ids(): Promise<{ id: string; at: number }[]> {
    const names = (await readdir(this.#options.directory)).filter((name) => name.endsWith('.json'))
    const dated = await Promise.all(
      names.map(async (name) => {
        const found = await stat(this.#path(name)).catch(() => undefined)
        return found ? [{ id: name.slice(0, -'.json'.length), at: found.mtimeMs }] : []
      }),
    )
    return dated.flat().sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  }

  async #prune(): Promise<void> {
    const until = this.#options.now() - KEPT_MS
    const gone = (await this.#ids()).filter(({ at }, index) => index >= KEPT || at < until)
    for (const { id } of gone)
      for (const name of [`${id}.json`, `${id}.eml`]) await rm(this.#path(name), { force: true })
  }

  async #write(name: string, bytes: Buffer, at: number): Promise<void> {
    const draft = this.#path(`${name}.${randomBytes(6).toString('hex')}.tmp`)
    await writeFile(draft, bytes, { mode: 0o600, flush: true })
    await utimes(draft, new Date(at), new Date(at))
    await rename(draft, this.#path(name))
  }

  #path(name: string): string {
    return join(this.#options.directory, name)
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
