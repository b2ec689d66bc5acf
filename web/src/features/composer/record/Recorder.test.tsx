import 'fake-indexeddb/auto'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, it, vi } from 'vitest'
import { composerUnderTest } from '../composer-under-test.tsx'
import Recorder from './Recorder.tsx'

class FakeRecorder extends EventTarget {
  static isTypeSupported = () => true
  state = 'inactive'
  mimeType = 'video/webm'
  start = () => {
    this.state = 'recording'
    this.dispatchEvent(new Event('start'))
  }
  stop = () => {
    this.state = 'inactive'
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['film']) }))
    this.dispatchEvent(new Event('stop'))
  }
}
const joined = vi.hoisted(() => vi.fn())
vi.mock('./join-clips.ts', () => ({ joinClips: joined, NotAlike: class extends Error {} }))

/** An MP4 by its first bytes. */
const film = new File(
  [new Uint8Array([0, 0, 0, 16, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d, 0, 0, 0, 0])],
  'r.mp4',
)

/** Milliseconds that the clock is ahead. */
let later = 0

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  vi.stubGlobal('navigator', {
    ...navigator,
    mediaDevices: { getUserMedia: async () => ({ getTracks: () => [] }) },
  })
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    configurable: true,
    value: null,
    writable: true,
  })
  later = 0
  // What comes out of this database is no file for jsdom.
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:film')
  const real = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => real() + later)
  return () => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }
})

async function open() {
  const composer = composerUnderTest()
  const view = await composer.show(<Recorder onBack={vi.fn()} />)
  const button = async () => screen.findByRole('button', { name: 'Record' })
  await waitFor(async () => expect(await button()).toHaveProperty('disabled', false))
  return { ...composer, ...view, button }
}

it('records while it is held, or from tap to tap; what is recorded is there after a reload, cut, moved and deleted', async () => {
  const { button, user, unmount } = await open()
  // Held.
  fireEvent.pointerDown(await button(), { button: 0 })
  const on = await screen.findByRole('button', { name: 'Stop' })
  later += 1000
  fireEvent.pointerUp(on)
  await screen.findByRole('button', { name: /^Clip 1/ })
  // Tapped, by a key: twice as fast.
  await user.click(screen.getByRole('radio', { name: '2×' }))
  fireEvent.click(await button())
  const second = await screen.findByRole('button', { name: 'Stop' })
  later += 3000
  fireEvent.click(second)
  await user.click(await screen.findByRole('button', { name: /^Clip 2/ }))
  await user.click(screen.getByRole('button', { name: 'Move clip 2 earlier' }))
  expect(screen.getByRole('button', { name: 'Move clip 1 later' })).toBeTruthy()
  fireEvent.change(screen.getByRole('slider', { name: 'Clip 1 begins at' }), { target: { value: '0.1' } })
  unmount()

  const again = await open()
  await screen.findByRole('button', { name: /^Clip 2/ })
  await again.user.click(screen.getByRole('button', { name: 'Delete last clip' }))
  expect(screen.queryByRole('button', { name: /^Clip 2/ })).toBeNull()
  joined.mockImplementation(async (clips) => {
    expect(clips).toMatchObject([{ speed: 2, from: 0.1 }])
    return { file: film, places: [{ offset: 0, seconds: 5 }] }
  })
  await again.user.click(screen.getByRole('button', { name: 'Next' }))
  await waitFor(() => expect(again.session.draft.get()).toMatchObject({ step: 'crop', asReel: true }))
  expect(again.shots()[0]?.cut.clips).toMatchObject([{ start_ms: 100, speed: 2 }])
})

it('counts down before it begins, and can be stopped before', async () => {
  const { button, user } = await open()
  await user.click(screen.getByRole('radio', { name: '3 seconds' }))
  fireEvent.click(await button())
  await screen.findByRole('status', { name: 'Recording in 3 seconds' })
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }))
  await button()
  expect(screen.queryByRole('button', { name: /^Clip/ })).toBeNull()
})
