import { renderHook, waitFor } from '@testing-library/react'
import type { LiveId } from '@tintype/contract'
import { afterEach, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { useBroadcast } from './use-broadcast.ts'
import { usePicture } from './use-picture.ts'

afterEach(() => vi.unstubAllGlobals())

class FakeRecorder extends EventTarget {
  static isTypeSupported = () => true
  state = 'inactive'
  start = () => undefined
  stop = () => undefined
}
/** Closes for the reason that is next; opens where there is none. */
function sockets(...reasons: string[]): void {
  class FakeSocket extends EventTarget {
    static OPEN = 1
    constructor() {
      super()
      const reason = reasons.shift()
      const event = reason === undefined ? new Event('open') : Object.assign(new Event('close'), { reason })
      queueMicrotask(() => this.dispatchEvent(event))
    }
    close = () => undefined
  }
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  vi.stubGlobal('WebSocket', FakeSocket)
}

it.each([
  ['live_full', 'full'],
  ['media_corrupt', 'lost'],
  ['live_fed_already', 'stopped'],
])('closed for %s a host is told %s', async (reason, told) => {
  sockets(reason)
  fakeApi({ 'live.intake': async () => ({ url: '/live/1/intake', video_bit_rate: 1, longest: 60 }) })
  const stream = {} as MediaStream
  const { result, unmount } = renderHook(() => useBroadcast('1' as LiveId, stream))
  await waitFor(() => expect(result.current).toBe(told))
  unmount()
})

it('a picture that is stopped from outside is no picture any more', async () => {
  const track = Object.assign(new EventTarget(), { stop: vi.fn() })
  const stream = { getVideoTracks: () => [track], getAudioTracks: () => [], getTracks: () => [track] }
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: async () => stream } })
  const { result } = renderHook(() => usePicture('camera', true))
  await waitFor(() => expect(result.current.stream).toBe(stream))
  track.dispatchEvent(new Event('ended'))
  await waitFor(() => expect(result.current).toEqual({ stream: undefined, failed: true }))
})
