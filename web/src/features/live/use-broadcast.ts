import type { LiveId } from '@tintype/contract'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { recordableType } from '../../kit/recordable.ts'

/** `full`: the community carries no more at the moment. `stopped`: it is over, or cannot be sent from here. */
export type Sending = 'connecting' | 'sending' | 'lost' | 'full' | 'stopped'

/** Best first: H.264 is passed on as it comes, all else is encoded anew by the server. */
const TYPES = [
  'video/webm;codecs=h264,opus',
  'video/x-matroska;codecs=avc1,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
]
export const recordedType = (): string | undefined => recordableType(TYPES)

/** Milliseconds from one piece to the next. */
const PIECE_MS = 200
const KEY_FRAMES_MS = 2000
const SOUND_BIT_RATE = 96_000
const AGAIN_MS = 1000
const FULL_MS = 5000
/** Of what the connection has not taken: from then on viewers would be ever later, so it begins anew at now. */
const BEHIND_SECONDS = 3
/** Why a server closes it for good. */
const FINAL = new Set(['live_ended', 'live_fed_already', 'not_found'])

interface Recorded extends MediaRecorderOptions {
  videoKeyFrameIntervalDuration?: number
}

/** Sends what a camera sees to a live; begins anew where the connection was lost. Answers the way to stop. */
function broadcast(id: LiveId, stream: MediaStream, tell: (state: Sending) => void): () => void {
  let isOver = false
  let again: ReturnType<typeof setTimeout> | undefined
  let end: (() => void) | undefined
  const retry = (reason: string) => {
    if (isOver) return
    if (FINAL.has(reason)) return tell('stopped')
    const isFull = reason === 'live_full'
    tell(isFull ? 'full' : 'lost')
    again = setTimeout(begin, isFull ? FULL_MS : AGAIN_MS)
  }
  const begin = async () => {
    try {
      const { url, video_bit_rate } = await api.live.intake({ params: { live_id: id } })
      if (isOver) return
      end = send(url, stream, video_bit_rate, {
        onOpen: () => tell('sending'),
        onLost: (reason) => {
          end = undefined
          retry(reason)
        },
      })
    } catch (error) {
      retry(error instanceof Error && 'code' in error ? String(error.code) : '')
    }
  }
  tell('connecting')
  void begin()
  return () => {
    isOver = true
    clearTimeout(again)
    end?.()
  }
}

interface Told {
  onOpen: () => void
  onLost: (reason: string) => void
}

function send(path: string, stream: MediaStream, bitRate: number, told: Told): () => void {
  const address = new URL(path, location.href)
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(address)
  const type = recordedType()
  const options: Recorded = {
    ...(type ? { mimeType: type } : {}),
    videoBitsPerSecond: bitRate,
    audioBitsPerSecond: SOUND_BIT_RATE,
    videoKeyFrameIntervalDuration: KEY_FRAMES_MS,
  }
  const recorder = new MediaRecorder(stream, options)
  let isStopped = false
  const stop = () => {
    if (isStopped) return
    isStopped = true
    if (recorder.state !== 'inactive') recorder.stop()
    socket.close()
  }
  let last: Promise<unknown> = Promise.resolve()
  recorder.addEventListener('dataavailable', ({ data }) => {
    // In their order, whatever each takes to be read.
    last = last.then(async () => {
      const bytes = await data.arrayBuffer()
      if (socket.readyState !== WebSocket.OPEN || bytes.byteLength === 0) return
      if (socket.bufferedAmount * 8 > bitRate * BEHIND_SECONDS) return socket.close()
      socket.send(bytes)
    })
  })
  socket.addEventListener('open', () => {
    recorder.start(PIECE_MS)
    told.onOpen()
  })
  socket.addEventListener('close', ({ reason }) => {
    if (isStopped) return
    stop()
    told.onLost(reason)
  })
  return stop
}

/** Sends for as long as the component is there and both are given. */
export function useBroadcast(id: LiveId | undefined, stream: MediaStream | undefined): Sending {
  const [state, setState] = useState<Sending>('connecting')
  const tell = useRef(setState)
  useEffect(() => {
    if (id && stream) return broadcast(id, stream, (next) => tell.current(next))
  }, [id, stream])
  return state
}
