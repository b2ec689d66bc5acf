import type { UserId } from '@tintype/contract'
import { closeSwitcher, useSwitcherOpen } from '../../../shell/switcher-slot.ts'
import { lazyWhenOpen } from '../../../ui/lazy-when-open.tsx'

const AccountSwitcher = lazyWhenOpen(() => import('./AccountSwitcher.tsx'))

/** For the whole app, as the menu that asked for it closes. */
export const SwitcherSlot = ({ onLeft }: { onLeft: (userId: UserId) => void }) => (
  <AccountSwitcher open={useSwitcherOpen()} onClose={closeSwitcher} onLeft={onLeft} />
)
