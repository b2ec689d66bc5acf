import { event } from '../core/events.ts'
import type { AppId } from './schemas.ts'

export const appEvents = {
  /** Whoever made it removed it, or has left: what it was allowed ends. */
  'app.removed': event<{ app_id: AppId }>((e) => e.app_id),
}
