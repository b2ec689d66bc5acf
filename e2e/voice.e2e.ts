import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { barriersNow } from './axe.ts'
import { said } from './pages/messages.ts'
import { openAndWait } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage(async () => {})

it('a voice note is spoken, sent, and heard by the other', async () => {
  const mark = randomUUID().slice(0, 8)
  const [ana, ben] = await stage.system.people(`ana.${mark}`, `ben.${mark}`)
  await ana.follow(ben)
  await ben.follow(ana)
  await stage.settle()
  const usernames = [ben.username]
  const { conversation_id } = await ana.api.conversations.create({ body: { usernames } })
  const path = `/direct/t/${conversation_id}`
  const speaker = await stage.visit({ as: ana, size: 'phone' })
  await openAndWait(speaker, path)
  // One that is thrown away is not sent.
  await speaker.getByRole('button', { name: 'Record a voice note' }).click()
  await speaker.getByRole('button', { name: 'Discard the recording' }).click()
  await speaker.getByRole('button', { name: 'Record a voice note' }).click()
  await speaker.getByRole('timer', { name: 'Recording, 0:02' }).waitFor()
  expect(await barriersNow(speaker, 'while one speaks')).toEqual([])
  await speaker.getByRole('button', { name: 'Send the recording' }).click()
  await said(speaker)
    .getByRole('figure', { name: /^Voice note, 0:0\d$/ })
    .waitFor()
  await stage.settle()

  const hearer = await stage.visit({ as: ben })
  await openAndWait(hearer, path)
  const notes = said(hearer).getByRole('figure', { name: /^Voice note, 0:0\d$/ })
  await notes.first().waitFor()
  expect(await notes.count()).toBe(1)
  // It beeps: some of the bars are louder than silence.
  const heights = await notes
    .locator('[aria-hidden]')
    .evaluateAll((bars) =>
      bars.flatMap((bar) => (bar instanceof HTMLElement ? [Number.parseFloat(bar.style.blockSize)] : [])),
    )
  expect(Math.max(...heights)).toBeGreaterThan(30)
  expect(await barriersNow(hearer, 'a voice note')).toEqual([])
  await notes.getByRole('button', { name: 'Play the voice note' }).click()
  const place = () => notes.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime)
  await expect.poll(place, { timeout: 20_000 }).toBeGreaterThan(0.5)
})
