import type { PostId } from '@tintype/contract'
import { Fragment, type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useFirstPaint } from '../../ui/first-paint.ts'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import type { Place } from '../../ui/media-sources.ts'
import { type Block, blocksOf, type Pattern } from './blocks.ts'
import styles from './PostGrid.module.css'
import { Tile } from './Tile.tsx'

interface PostGridProps {
  label: string
  ids: readonly PostId[]
  /** `even`: three to a row; `mosaic`: now and then one picture of four tiles. */
  pattern?: Pattern
  hasMore: boolean
  loadingMore: boolean
  onMore: () => void
  placeholder?: ReactNode
  memory?: string
  /** See openPost. */
  within?: '/explore/$postId' | undefined
  /** See Tile. */
  pins?: boolean | undefined
  /** Width by height of a tile; square unless given. */
  ratio?: number
  /** What a tile is, if not a post. */
  tile?: (id: PostId, place: Place, eager: boolean) => ReactNode
}

const COLUMNS = 3
/** Of a page that is at most 935 px wide. */
const SMALL = { phone: '33.3vw', wide: 'min(31vw, 310px)' }
const LARGE = { phone: '66.7vw', wide: 'min(62vw, 623px)' }
/** Drawn with the sizes the style sheet gives: before the width is known (the server never knows), and where there are no more. */
const FIRST_BLOCKS = 4

const keyOf = (block: Block) => block.ids[0] ?? block.kind

/** Three columns of squares, hairline gaps; virtualised by rows whose height follows from the width alone. */
export function PostGrid({ ids, pattern = 'even', hasMore, ...rest }: PostGridProps) {
  const { within, pins, ratio = 1, tile, ...list } = rest
  const box = useRef<HTMLDivElement>(null)
  const isFirstPaint = useFirstPaint()
  const blocks = useMemo(() => blocksOf(ids, pattern, hasMore), [ids, pattern, hasMore])
  // A list that is come back to is measured.
  const isShort = !list.memory && !hasMore && blocks.length <= FIRST_BLOCKS
  const [measured, setWidth] = useState<number>()
  const width = measured ?? 0
  useLayoutEffect(() => {
    const element = box.current
    if (!element || isShort) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [isShort])
  const gap = width < 600 ? 1 : 3
  const side = (width - gap * (COLUMNS - 1)) / COLUMNS
  const estimate = useCallback(
    (block: Block) => (block.kind === 'row' ? side / ratio : (side / ratio) * 2 + gap),
    [side, gap, ratio],
  )
  const isDrawnByStyle = isShort || (width === 0 && (isFirstPaint || measured !== undefined))
  const draw = (block: Block, index: number, side: string, gap: string) => (
    <div className={styles[block.kind]} style={{ '--gap': gap, '--side': side }}>
      {block.ids.map((id, at) => {
        const place = isLarge(block, at) ? LARGE : SMALL
        const eager = index < 3
        return (
          <Fragment key={id}>
            {tile?.(id, place, eager) ?? (
              <Tile postId={id} among={ids} place={place} eager={eager} within={within} pins={pins} />
            )}
          </Fragment>
        )
      })}
    </div>
  )
  return (
    <div ref={box} className={styles.box}>
      {isDrawnByStyle && (
        // What will be measured has its name once it is.
        <ul aria-label={isShort ? list.label : undefined}>
          {blocks.slice(0, FIRST_BLOCKS).map((block, index) => (
            <li key={keyOf(block)} className={styles.first}>
              {draw(block, index, `calc(var(--third) / ${ratio})`, 'var(--gap-first)')}
            </li>
          ))}
        </ul>
      )}
      {!isDrawnByStyle && width > 0 && (
        <InfiniteList
          // Heights follow from the width: another width, other rows.
          key={Math.round(width)}
          {...list}
          hasMore={hasMore}
          items={blocks}
          keyOf={keyOf}
          estimate={estimate}
          gap={gap}
          overscan={4}
          render={(block, index) => draw(block, index, `${side / ratio}px`, `${gap}px`)}
        />
      )}
    </div>
  )
}

const isLarge = (block: Block, place: number): boolean =>
  (block.kind === 'largeStart' && place === 0) || (block.kind === 'largeEnd' && place === 2)
