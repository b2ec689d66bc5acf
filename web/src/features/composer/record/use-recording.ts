import { useEffect, useRef, useState } from 'react'
import { randomKey } from '../../../upload/random-key.ts'
import type { Clip, Speed } from './take.ts'

/** Best first: what the device encodes by itself, then what is light to encode. */
const TYPES = [
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4',
]
export const recordedType = (): string | undefined =>
  typeof MediaRecorder === 'undefined' ? undefined : TYPES.find((type) => MediaRecorder.isTypeSupported(type))

const BIT_RATE = 6_000_000
const SECOND = 1000

export type Recording =
  | { state: 'idle' }
  | { state: 'counting'; left: number }
  | { state: 'on'; since: number }

interface Terms {
  stream: MediaStream | undefined
  /** Seconds until it begins. */
  timer: number
  speed: Speed
  /** Seconds of the camera's time that there is room for. */
  room: number
  onClip: (clip: Clip) => void
}

/** Records clips, one after the other. */
export function useRecording({ stream, timer, speed, room, onClip }: Terms) {
  const [recording, setRecording] = useState<Recording>({ state: 'idle' })
  const stopping = useRef<() => void>(undefined)
  const told = useRef(onClip)
  useEffect(() => {
    told.current = onClip
  })
  useEffect(() => () => stopping.current?.(), [])

  const begin = (from: MediaStream) => {
    stopping.current = record(from, room, (blob, seconds) => {
      stopping.current = undefined
      setRecording({ state: 'idle' })
      told.current({ id: randomKey(), blob, seconds, speed, from: 0, to: seconds })
    })
    setRecording({ state: 'on', since: performance.now() })
  }
  const count = (from: MediaStream, left: number) => {
    if (left === 0) return begin(from)
    setRecording({ state: 'counting', left })
    const again = setTimeout(() => count(from, left - 1), SECOND)
    stopping.current = () => {
      clearTimeout(again)
      stopping.current = undefined
      setRecording({ state: 'idle' })
    }
  }
  const start = () => {
    if (stream && !stopping.current && room > 0) count(stream, timer)
  }
  const stop = () => stopping.current?.()
  return { recording, start, stop }
}

/** Answers the way to stop; it stops by itself when there is no more room, or no more picture. */
function record(stream: MediaStream, room: number, done: (blob: Blob, seconds: number) => void): () => void {
  const type = recordedType()
  const recorder = new MediaRecorder(stream, {
    ...(type !== undefined && { mimeType: type }),
    videoBitsPerSecond: BIT_RATE,
  })
  const parts: Blob[] = []
  let since = performance.now()
  recorder.addEventListener('start', () => {
    since = performance.now()
  })
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size > 0) parts.push(data)
  })
  let seconds = 0
  const stop = () => {
    seconds = Math.min(room, (performance.now() - since) / SECOND)
    if (recorder.state !== 'inactive') recorder.stop()
  }
  const full = setTimeout(stop, room * SECOND)
  recorder.addEventListener('stop', () => {
    clearTimeout(full)
    seconds ||= (performance.now() - since) / SECOND
    done(new Blob(parts, { type: recorder.mimeType }), seconds)
  })
  recorder.start()
  return stop
}
