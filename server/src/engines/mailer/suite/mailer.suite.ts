import type { ParsedMail } from 'mailparser'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Mail, Mailer } from '../port.ts'

export interface MailStore {
  /** One more instance on the same backing store. */
  open(): Promise<Mailer>
  /** What has arrived, parsed by a library of the other side; oldest first. */
  received(): Promise<ParsedMail[]>
  dispose(): Promise<void>
}

export const aMail = (fields: Partial<Mail> = {}): Mail => ({
  id: 'first-1',
  to: { address: 'ana@example.org', name: 'Ana Ng' },
  subject: 'Hello',
  text: 'Hello, Ana.\n\nA line.\n.\n.. two dots\n',
  html: '<p>Hello, <b>Ana</b>.</p>',
  ...fields,
})

/** What every adapter of the Mailer port must do. Two instances share one backing store, as two processes would. */
export function testMailer(name: string, createStore: () => Promise<MailStore>): void {
  describe(`Mailer: ${name}`, () => {
    let store: MailStore
    let one: Mailer
    let two: Mailer
    beforeEach(async () => {
      store = await createStore()
      one = await store.open()
      two = await store.open()
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store.dispose()
    })
    const arrived = async (mail: Mail): Promise<ParsedMail> => {
      expect(await one.send(mail)).toBe('taken')
      const found = (await store.received()).find(({ messageId }) => messageId?.startsWith(`<${mail.id}@`))
      if (!found) throw new Error(`${mail.id} did not arrive`)
      return found
    }

    test('a mail arrives as it was written, in any script', async () => {
      const mail = await arrived(
        aMail({
          to: { address: 'ana@example.org', name: 'Ána "the 📷" Ng, Esq.' },
          subject: 'Zwölf Größen 📷, 写真',
          text: `${'a long line '.repeat(200)}\nΕλληνικά\n`,
        }),
      )
      expect(mail.subject).toBe('Zwölf Größen 📷, 写真')
      expect(mail.text?.trim()).toBe(`${'a long line '.repeat(200)}\nΕλληνικά`.trim())
      expect(mail.html).toContain('<b>Ana</b>')
      const [to] = [mail.to].flat()
      expect(to?.value).toEqual([{ address: 'ana@example.org', name: 'Ána "the 📷" Ng, Esq.' }])
      expect(mail.from?.value).toEqual([{ address: 'club@example.org', name: 'The Photo Club' }])
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    })

    test('a line that is only a dot ends nothing', async () => {
      const mail = await arrived(aMail())
      expect(mail.text).toContain('A line.\n.\n.. two dots')
    })

    test('pictures come along, and the page shows them by their names', async () => {
      const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 251))
      const mail = await arrived(
        aMail({
          html: '<img src="cid:p1.jpg" alt="A mill">',
          pictures: [{ name: 'p1.jpg', contentType: 'image/jpeg', bytes }],
        }),
      )
      expect(mail.attachments).toHaveLength(1)
      expect(mail.attachments[0]).toMatchObject({ contentType: 'image/jpeg', cid: 'p1.jpg' })
      expect(mail.attachments[0]?.content.equals(bytes)).toBe(true)
    })

    test('nothing that people wrote becomes a header', async () => {
      const evil = 'Hi\r\nBcc: everybody@example.org\r\n\r\nNew body'
      const mail = await arrived(aMail({ subject: evil, to: { address: 'ana@example.org', name: evil } }))
      expect(mail.headers.has('bcc')).toBe(false)
      expect(mail.subject).toBe('Hi Bcc: everybody@example.org New body')
      expect(mail.text).toContain('Hello, Ana.')
    })

    test('one mail sent by two is known as one', async () => {
      expect(await Promise.all([one.send(aMail()), two.send(aMail())])).toEqual(['taken', 'taken'])
      const ids = new Set((await store.received()).map((mail) => mail.messageId))
      expect([...ids]).toEqual(['<first-1@example.org>'])
    })

    test('mails of one subject are one thread', async () => {
      const first = await arrived(aMail({ id: 'a', thread: 'post-1' }))
      const second = await arrived(aMail({ id: 'b', thread: 'post-1' }))
      const other = await arrived(aMail({ id: 'c', thread: 'post-2' }))
      expect(first.references).toBe('<thread.post-1@example.org>')
      expect(second.references).toBe(first.references)
      expect(second.inReplyTo).toBe(first.references)
      expect(other.references).not.toBe(first.references)
      expect((await arrived(aMail({ id: 'd' }))).references).toBeUndefined()
    })

    test('says where one click ends it, where it says so', async () => {
      const url = 'https://photos.example.org/unsubscribe?token=abc.def'
      const mail = await arrived(aMail({ id: 'a', unsubscribe: url }))
      const lines = new Map(mail.headerLines.map(({ key, line }) => [key, line]))
      expect(lines.get('list-unsubscribe')?.replace(/\s+/g, ' ')).toBe(`List-Unsubscribe: <${url}>`)
      expect(lines.get('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
      const plain = await arrived(aMail({ id: 'b' }))
      expect(plain.headerLines.some(({ key }) => key.startsWith('list-'))).toBe(false)
    })

    test('a hundred at once all arrive', async () => {
      const mails = Array.from({ length: 100 }, (_, at) => aMail({ id: `m-${at}` }))
      await Promise.all(mails.map((mail, at) => (at % 2 ? one : two).send(mail)))
      expect(new Set((await store.received()).map((mail) => mail.messageId)).size).toBe(100)
    })
  })
}
