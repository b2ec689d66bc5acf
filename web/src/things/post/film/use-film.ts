import { useQueryClient } from '@tanstack/react-query'
import type { PostId, Video } from '@tintype/contract'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useCell } from '../../../kit/cell.ts'
import { prefersStill } from '../../../shell/viewport.ts'
import { savesData } from '../../../ui/saves-data.ts'
import { postQuery } from '../post-query.ts'
import { attachFilm } from './attach-film.ts'
import { isHeard, onTurn, setHeard, takeTurn, tellSeen } from './film-turns.ts'

/** Of the box that is seen; told in steps. */
const STEPS = [0, 0.25, 0.5, 0.6, 0.75, 1]

interface FilmState {
  video: RefObject<HTMLVideoElement | null>
  isPlaying: boolean
  /** Its viewer wants it to rest, or has not yet said that it may move. */
  isHeld: boolean
  isHeard: boolean
  isBroken: boolean
  /** Nothing is loaded before. */
  isWanted: boolean
  toggle(): void
  toggleSound(): void
  handleBroken(): void
}

/**
 * When a film plays: while it is the one that is looked at, and its viewer has not said otherwise. `isNear`: it comes next, and is loaded
 * ahead.
 */
export function useFilm(postId: PostId, film: Video, isNear = false): FilmState {
  const video = useRef<HTMLVideoElement>(null)
  const [me] = useState(() => Symbol(film.media_id))
  /** What the viewer asked for; undefined: nothing yet. */
  const [asked, setAsked] = useState<boolean | undefined>(() => (mayPlayByItself(film) ? undefined : false))
  const [isPlaying, setPlaying] = useState(false)
  const heard = useCell(isHeard)
  const isMyTurn = useCell(onTurn) === me
  const isShown = useSeen(video, me)
  const shouldPlay = isMyTurn && isShown && asked !== false
  const isWanted = useLatch(shouldPlay || asked === true || isNear)
  const { isBroken, handleBroken } = useAttached(video, postId, film, isWanted)

  useEffect(() => {
    const element = video.current
    if (!element || !isWanted) return
    if (shouldPlay) void play(element)
    else element.pause()
  }, [shouldPlay, isWanted])
  useEffect(() => {
    const element = video.current
    if (!element) return
    const handleChange = () => setPlaying(!element.paused)
    for (const name of ['play', 'pause', 'ended']) element.addEventListener(name, handleChange)
    return () => {
      for (const name of ['play', 'pause', 'ended']) element.removeEventListener(name, handleChange)
    }
  }, [])
  const toggle = useCallback(() => {
    if (!shouldPlay) takeTurn(me)
    setAsked(!shouldPlay)
  }, [shouldPlay, me])
  const toggleSound = () => setHeard(!heard)
  const isHeld = asked === false
  return { video, isPlaying, isHeld, isHeard: heard, isBroken, isWanted, toggle, toggleSound, handleBroken }
}

/** Where the browser lets it be heard only once something was pressed, it plays silent. */
async function play(element: HTMLVideoElement): Promise<void> {
  try {
    await element.play()
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || element.muted) return
    isHeard.set(false)
    element.muted = true
    await element.play().catch(() => undefined)
  }
}

/** Nothing moves for whoever asked for stillness, and nothing loads for whoever saves data, before they press play. */
const mayPlayByItself = (_film: Video): boolean => !prefersStill() && !savesData()

/** True from when it first was. */
function useLatch(value: boolean): boolean {
  const [was, setWas] = useState(value)
  if (value && !was) setWas(true)
  return was || value
}

/** Tells how much of it is seen; false while the page is not looked at. */
function useSeen(video: RefObject<HTMLVideoElement | null>, me: symbol): boolean {
  const [isVisible, setVisible] = useState(() => !document.hidden)
  useEffect(() => {
    const element = video.current
    if (!element) return
    const observer = new IntersectionObserver(
      ([entry]) => entry && tellSeen(me, entry.isIntersecting ? entry.intersectionRatio : 0),
      { threshold: STEPS },
    )
    observer.observe(element)
    const handleVisible = () => setVisible(!document.hidden)
    document.addEventListener('visibilitychange', handleVisible)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', handleVisible)
      tellSeen(me, 0)
    }
  }, [video, me])
  return isVisible
}

/** Gives the film to the player once it is wanted; links that have run out are asked for anew, once for each. */
function useAttached(
  video: RefObject<HTMLVideoElement | null>,
  postId: PostId,
  film: Video,
  isWanted: boolean,
) {
  const client = useQueryClient()
  const [isBroken, setBroken] = useState(false)
  const renewed = useRef<string>(undefined)
  const handleBroken = useCallback(() => {
    if (renewed.current === film.url) return setBroken(true)
    renewed.current = film.url
    const asked = client.fetchQuery({ ...postQuery(postId), staleTime: 0 })
    asked.catch(() => setBroken(true))
  }, [client, postId, film.url])
  const { url, hls, duration_ms } = film
  useEffect(() => {
    const element = video.current
    if (!element || !isWanted) return
    const at = element.currentTime
    const isOn = !element.paused
    let isOver = false
    setBroken(false)
    const attached = attachFilm(element, { url, hls, duration_ms }, handleBroken)
    void attached.then((one) => {
      if (isOver) return one.detach()
      if (at > 0) element.currentTime = at
      if (isOn) void play(element)
    })
    return () => {
      isOver = true
      void attached.then((one) => one.detach())
    }
  }, [video, isWanted, url, hls, duration_ms, handleBroken])
  return { isBroken, handleBroken }
}
