import { randomUUID } from 'node:crypto'
import type { ConversationId } from '@tintype/contract'
import { type Person, photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { barriers, barriersNow } from './axe.ts'
import { field, said, textsOf, write } from './pages/messages.ts'
import { openAndWait, quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const people: Record<string, Person> = {}
const named = (name: string): Person => {
  const person = people[name]
  if (!person) throw new Error(`nobody is called ${name}`)
  return person
}

const names = ['ana', 'ben', 'carla', 'dora', 'emil', 'frida'] as const
const stage = openStage(async (system) => {
  for (const person of await system.people(...names)) people[person.username] = person
  for (const one of names)
    for (const other of names)
      if (one !== other && other !== 'frida' && one !== 'frida') await named(one).follow(named(other))
  await system.settle()
})

const say = (by: string, id: ConversationId, text: string) =>
  named(by).api.messages.send({
    params: { conversation_id: id },
    body: { client_message_id: randomUUID(), text },
  })

async function between(...who: string[]): Promise<ConversationId> {
  const [first = '', ...others] = who
  const { conversation_id } = await named(first).api.conversations.create({ body: { usernames: others } })
  return conversation_id
}

const chat = (id: ConversationId) => `/direct/t/${id}`
/** Everything that was done has come to everybody. */
const settle = () => stage.settle()

it('what is typed is seen being typed, arrives, and is read', async () => {
  const id = await between('ana', 'ben')
  const ana = await stage.visit({ as: { username: 'ana' } })
  const ben = await stage.visit({ as: { username: 'ben' }, size: 'phone' })
  await openAndWait(ana, chat(id))
  await openAndWait(ben, chat(id))
  // Told of the moment, so it is repeated until the other end has joined.
  const text = `On my way ${randomUUID().slice(0, 8)}`
  const typing = ana.getByText('ben is typing')
  await expect
    .poll(
      async () => {
        await field(ben).press('x')
        return typing.isVisible()
      },
      { timeout: 30_000, interval: 1000 },
    )
    .toBe(true)
  await openAndWait(ana, '/')
  await write(ben, text)
  await settle()
  await ben.getByText('Delivered', { exact: true }).waitFor()
  const badge = ana.getByRole('link', { name: /^Messages/ }).first()
  await expect.poll(() => badge.textContent()).toContain('1')
  await badge.click()
  const row = ana.getByRole('list', { name: 'Conversations' }).getByRole('link').first()
  await row.getByText(text).waitFor()
  await row.click()
  await said(ana).getByText(text).waitFor()
  await settle()
  await ben.getByText('Seen', { exact: true }).waitFor()
  await expect.poll(() => badge.textContent()).not.toContain('1')
  await write(ana, 'See you there')
  await said(ben).getByText('See you there').waitFor()
})

it('a picture is described, sent, seen on the full screen, and back comes back to the conversation', async () => {
  const id = await between('carla', 'emil')
  const { bytes, content_type } = await photo(3)
  const carla = await stage.visit({ as: { username: 'carla' }, size: 'phone' })
  await openAndWait(carla, '/direct/inbox')
  await openAndWait(carla, chat(id))
  const chooser = carla.waitForEvent('filechooser')
  await carla.getByRole('button', { name: 'Add a photo or video' }).click()
  const file = { name: 'plate.png', mimeType: content_type, buffer: Buffer.from(bytes) }
  await (await chooser).setFiles(file)
  await carla.getByRole('button', { name: 'Describe plate.png' }).click()
  await carla.getByRole('textbox', { name: 'Describe plate.png' }).fill('A red door')
  expect(await barriersNow(carla, 'while a picture is described')).toEqual([])
  await carla.getByRole('button', { name: 'Done' }).click()
  await carla.getByRole('button', { name: 'Description of plate.png' }).waitFor()
  await carla.getByRole('button', { name: 'Send' }).click()
  await settle()
  const emil = await stage.visit({ as: { username: 'emil' } })
  await openAndWait(emil, chat(id))
  await said(emil).getByRole('img', { name: 'A red door' }).waitFor()
  for (const page of [carla, emil]) {
    await said(page).getByRole('button', { name: 'A red door' }).click()
    await page.getByRole('dialog').waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe(chat(id))
  }
})

it('what is written without a network waits, and goes out once and in order, though an answer was lost and the page left', async () => {
  const id = await between('carla', 'dora')
  const mark = randomUUID().slice(0, 6)
  const carla = await stage.visit({ as: { username: 'carla' } })
  const dora = await stage.visit({ as: { username: 'dora' } })
  await openAndWait(carla, chat(id))
  await openAndWait(dora, chat(id))
  await field(carla).waitFor()
  await carla.context().setOffline(true)
  for (const n of [1, 2, 3]) await write(carla, `${mark}-${n}`)
  await carla.getByText('Goes out when you are connected').first().waitFor()
  expect(await textsOf(carla, new RegExp(`${mark}-\\d`))).toEqual([1, 2, 3].map((n) => `${mark}-${n}`))
  await carla.context().setOffline(false)
  await said(dora).getByText(`${mark}-3`).waitFor()
  // The server has the fourth, and its answer never comes; then the page is left.
  await carla.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    await route.fetch().catch(() => undefined)
    await route.abort()
  })
  await write(carla, `${mark}-4`)
  await said(dora).getByText(`${mark}-4`).waitFor()
  await carla.unroute('**/messages')
  await openAndWait(carla, '/')
  await openAndWait(carla, chat(id))
  await write(carla, `${mark}-5`)
  await said(dora).getByText(`${mark}-5`).waitFor()
  const all = [1, 2, 3, 4, 5].map((n) => `${mark}-${n}`)
  for (const page of [carla, dora]) expect(await textsOf(page, new RegExp(`${mark}-\\d`))).toEqual(all)
  await carla.getByText('Sending').waitFor({ state: 'detached' })
})

it('an answer to a story comes into its author’s inbox', async () => {
  const story = await named('ana').story({
    photo: await photo(7, { width: 360, height: 640 }),
    alt_text: 'The pier',
  })
  await settle()
  const text = `Where is this ${randomUUID().slice(0, 6)}`
  const emil = await stage.visit({ as: { username: 'emil' }, size: 'phone' })
  await openAndWait(emil, `/stories/ana/${story.story_id}`)
  await emil.getByRole('img', { name: 'The pier' }).waitFor()
  await emil.getByRole('textbox', { name: 'Reply to ana…' }).fill(text)
  await emil.getByRole('button', { name: 'Send', exact: true }).click()
  await emil.getByText('Reply sent').waitFor()
  await settle()
  const ana = await stage.visit({ as: { username: 'ana' } })
  await openAndWait(ana, '/direct/inbox')
  await ana.getByRole('link', { name: new RegExp(text) }).click()
  await said(ana).getByText(text).waitFor()
  await said(ana).getByText('Replied to your story').first().waitFor()
})

describe('a long conversation', () => {
  /** Which message is in the middle of the screen, and how far from the top. */
  const middle = (page: Page) =>
    said(page).evaluate((box) => {
      const { top, height } = box.getBoundingClientRect()
      for (const row of box.querySelectorAll('li')) {
        const place = row.getBoundingClientRect()
        const text = row.textContent?.match(/Plate \d+/)?.[0]
        if (text && place.bottom > top + height / 2) return { text, at: place.top }
      }
      return { text: '', at: 0 }
    })
  const placeOf = (page: Page, text: string) =>
    said(page)
      .locator('li', { hasText: new RegExp(`${text}\\b`) })
      .evaluate((row) => row.getBoundingClientRect().top)

  it('stays where it is when older messages come above, and when new ones come below', async () => {
    const id = await between('dora', 'emil')
    for (let n = 1; n <= 130; n++)
      await say(
        n % 3 ? 'dora' : 'emil',
        id,
        `Plate ${n}${n % 4 ? '' : ', and what there is to say of it at some length. '.repeat(n % 7)}`,
      )
    const page = await stage.visit({ as: { username: 'emil' } })
    await openAndWait(page, chat(id))
    await said(page).getByText('Plate 130').waitFor()
    await quiet(page)
    const holdTime = Promise.withResolvers<void>()
    await page.route('**/messages?*', async (route) => {
      await holdTime.promise
      await route.fallback()
    })
    await said(page).evaluate((box) => {
      box.scrollTop = 40
    })
    await quietButFor(page)
    const before = await middle(page)
    expect(before.text).not.toBe('')
    const height = await said(page).evaluate((box) => box.scrollHeight)
    holdTime.resolve()
    await expect.poll(() => said(page).evaluate((box) => box.scrollHeight)).toBeGreaterThan(height)
    await quiet(page)
    expect(Math.abs((await placeOf(page, before.text)) - before.at)).toBeLessThanOrEqual(2)
    await say('dora', id, 'Plate 131')
    await page.getByRole('button', { name: '1 new message' }).waitFor()
    expect(Math.abs((await placeOf(page, before.text)) - before.at)).toBeLessThanOrEqual(2)
    await page.getByRole('button', { name: '1 new message' }).click()
    await said(page).getByText('Plate 131').waitFor()
    await page.getByRole('button', { name: /new message|newest/ }).waitFor({ state: 'detached' })
  }, 120_000)

  /** What was scrolled to is drawn, though a page is still on its way. */
  const quietButFor = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => resolve()))),
        ),
    )
})

describe.each<Size>(['desktop', 'phone'])('no barrier, on a %s', (size) => {
  it('in the inbox, a conversation and what opens over it', async () => {
    const id = await between('ben', 'carla')
    const answer = `And an answer ${randomUUID().slice(0, 6)}`
    await say('carla', id, 'A word, and https://example.org/plates')
    const { message_id } = await say('ben', id, answer)
    await named('carla').api.messages.react({
      params: { conversation_id: id, message_id },
      body: { emoji: '👏' },
    })
    const { conversation_id: group } = await named('ben').api.conversations.create({
      body: { usernames: ['ana', 'carla', 'dora'], name: `Plates ${size}` },
    })
    await say('dora', group, 'Who brings the stand?')
    await say('frida', await between('frida', 'ben'), 'May I ask you something?')
    await settle()
    const page = await stage.visit({ as: { username: 'ben' }, size })
    const look = async (name: string) => expect(await barriers(page, `${name}, ${size}`)).toEqual([])
    await openAndWait(page, '/direct/inbox')
    await page.getByRole('list', { name: 'Conversations' }).getByRole('link').first().waitFor()
    await look('inbox')
    await page.getByRole('button', { name: 'New message' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /carla/ }).click()
    await look('new message')
    await page.keyboard.press('Escape')
    await openAndWait(page, chat(id))
    await said(page).getByText(answer).waitFor()
    await look('conversation')
    await page.getByRole('button', { name: 'Options of your message' }).last().press('Enter')
    await page.getByRole('dialog', { name: 'Message' }).waitFor()
    await look('options')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Search in the conversation' }).click()
    await page.getByRole('searchbox').fill(answer)
    await page.getByRole('dialog').getByRole('button', { name: answer }).waitFor()
    await look('search')
    await openAndWait(page, chat(group))
    await said(page).getByText('Who brings the stand?').waitFor()
    await page.getByRole('button', { name: 'Details of the conversation' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    await page.getByRole('button', { name: 'Copy link' }).waitFor()
    await look('details')
    await openAndWait(page, '/direct/requests')
    await page.getByRole('list', { name: 'Message requests' }).getByRole('link').first().click()
    await page.getByRole('button', { name: 'Accept' }).waitFor()
    await look('request')
    await openAndWait(page, '/settings/messages')
    await page.getByRole('switch', { name: 'Read receipts' }).waitFor()
    await look('settings')
  }, 180_000)

  it('where there is nothing yet, and on an invitation', async () => {
    const { conversation_id } = await named('emil').api.conversations.create({
      body: { usernames: ['ana', 'dora'], name: 'The bridge' },
    })
    const { code } = await named('emil').api.conversations.invite({ params: { conversation_id } })
    const [newcomer] = await stage.system.people(`new.${randomUUID().slice(0, 8)}`)
    const page = await stage.visit({ as: newcomer, size })
    const look = async (name: string) => expect(await barriers(page, `${name}, ${size}`)).toEqual([])
    await openAndWait(page, '/direct/inbox')
    await page.getByText('Nothing in the tray yet').waitFor()
    await look('empty inbox')
    await openAndWait(page, `/direct/join/${code}`)
    await page.getByRole('button', { name: 'Join' }).waitFor()
    await look('invitation')
    await page.getByRole('button', { name: 'Join' }).click()
    await field(page).waitFor()
  }, 120_000)
})
