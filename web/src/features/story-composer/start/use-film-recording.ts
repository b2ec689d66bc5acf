import { limits } from '@tintype/contract'
import { useEffect, useRef, useState } from 'react'
import { record } from '../../../things/composing/record-film.ts'
import { withSound } from './camera.ts'

export type FilmRecording = { state: 'idle' } | { state: 'on'; isSilent: boolean }

/** Records what a camera sees, a minute at most. */
export function useFilmRecording(picture: MediaStream | null, onFilm: (film: File, seconds: number) => void) {
  const [recording, setRecording] = useState<FilmRecording>({ state: 'idle' })
  const stopping = useRef<() => void>(undefined)
  const isLeft = useRef(false)
  useEffect(() => {
    isLeft.current = false
    return () => {
      isLeft.current = true
      stopping.current?.()
    }
  }, [])
  const start = async () => {
    if (!picture || stopping.current) return
    // A second press while the microphone is asked for is none.
    stopping.current = () => {}
    const { stream, isSilent } = await withSound(picture)
    const close = () => {
      for (const track of stream.getAudioTracks()) track.stop()
      stopping.current = undefined
    }
    if (isLeft.current) return close()
    stopping.current = record(stream, limits.storyVideoSeconds, (blob, seconds) => {
      close()
      if (isLeft.current) return
      setRecording({ state: 'idle' })
      const name = blob.type.includes('mp4') ? 'recording.mp4' : 'recording.webm'
      onFilm(new File([blob], name, { type: blob.type }), seconds)
    })
    setRecording({ state: 'on', isSilent })
  }
  return { recording, start, stop: () => stopping.current?.() }
}
