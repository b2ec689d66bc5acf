import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import type { ConversationId, MessageId } from '@tintype/contract'
import { ArrowDown } from 'lucide-react'
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { readNewer, readNewest, readOlder } from '../../../data/direct/thread.ts'
import { t as shared } from '../../../kit/messages.ts'
import { t } from '../../../things/direct/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { ChatRowView } from './ChatRowView.tsx'
import styles from './MessageList.module.css'
import type { ChatRow } from './message-rows.ts'
import { useEndOfList } from './use-end-of-list.ts'

/** What the rest of the conversation asks of the list. */
export interface ListHandle {
  toEnd: () => void
  show: (id: MessageId) => void
}

interface MessageListProps {
  id: ConversationId
  rows: readonly ChatRow[]
  hasOlder: boolean
  hasNewer: boolean
  handle: RefObject<ListHandle | null>
  /** Told whether the newest message is in sight. */
  onEnd: (isAtEnd: boolean) => void
}

/** Rows from either end at which more are read. */
const AHEAD = 8
/** Px from the end within which what is new comes into sight by itself. */
const NEAR_END = 64
const heights = { begin: 120, time: 44, unread: 40, message: 44, outgoing: 44 } as const

/**
 * Draws what is near the screen. It is held by its end: what is new comes into sight there, and older messages that come above, or take
 * their true height, move nothing.
 */
export function MessageList({ id, rows, hasOlder, hasNewer, handle, onEnd }: MessageListProps) {
  const scroller = useRef<HTMLElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[rows[index]?.kind ?? 'message'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: !hasNewer,
    scrollEndThreshold: NEAR_END,
  })
  const [shown, setShown] = useState<MessageId | null>(null)
  const older = useReader(() => readOlder(id))
  const newer = useReader(() => readNewer(id))
  useReadAhead(virtualizer, rows.length, hasOlder ? older : undefined, hasNewer ? newer : undefined)
  const height = virtualizer.getTotalSize()
  const scrollToEnd = () => virtualizer.scrollToEnd()
  const end = useEndOfList({ scroller, rows, height, hasNewer, near: NEAR_END, scrollToEnd, onEnd })
  const toEnd = async () => {
    if (hasNewer) await readNewest(id)
    end.return()
    scrollToEnd()
  }
  useShown(virtualizer, rows, shown, () => setShown(null))
  useImperativeHandle(handle, () => ({
    toEnd: () => void toEnd(),
    show: (message) => {
      end.leave()
      setShown(message)
    },
  }))
  return (
    <div className={styles.frame}>
      <section
        ref={scroller}
        className={styles.scroller}
        onScroll={end.handleScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={t('chat.messages')}
      >
        <ul className={styles.list} style={{ blockSize: height }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index]
            return (
              row && (
                <li
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  className={styles.row}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <ChatRowView row={row} />
                </li>
              )
            )
          })}
        </ul>
      </section>
      {older.state !== 'idle' && <Above state={older.state} onRetry={older.read} />}
      {!end.isAtEnd && (
        <button
          type="button"
          className={styles.pill}
          data-fresh={end.fresh > 0 || undefined}
          onClick={() => void toEnd()}
        >
          <ArrowDown aria-hidden size={16} />
          {end.fresh > 0 ? t('chat.newCount', { count: end.fresh }) : t('chat.toEnd')}
        </button>
      )}
    </div>
  )
}

/** Floats, so that nothing moves when it comes and goes. */
function Above({ state, onRetry }: { state: 'reading' | 'failed'; onRetry: () => void }) {
  return (
    <div className={styles.above} role="status">
      {state === 'reading' ? (
        <Spinner label={shared('state.more')} />
      ) : (
        <>
          {t('chat.olderFailed')}
          <Button label={shared('action.retry')} tone="text" onPress={onRetry} />
        </>
      )}
    </div>
  )
}

interface Reader {
  state: 'idle' | 'reading' | 'failed'
  read: () => void
}

/** Reads one page at a time; one that failed is read again by hand. */
function useReader(task: () => Promise<void>): Reader {
  const [state, setState] = useState<Reader['state']>('idle')
  const isReading = useRef(false)
  const read = () => {
    if (isReading.current) return
    isReading.current = true
    setState('reading')
    task()
      .then(
        () => setState('idle'),
        () => setState('failed'),
      )
      .finally(() => {
        isReading.current = false
      })
  }
  return { state, read }
}

type Rows = Virtualizer<HTMLElement, Element>

function useReadAhead(
  virtualizer: Rows,
  count: number,
  older: Reader | undefined,
  newer: Reader | undefined,
): void {
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  const wantsOlder = count > 0 && first < AHEAD && older?.state === 'idle'
  const wantsNewer = count > 0 && last >= count - AHEAD && newer?.state === 'idle'
  useEffect(() => {
    if (wantsOlder) older?.read()
  })
  useEffect(() => {
    if (wantsNewer) newer?.read()
  })
}

/** Brings a message into the middle once it is among the rows. */
function useShown(
  virtualizer: Rows,
  rows: readonly ChatRow[],
  id: MessageId | null,
  onDone: () => void,
): void {
  const index = id === null ? -1 : rows.findIndex((row) => row.kind === 'message' && row.id === id)
  useLayoutEffect(() => {
    if (index < 0) return
    virtualizer.scrollToIndex(index, { align: 'center' })
    onDone()
  })
}
