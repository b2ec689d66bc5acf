import { recordableType } from '../../kit/recordable.ts'

/** Best first: what the device encodes by itself, then what is light to encode. */
const TYPES = [
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4',
]
export const recordedType = (): string | undefined => recordableType(TYPES)

const BIT_RATE = 6_000_000
const SECOND = 1000

/** Answers the way to stop; it stops by itself when there is no more room, or no more picture. */
export function record(
  stream: MediaStream,
  room: number,
  done: (blob: Blob, seconds: number) => void,
): () => void {
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
