import { useEffect, useRef, useState } from 'react'
import { record } from '../../../things/composing/record-film.ts'
import { randomKey } from '../../../upload/random-key.ts'
import type { Clip, Speed } from './take.ts'

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
