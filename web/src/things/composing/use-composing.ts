import { useEffect, useRef } from 'react'
import type { ChosenSound, ComposerRequest } from '../../shell/composer-slot.ts'

interface Composing {
  session: {
    /** What was on its way when the page was left goes on. */
    resumeShared(): Promise<unknown>
    lookForEarlier(): Promise<unknown>
    addFiles(files: readonly File[]): Promise<unknown>
    /** Where the composer knows of sounds. */
    takeSound?(sound: ChosenSound): void
    stop(): void
  }
  publisher: { stop(): void }
}

/** A composer's life in the page: goes on with what was shared, begins with each request, and ends with the member. */
export function useComposing({ session, publisher }: Composing, request: ComposerRequest | null): void {
  const taken = useRef(0)

  useEffect(() => {
    void session.resumeShared()
    return () => {
      publisher.stop()
      session.stop()
    }
  }, [session, publisher])

  useEffect(() => {
    if (!request || taken.current === request.id) return
    taken.current = request.id
    void session.lookForEarlier()
    if (request.sound) session.takeSound?.(request.sound)
    if (request.files.length > 0) void session.addFiles(request.files)
  }, [request, session])
}
