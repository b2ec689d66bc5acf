import { type KeyboardEvent, useRef, useState } from 'react'
import { clamp } from '../../../editor/crop/crop.ts'
import { useComposer, useDraft } from '../composer-context.ts'
import { t } from '../messages.ts'
import { useDragReorder } from './use-drag-reorder.ts'

/** What can be done with the pictures of a strip, by whatever means, and what is said aloud about it. */
export function useStrip() {
  const { session } = useComposer()
  const shots = useDraft().shots.present
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const last = shots.length - 1

  const select = (index: number) => {
    const shot = shots[clamp(index, 0, last)]
    if (!shot) return
    session.dispatch({ type: 'selected', id: shot.id })
    list.current?.querySelectorAll('button')[clamp(index, 0, last)]?.focus()
  }
  const move = (from: number, to: number) => {
    const shot = shots[from]
    if (!shot) return
    session.dispatch({ type: 'moved', id: shot.id, to })
    session.dispatch({ type: 'selected', id: shot.id })
    setSaid(t('strip.moved', { n: clamp(to, 0, last) + 1, of: shots.length }))
  }
  const remove = (index: number) => {
    const shot = shots[index]
    if (!shot) return
    session.dispatch({ type: 'removed', id: shot.id })
    setSaid(t('strip.removed'))
  }
  const handleKey = (event: KeyboardEvent, index: number) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step && event.altKey) move(index, index + step)
    else if (step) select(index + step)
    else if (event.key === 'Home') select(0)
    else if (event.key === 'End') select(last)
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(index)
    else return
    event.preventDefault()
  }
  const drag = useDragReorder(list, shots.length, move)
  return { list, shots, said, move, remove, handleKey, drag }
}
