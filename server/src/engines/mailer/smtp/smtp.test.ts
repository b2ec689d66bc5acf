import { once } from 'node:events'
import { createServer } from 'node:net'
import { inspect } from 'node:util'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect, test } from 'vitest'
import type { Mailer } from '../port.ts'
import { aMail, testMailer } from '../suite/mailer.suite.ts'
import { openSmtp } from './smtp.ts'

const sender = { from: { name: 'The Photo Club', address: 'club@example.org' }, now: () => Date.now() }

interface MailServer extends AsyncDisposable {
  url: string
  mails: Buffer[]
  port: number
}

/** A mail server on this machine. */
async function mailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const mails: Buffer[] = []
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 50,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks))
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listener = server.listen(port, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  const at = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${at}`,
    mails,
    port: at,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

testMailer('SMTP', async () => {
  const server = await mailServer()
  return {
    open: async () => openSmtp({ ...sender, url: server.url }),
    received: () => Promise.all(server.mails.map((mail) => simpleParser(mail))),
    async dispose() {
      await server[Symbol.asyncDispose]()
    },
  }
})

const refusing = (responseCode: number): SMTPServerOptions => ({
  onRcptTo({ address }, _session, done) {
    done(Object.assign(new Error(`<${address}> is not here`), { responseCode }))
  },
})

test('a mailbox that does not exist refuses for good; a full one is tried again', async () => {
  await using gone = await mailServer(refusing(550))
  await using full = await mailServer(refusing(452))
  await using toGone = openSmtp({ ...sender, url: gone.url })
  await using toFull = openSmtp({ ...sender, url: full.url })
  expect(await toGone.send(aMail())).toBe('refused')
  const failure = await toFull.send(aMail()).catch((error) => error)
  expect(failure).toMatchObject({ code: 'unavailable', cause: { responseCode: 452 } })
  // What is logged of it names nobody.
  expect(failure.cause.message).toContain('[address]')
  expect(inspect(failure)).not.toContain(aMail().to.address)
})

test('a wrong password keeps the mails waiting: the owner will mend it', async () => {
  await using server = await mailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth(_auth, _session, done) {
      done(Object.assign(new Error('no'), { responseCode: 535 }))
    },
  })
  await using mailer = openSmtp({ ...sender, url: server.url.replace('//', '//ana:wrong@') })
  await expect(mailer.send(aMail())).rejects.toMatchObject({ code: 'unavailable' })
})

test('a server that takes the connection and says nothing is given up', async () => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  const url = `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const mailer: Mailer = openSmtp({ ...sender, url, patienceMs: 300 })
  const began = performance.now()
  await expect(mailer.send(aMail())).rejects.toMatchObject({ code: 'unavailable' })
  expect(performance.now() - began).toBeLessThan(5000)
  await mailer[Symbol.asyncDispose]()
  silent.close()
})

test('goes on by itself when the server was away', async () => {
  const first = await mailServer()
  await using mailer = openSmtp({ ...sender, url: first.url })
  expect(await mailer.send(aMail({ id: 'a' }))).toBe('taken')
  await first[Symbol.asyncDispose]()
  await expect(mailer.send(aMail({ id: 'b' }))).rejects.toMatchObject({ code: 'unavailable' })
  await using second = await mailServer({}, first.port)
  expect(await mailer.send(aMail({ id: 'b' }))).toBe('taken')
  expect(second.mails).toHaveLength(1)
})
