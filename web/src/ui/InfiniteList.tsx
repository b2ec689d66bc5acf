import {
  useVirtualizer,
  useWindowVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { t } from '../kit/messages.ts'
import { classes } from './classes.ts'
import { firstPaintWindow, useFirstPaint } from './first-paint.ts'
import styles from './InfiniteList.module.css'
import { useListPlace } from './use-list-place.ts'
import { VisuallyHidden } from './VisuallyHidden.tsx'

export interface InfiniteListProps<T> {
  /** Names the list for screen readers. */
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** Height in px before it is measured; a good guess keeps the scrollbar calm. */
  estimate: (item: T, index: number) => number
  /** With its height as far as it is known, for an item that is not there yet. */
  render: (item: T, index: number, height: number) => ReactNode
  gap?: number
  /** Rows drawn beyond the edges of the screen. */
  overscan?: number
  hasMore: boolean
  loadingMore: boolean
  onMore: () => void
  /** Shown below while more is loading. */
  placeholder?: ReactNode
  /** `feed` for posts, which are articles; else a plain list. */
  role?: 'feed' | 'list'
  /** The element that scrolls, null until it is there (`ref={setScroller}`); left out: the window. */
  scroller?: HTMLElement | null
  /** Names the list for coming back: its measured heights are kept, so that the page returns to where it was left. */
  memory?: string | undefined
  /** Gives the caller a way to bring an item into view. */
  controls?: RefObject<ListControls | null>
}

export interface ListControls {
  scrollTo: (index: number) => void
}

/** Draws only what is near the screen and asks for more before the end is reached. */
export function InfiniteList<T>(props: InfiniteListProps<T>) {
  return props.scroller === undefined ? <WindowList {...props} /> : <BoxList {...props} />
}

const memories = new Map<string, VirtualItem[]>()

function WindowList<T>(props: InfiniteListProps<T>) {
  const { memory } = props
  const root = useRef<HTMLDivElement>(null)
  const [margin, setMargin] = useState(0)
  const isFirstPaint = useFirstPaint()
  useLayoutEffect(() => {
    const top = (root.current?.getBoundingClientRect().top ?? 0) + window.scrollY
    setMargin((now) => (Math.abs(now - top) > 1 ? top : now))
  })
  const virtualizer = useWindowVirtualizer({
    count: props.items.length,
    estimateSize: (index) => estimateAt(props, index),
    getItemKey: (index) => keyAt(props, index),
    overscan: props.overscan ?? 3,
    gap: props.gap ?? 0,
    scrollMargin: margin,
    initialMeasurementsCache: (memory && memories.get(memory)) || [],
    // The server drew from the top, wherever the reader has scrolled to meanwhile.
    ...(isFirstPaint ? { initialRect: firstPaintWindow(), initialOffset: 0 } : {}),
  })
  useEffect(() => {
    if (!memory) return
    return () => void memories.set(memory, virtualizer.measurementsCache)
  }, [memory, virtualizer])
  useListPlace(virtualizer, {
    memory,
    count: props.items.length,
    hasMore: props.hasMore,
    loadingMore: props.loadingMore,
    onMore: props.onMore,
  })
  return <Rows {...props} root={root} virtualizer={virtualizer} margin={margin} />
}

function BoxList<T>(props: InfiniteListProps<T>) {
  const root = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: props.items.length,
    getScrollElement: () => props.scroller ?? null,
    estimateSize: (index) => estimateAt(props, index),
    getItemKey: (index) => keyAt(props, index),
    overscan: props.overscan ?? 3,
    gap: props.gap ?? 0,
  })
  return <Rows {...props} root={root} virtualizer={virtualizer} margin={0} />
}

const estimateAt = <T,>({ items, estimate }: InfiniteListProps<T>, index: number) => {
  const item = items[index]
  return item === undefined ? 0 : estimate(item, index)
}
const keyAt = <T,>({ items, keyOf }: InfiniteListProps<T>, index: number) => {
  const item = items[index]
  return item === undefined ? index : keyOf(item)
}

interface RowsProps<T, S extends Element | Window> extends InfiniteListProps<T> {
  root: RefObject<HTMLDivElement | null>
  virtualizer: Virtualizer<S, Element>
  margin: number
}

/** Rows from the end at which the next page is asked for. */
const AHEAD = 4

function Rows<T, S extends Element | Window>(props: RowsProps<T, S>) {
  const { items, virtualizer, hasMore, loadingMore, onMore, role = 'list', controls } = props
  const rows = virtualizer.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const isWhole = rows.length === items.length && !hasMore
  useEffect(() => {
    if (hasMore && !loadingMore && last >= items.length - AHEAD) onMore()
  }, [hasMore, loadingMore, last, items.length, onMore])
  useLayoutEffect(() => {
    if (controls)
      controls.current = { scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'start' }) }
  }, [controls, virtualizer])
  return (
    <div ref={props.root}>
      <div
        {...{ role, 'aria-label': props.label, 'aria-busy': loadingMore }}
        className={classes(styles.list, isWhole && styles.whole)}
        style={isWhole ? { gap: props.gap } : { blockSize: virtualizer.getTotalSize() }}
      >
        {rows.map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          return (
            <div
              key={row.key}
              ref={virtualizer.measureElement}
              data-index={row.index}
              role={role === 'list' ? 'listitem' : 'presentation'}
              className={isWhole ? undefined : styles.row}
              style={isWhole ? undefined : { transform: `translateY(${row.start - props.margin}px)` }}
            >
              {props.render(item, row.index, row.size)}
            </div>
          )
        })}
      </div>
      {loadingMore && props.placeholder}
      <VisuallyHidden live>{loadingMore ? t('state.more') : ''}</VisuallyHidden>
    </div>
  )
}
