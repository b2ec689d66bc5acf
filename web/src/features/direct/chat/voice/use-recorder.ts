import { limits } from '@tintype/contract'
import { useEffect, useRef, useState } from 'react'
import { toast } from '../../../../ui/toast.ts'
import { t } from './messages.ts'

interface Recording {
  recorder: MediaRecorder
  stream: MediaStream
  pieces: Blob[]
  startedAt: number
}

/** Small, and made by some browser; the server makes one kind of all of them. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
const BITS = 48_000

/** The microphone, while somebody speaks. `send`: told what was said when they are through. */
export function useRecorder(send: (voice: Blob) => void) {
  const [seconds, setSeconds] = useState<number | null>(null)
  const running = useRef<Recording>(undefined)
  const isWanted = useRef(false)

  const begin = async () => {
    if (running.current || isWanted.current) return
    isWanted.current = true
    const stream = await openMicrophone()
    // Given up while the browser asked.
    if (!stream || !isWanted.current) {
      isWanted.current = false
      return stop(stream)
    }
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS, ...(mimeType && { mimeType }) })
    const pieces: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && pieces.push(data))
    // In pieces, so that little is lost should the page be.
    recorder.start(1000)
    running.current = { recorder, stream, pieces, startedAt: performance.now() }
    setSeconds(0)
  }
  const end = (): Recording | undefined => {
    const recording = running.current
    running.current = undefined
    isWanted.current = false
    setSeconds(null)
    return recording
  }
  const cancel = () => {
    const recording = end()
    recording?.recorder.stop()
    stop(recording?.stream)
  }
  const finish = () => {
    const recording = end()
    if (!recording) return
    const { recorder, stream, pieces } = recording
    recorder.addEventListener('stop', () => {
      stop(stream)
      const [type = 'audio/webm'] = recorder.mimeType.split(';')
      if (pieces.length > 0) send(new Blob(pieces, { type }))
    })
    recorder.stop()
  }
  const latest = useRef(finish)
  useEffect(() => {
    latest.current = finish
  })
  const isOn = seconds !== null
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => {
      const now = (performance.now() - (running.current?.startedAt ?? 0)) / 1000
      if (now >= limits.voiceSeconds) latest.current()
      else setSeconds(now)
    }, 200)
    return () => clearInterval(timer)
  }, [isOn])
  // Whoever leaves the conversation is not heard any more.
  useEffect(
    () => () => {
      isWanted.current = false
      running.current?.recorder.stop()
      stop(running.current?.stream)
    },
    [],
  )
  return { seconds, begin, cancel, finish }
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

async function openMicrophone(): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true })
  } catch (error) {
    const isRefused = error instanceof DOMException && error.name === 'NotAllowedError'
    toast(t(isRefused ? 'refused' : 'absent'))
    return undefined
  }
}

/** Whether this browser can record at all. */
export const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' && navigator.mediaDevices?.getUserMedia !== undefined
