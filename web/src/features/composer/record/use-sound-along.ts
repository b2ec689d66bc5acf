import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ChosenSound } from '../../../shell/composer-slot.ts'
import { soundQuery } from '../../../things/reels/reel-lists.ts'

interface Along {
  on: boolean
  /** Seconds of the reel that are recorded already. */
  at: number
  /** So that it fits when what is recorded is played faster, or slower. */
  rate: number
}

/** The chosen sound, played while one records to it. */
export function useSoundAlong(sound: ChosenSound | null, { on, at, rate }: Along): void {
  const id = sound?.sound_id
  const query = useQuery({ ...soundQuery(id as NonNullable<typeof id>), enabled: id !== undefined })
  const url = query.data?.url
  const element = useRef<HTMLAudioElement>(undefined)
  useEffect(() => {
    element.current = url ? new Audio(url) : undefined
    return () => element.current?.pause()
  }, [url])
  useEffect(() => {
    const { current } = element
    if (!current || !on) return
    current.currentTime = at
    current.playbackRate = rate
    void current.play().catch(() => undefined)
    return () => current.pause()
  }, [on, at, rate])
}
